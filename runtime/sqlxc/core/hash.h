#pragma once

#include <cstdint>
#include <string_view>

namespace sqlxc {

/// FNV-1a, 64 bits (http://www.isthe.com/chongo/tech/comp/fnv/): names that are known at compile
/// time become the cases of a switch. The compiler has seen to it that no two of a switch are
/// equal; it is no guard against chosen keys in a table.
constexpr std::uint64_t hash(std::string_view text) {
  std::uint64_t value = 0xcbf29ce484222325U;
  for (const char c : text) value = (value ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
  return value;
}

}  // namespace sqlxc
