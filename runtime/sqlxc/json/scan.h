#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

// How far a JSON string goes without anything special in it, eight bytes at a time: what the writer
// copies and the reader passes over.
namespace sqlxc::json {

/// Which bytes of a JSON string need a second look.
enum class Stop : bool {
  special,             // a quote, a backslash, a control character
  special_or_unicode,  // or a byte beyond ASCII
};

/// The number of bytes at `text` before the first that stops; `size` if none does.
template <Stop stop>
std::size_t count_plain(const char* text, std::size_t size) {
  constexpr std::uint64_t kOnes = 0x0101010101010101;
  constexpr std::uint64_t kHighs = 0x8080808080808080;
  std::size_t at = 0;
  if constexpr (std::endian::native == std::endian::little) {
    for (; at + 8 <= size; at += 8) {
      std::uint64_t word = 0;
      std::memcpy(&word, text + at, 8);
      const std::uint64_t quotes = word ^ (kOnes * '"');
      const std::uint64_t slashes = word ^ (kOnes * '\\');
      // The lowest set bit marks the first byte that stops; higher ones may be false.
      std::uint64_t found = ((quotes - kOnes) & ~quotes) | ((slashes - kOnes) & ~slashes) |
                            ((word - kOnes * 0x20) & ~word);
      if constexpr (stop == Stop::special_or_unicode) found |= word;
      found &= kHighs;
      if (found != 0) return at + static_cast<std::size_t>(std::countr_zero(found)) / 8;
    }
  }
  for (; at < size; ++at) {
    const auto byte = static_cast<unsigned char>(text[at]);
    if (byte < 0x20 || byte == '"' || byte == '\\') return at;
    if (stop == Stop::special_or_unicode && byte >= 0x80) return at;
  }
  return size;
}

}  // namespace sqlxc::json
