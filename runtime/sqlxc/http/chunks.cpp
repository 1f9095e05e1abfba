#include <sqlxc/http/chunks.h>

#include <algorithm>
#include <cstring>
#include <string_view>

#include <sqlxc/core/text.h>

namespace sqlxc::http {
namespace {

constexpr std::size_t kMaxLine = 1024;
constexpr std::size_t kMaxTrailers = 8 * 1024;
// Sixteen digits would fit in 64 bits; no body that any limit admits needs more than these.
constexpr std::size_t kMaxSizeDigits = 12;

bool is_token_char(char c) {
  const char lower = to_lower(c);
  return is_digit(c) || (lower >= 'a' && lower <= 'z') ||
         std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
}

std::size_t token_length(std::string_view text) {
  std::size_t i = 0;
  while (i < text.size() && is_token_char(text[i])) ++i;
  return i;
}

// The length of a quoted-string at the beginning of `text`, 0 if there is none.
std::size_t quoted_length(std::string_view text) {
  for (std::size_t i = 1; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    if (c == '"') return i + 1;
    if (c == '\\') {
      if (++i == text.size()) return 0;
    }
    const auto last = static_cast<unsigned char>(text[i]);
    if ((last < 0x20 && last != '\t') || last == 0x7F) return 0;
  }
  return 0;
}

// chunk-ext: *( ";" name [ "=" value ] ), without the spaces that RFC 9112 calls bad.
bool are_extensions(std::string_view text) {
  while (!text.empty()) {
    if (text[0] != ';') return false;
    text.remove_prefix(1);
    const std::size_t name = token_length(text);
    if (name == 0) return false;
    text.remove_prefix(name);
    if (text.empty() || text[0] != '=') continue;
    text.remove_prefix(1);
    const bool is_quoted = !text.empty() && text[0] == '"';
    const std::size_t value = is_quoted ? quoted_length(text) : token_length(text);
    if (value == 0) return false;
    text.remove_prefix(value);
  }
  return true;
}

}  // namespace

ChunkReader::Kind ChunkReader::refuse(std::string_view message) {
  refusal_ = {400, message};
  return Kind::refused;
}

bool ChunkReader::read_size_line(std::string_view line) {
  std::size_t digits = 0;
  left_ = 0;
  while (digits < line.size() && hex_value(line[digits]) >= 0) {
    if (digits == kMaxSizeDigits) return false;
    left_ = left_ * 16 + static_cast<std::uint64_t>(hex_value(line[digits++]));
  }
  return digits > 0 && are_extensions(line.substr(digits));
}

ChunkReader::Kind ChunkReader::read(char* data, std::size_t& raw, std::size_t size,
                                    std::size_t& body_end) {
  while (raw < size) {
    if (state_ == State::data) {
      const std::size_t count = std::min<std::uint64_t>(left_, size - raw);
      if (raw != body_end) std::memmove(data + body_end, data + raw, count);
      raw += count;
      body_end += count;
      left_ -= count;
      if (left_ > 0) break;
      state_ = State::data_end;
      continue;
    }
    const std::string_view rest(data + raw, std::min(size - raw, kMaxLine));
    const std::size_t end = rest.find('\n');
    if (state_ == State::data_end && rest[0] != '\r')
      return refuse("a chunk does not end in CR LF");
    if (end == std::string_view::npos) {
      const bool is_too_long =
          rest.size() == kMaxLine || (state_ == State::data_end && rest.size() > 1);
      return is_too_long ? refuse("a line of the chunked body is malformed") : Kind::incomplete;
    }
    if (end == 0 || rest[end - 1] != '\r')
      return refuse("a line of the chunked body does not end in CR LF");
    const std::string_view line = rest.substr(0, end - 1);
    raw += end + 1;
    switch (state_) {
      case State::size_line:
        if (!read_size_line(line)) return refuse("a chunk's size is malformed");
        state_ = left_ == 0 ? State::trailer : State::data;
        break;
      case State::data_end:
        if (!line.empty()) return refuse("a chunk does not end in CR LF");
        state_ = State::size_line;
        break;
      case State::trailer: {
        if (line.empty()) return Kind::complete;
        Header header;
        trailer_bytes_ += line.size();
        if (trailer_bytes_ > kMaxTrailers || !parse_header_line(line, header)) {
          return refuse("a trailer of the chunked body is malformed");
        }
        break;
      }
      case State::data:
        break;
    }
  }
  return Kind::incomplete;
}

}  // namespace sqlxc::http
