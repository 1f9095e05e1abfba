#pragma once

#include <charconv>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

// Bytes and text: numbers and escapes appended to a string, decoding of what URLs and JSON carry,
// ASCII comparison. Nothing here knows a locale, allocates more than its result, or throws but for
// memory.
namespace sqlxc {

/// Appends `value` in decimal.
template <std::integral Int>
void append_number(std::string& out, Int value) {
  char digits[24];
  out.append(digits, std::to_chars(digits, digits + sizeof digits, value).ptr);
}

/// Appends the shortest decimal form that reads back to the same double; `value` is finite.
void append_number(std::string& out, double value);
/// Likewise for a float.
void append_number(std::string& out, float value);

/// Appends `value` as `width` lower case hexadecimal digits.
void append_hex(std::string& out, std::uint64_t value, int width);

/// Appends `text` as a JSON string with its quotes (RFC 8259); bytes of 0x80 and more pass
/// unchanged.
void append_json_string(std::string& out, std::string_view text);

/// Decodes %XX, and `+` to a space if `plus_is_space`. Nothing if a percent sign lacks its two
/// digits.
std::optional<std::string> percent_decode(std::string_view text, bool plus_is_space);
/// Likewise, appended to `out`; false (with `out` as it was) on a percent sign without its two
/// digits.
bool percent_decode(std::string_view text, bool plus_is_space, std::string& out);
/// Appends `text` with everything but RFC 3986's unreserved characters as %XX.
void append_percent_encoded(std::string& out, std::string_view text);

/// Whether `text` is well-formed UTF-8 (no overlong forms, no surrogates, at most U+10FFFF).
bool is_utf8(std::string_view text);
/// The number of characters of the well-formed UTF-8 `text`.
std::size_t count_utf8(std::string_view text);

/// Appends `bytes` in base64 with padding (RFC 4648, section 4).
void append_base64(std::string& out, std::string_view bytes);
/// The bytes of base64 `text`, padding required, nothing else admitted; nothing if it is not that.
std::optional<std::string> decode_base64(std::string_view text);

constexpr char to_lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; }
constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
/// The value of a hexadecimal digit, or -1.
constexpr int hex_value(char c) {
  if (is_digit(c)) return c - '0';
  const char lower = to_lower(c);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

/// Whether the two are equal but for the case of ASCII letters.
constexpr bool equals_ignoring_case(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (to_lower(a[i]) != to_lower(b[i])) return false;
  }
  return true;
}

/// `text` without spaces and tabs at its ends.
constexpr std::string_view trim(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

/// Cuts `text` at the first `separator`: returns what stands before it and leaves in `text` what
/// follows (nothing, where there is no separator).
constexpr std::string_view split_off(std::string_view& text, char separator) {
  const std::size_t at = text.find(separator);
  const std::string_view head = text.substr(0, at);
  text = at == std::string_view::npos ? std::string_view() : text.substr(at + 1);
  return head;
}

/// The whole of `text` as a decimal number; nothing if it is something else or does not fit.
template <std::integral Int>
std::optional<Int> parse_number(std::string_view text) {
  Int value = 0;
  const char* end = text.data() + text.size();
  const auto [stopped, error] = std::from_chars(text.data(), end, value);
  if (error != std::errc() || stopped != end || text.empty()) return std::nullopt;
  return value;
}

}  // namespace sqlxc
