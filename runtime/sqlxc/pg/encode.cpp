#include <sqlxc/pg/encode.h>

#include <algorithm>
#include <charconv>
#include <cmath>

#include <sqlxc/core/text.h>
#include <sqlxc/json/writer.h>
#include <sqlxc/value/format.h>

namespace sqlxc::pg {
namespace {

using value::Field;
using value::Type;

// Whether std::to_chars, which every other number goes through, would write the same: no exponent,
// and a fraction that is shorter than one.
bool is_plain_real(std::string_view text) {
  if (text.starts_with('-')) text.remove_prefix(1);
  if (text.starts_with("0.0") || text.find('.') == text.npos) return false;
  for (const char c : text) {
    if (!is_digit(c) && c != '.') return false;
  }
  return true;
}

template <class Real>
void append_real(std::string& out, std::string_view text, bool in_json) {
  if (is_plain_real(text)) {
    out += text;
    return;
  }
  Real number = 0;
  const char* end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, number);
  if (read.ec != std::errc() || read.ptr != end || !std::isfinite(number)) {
    // "NaN", "Infinity" and "-Infinity"
    if (in_json) {
      json::append_string(out, text);
    } else {
      out += text;
    }
    return;
  }
  append_number(out, number);
}

void append_bytes(std::string& out, std::string_view text) {
  if (text.starts_with("\\x")) text.remove_prefix(2);
  std::string bytes;
  bytes.reserve(text.size() / 2);
  for (std::size_t i = 0; i + 1 < text.size(); i += 2) {
    bytes += static_cast<char>(hex_value(text[i]) << 4 | hex_value(text[i + 1]));
  }
  append_base64(out, bytes);
}

// `2026-01-02 03:04:05.6+00` as `2026-01-02T03:04:05.6+00:00`; `infinity` has neither.
void append_timestamp(std::string& out, std::string_view text) {
  const std::size_t space = text.find(' ');
  if (space == text.npos) {
    out += text;
    return;
  }
  out.append(text, 0, space);
  out += 'T';
  std::string_view time = text.substr(space + 1);
  std::string_view era;
  if (time.ends_with(" BC")) {
    era = time.substr(time.size() - 3);
    time.remove_suffix(3);
  }
  out += time;
  // An offset of whole hours, +00.
  if (time.size() > 3 && (time[time.size() - 3] == '+' || time[time.size() - 3] == '-')) {
    out += ":00";
  }
  out += era;
}

Field element_of(const Field& field) {
  Field element = field;
  element.type = field.element;
  return element;
}

// Takes an element's text from the front of `rest`; `unescaped` holds it where it had escapes.
std::string_view take_element(std::string_view& rest, std::string& unescaped) {
  if (!rest.starts_with('"')) {
    const std::size_t end = std::min(rest.find_first_of(",}"), rest.size());
    const std::string_view plain = rest.substr(0, end);
    rest.remove_prefix(end);
    return plain;
  }
  rest.remove_prefix(1);
  const std::size_t end = std::min(rest.find_first_of("\\\""), rest.size());
  if (end == rest.size() || rest[end] == '"') {
    const std::string_view plain = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    return plain;
  }
  unescaped.clear();
  while (!rest.empty() && rest.front() != '"') {
    if (rest.front() == '\\' && rest.size() > 1) rest.remove_prefix(1);
    unescaped += rest.front();
    rest.remove_prefix(1);
  }
  if (!rest.empty()) rest.remove_prefix(1);
  return unescaped;
}

// `{1,2}` at the front of `rest`; what is nested is a further dimension.
void append_elements(std::string& out, const Field& element, std::string_view& rest,
                     std::string& unescaped) {
  rest.remove_prefix(1);
  out += '[';
  for (bool is_first = true; !rest.empty() && rest.front() != '}'; is_first = false) {
    if (!is_first) {
      rest.remove_prefix(1);
      out += ',';
    }
    if (rest.starts_with('{')) {
      append_elements(out, element, rest, unescaped);
      continue;
    }
    const bool is_quoted = rest.starts_with('"');
    const std::string_view text = take_element(rest, unescaped);
    if (!is_quoted && text == "NULL") {
      out += "null";
    } else {
      append_json(out, element, text);
    }
  }
  if (!rest.empty()) rest.remove_prefix(1);
  out += ']';
}

void append_array(std::string& out, const Field& element, std::string_view text) {
  // `[0:1]={1,2}`: bounds that do not begin at 1.
  const std::size_t open = text.find('{');
  if (open == text.npos) {
    json::append_string(out, text);
    return;
  }
  text.remove_prefix(open);
  std::string unescaped;
  append_elements(out, element, text, unescaped);
}

}  // namespace

void append_json(std::string& out, const Field& field, std::string_view text) {
  switch (field.type) {
    case Type::boolean:
      out += text == "t" ? "true" : "false";
      return;
    case Type::int16:
    case Type::int32:
    case Type::int64:
    case Type::json:
      out += text;
      return;
    case Type::float32:
      append_real<float>(out, text, true);
      return;
    case Type::float64:
      append_real<double>(out, text, true);
      return;
    case Type::decimal:
      value::append_json_text(out, Type::decimal, text);
      return;
    case Type::bytes:
      out += '"';
      append_bytes(out, text);
      out += '"';
      return;
    case Type::timestamp:
    case Type::timestamptz:
      out += '"';
      append_timestamp(out, text);
      out += '"';
      return;
    case Type::array:
      append_array(out, element_of(field), text);
      return;
    case Type::text:
    case Type::date:
    case Type::time:
    case Type::timetz:
    case Type::interval:
    case Type::uuid:
    case Type::enumeration:
    case Type::other:
      json::append_string(out, text);
      return;
  }
}

void append_text(std::string& out, const Field& field, std::string_view text) {
  switch (field.type) {
    case Type::boolean:
    case Type::array:
      append_json(out, field, text);
      return;
    case Type::float32:
      append_real<float>(out, text, false);
      return;
    case Type::float64:
      append_real<double>(out, text, false);
      return;
    case Type::bytes:
      append_bytes(out, text);
      return;
    case Type::timestamp:
    case Type::timestamptz:
      append_timestamp(out, text);
      return;
    case Type::int16:
    case Type::int32:
    case Type::int64:
    case Type::decimal:
    case Type::text:
    case Type::date:
    case Type::time:
    case Type::timetz:
    case Type::interval:
    case Type::uuid:
    case Type::json:
    case Type::enumeration:
    case Type::other:
      out += text;
      return;
  }
}

}  // namespace sqlxc::pg
