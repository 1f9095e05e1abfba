#include <sqlxc/value/parse.h>

#include <sqlxc/core/text.h>
#include <sqlxc/value/array.h>
#include <sqlxc/value/calendar.h>
#include <sqlxc/value/decimal.h>
#include <sqlxc/value/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>

namespace sqlxc::value {
namespace {

// What a client sent, short enough for a message.
std::string quoted(std::string_view text) {
  constexpr std::size_t kMost = 60;
  std::string out = "`";
  std::size_t size = std::min(text.size(), kMost);
  while (size > 0 && size < text.size() &&
         (static_cast<unsigned char>(text[size]) & 0xC0) == 0x80) {
    --size;
  }
  out += text.substr(0, size);
  if (size < text.size()) out += "...";
  return out += '`';
}

std::unexpected<ParseError> not_a(std::string_view text, Type type) {
  std::string message = quoted(text) + " is not ";
  message += article_of(type);
  message += name_of(type);
  return std::unexpected(ParseError{"type", std::move(message)});
}

std::unexpected<ParseError> out_of_range(std::string_view text, Type type,
                                         std::string_view why = {}) {
  std::string message = quoted(text) + " is out of range for ";
  message += name_of(type);
  message += why;
  return std::unexpected(ParseError{"range", std::move(message)});
}

template <typename Int>
Parsed integer(Type type, std::string_view written) {
  std::string_view text = trim(written);
  if (text.starts_with('+') && !text.starts_with("+-")) text.remove_prefix(1);
  std::int64_t value = 0;
  const char* const end = text.data() + text.size();
  const auto [stopped, error] = std::from_chars(text.data(), end, value);
  if (text.empty() || stopped != end || error == std::errc::invalid_argument) {
    return not_a(written, type);
  }
  using Limits = std::numeric_limits<Int>;
  if (error != std::errc() || value < Limits::min() || value > Limits::max()) {
    return out_of_range(
        written, type,
        " (" + std::to_string(Limits::min()) + " to " + std::to_string(Limits::max()) + ")");
  }
  return Value::of_integer(value);
}

template <typename Float>
Parsed floating(Type type, std::string_view written) {
  std::string_view text = trim(written);
  for (const std::string_view name : {"infinity", "+infinity", "inf", "-infinity", "-inf"}) {
    if (!equals_ignoring_case(text, name)) continue;
    const double infinity = std::numeric_limits<double>::infinity();
    return Value::of_real(name.front() == '-' ? -infinity : infinity);
  }
  if (equals_ignoring_case(text, "nan"))
    return out_of_range(written, type, ": it cannot be stored");
  if (text.starts_with('+') && !text.starts_with("+-")) text.remove_prefix(1);
  Float value = 0;
  const char* const end = text.data() + text.size();
  const auto [stopped, error] = std::from_chars(text.data(), end, value);
  if (error == std::errc::result_out_of_range) return out_of_range(written, type);
  if (error != std::errc() || stopped != end || !std::isfinite(value)) return not_a(written, type);
  return Value::of_real(value);
}

Parsed boolean(std::string_view written) {
  struct Spelling {
    std::string_view word;
    std::size_t least;  // of its letters
    bool value;
  };
  static constexpr Spelling kSpellings[] = {
      {"true", 1, true}, {"false", 1, false}, {"yes", 1, true}, {"no", 1, false},
      {"on", 2, true},   {"off", 2, false},   {"1", 1, true},   {"0", 1, false}};
  const std::string_view text = trim(written);
  for (const Spelling& spelling : kSpellings) {
    if (text.size() < spelling.least || text.size() > spelling.word.size()) continue;
    if (equals_ignoring_case(text, spelling.word.substr(0, text.size()))) {
      return Value::of_bool(spelling.value);
    }
  }
  return not_a(written, Type::boolean);
}

Parsed decimal(const Field& field, std::string_view written) {
  auto plain = plain_decimal(trim(written));
  if (!plain) return not_a(written, Type::decimal);
  if (field.precision > 0) {
    *plain = round_decimal(*plain, field.scale);
    const int before = field.precision - field.scale;
    bool fits = integer_digits(*plain) <= static_cast<std::size_t>(std::max(before, 0));
    if (before < 0 && fits) {
      const std::string_view fraction = std::string_view(*plain).substr(plain->find('.') + 1);
      fits = fraction.find_first_not_of('0') >= static_cast<std::size_t>(-before);
    }
    if (!fits) {
      std::string message = quoted(written) + " does not fit numeric(";
      message += std::to_string(field.precision) + ", " + std::to_string(field.scale) + ")";
      return std::unexpected(ParseError{"precision", std::move(message)});
    }
  }
  const Kind kind = is_small_decimal(field) ? Kind::small_decimal : Kind::decimal;
  return Value{.kind = kind, .text = std::move(*plain)};
}

Parsed text_of(const Field& field, std::string_view text) {
  if (field.max_length > 0 && text.size() > field.max_length) {
    const std::size_t count = count_utf8(text);
    // Spaces over the length are cut off, as the standard asks.
    std::size_t excess = count - std::min<std::size_t>(count, field.max_length);
    while (excess > 0 && text.ends_with(' ')) {
      text.remove_suffix(1);
      --excess;
    }
    if (excess > 0) {
      return std::unexpected(
          ParseError{"length", std::to_string(count) + " characters are more than the " +
                                   std::to_string(field.max_length) + " that fit"});
    }
  }
  return Value::of_text(std::string(text));
}

Parsed bytes(const Field& field, std::string_view text) {
  std::string decoded;
  if (text.starts_with("\\x")) {
    if (text.size() % 2 != 0) return not_a(text, Type::bytes);
    for (std::size_t i = 2; i < text.size(); i += 2) {
      const int high = hex_value(text[i]);
      const int low = hex_value(text[i + 1]);
      if (high < 0 || low < 0) return not_a(text, Type::bytes);
      decoded += static_cast<char>(high * 16 + low);
    }
  } else {
    // The URL alphabet and missing padding are understood.
    std::string standard(text);
    std::replace(standard.begin(), standard.end(), '-', '+');
    std::replace(standard.begin(), standard.end(), '_', '/');
    while (standard.size() % 4 != 0 && !standard.ends_with("==")) standard += '=';
    auto result = decode_base64(standard);
    if (!result) return not_a(text, Type::bytes);
    decoded = std::move(*result);
  }
  if (field.max_length > 0 && decoded.size() > field.max_length) {
    return std::unexpected(
        ParseError{"length", std::to_string(decoded.size()) + " bytes are more than the " +
                                 std::to_string(field.max_length) + " that fit"});
  }
  return Value::of_bytes(std::move(decoded));
}

Parsed uuid(std::string_view written) {
  std::string_view text = trim(written);
  if (text.starts_with('{') && text.ends_with('}')) text = text.substr(1, text.size() - 2);
  std::string out;
  std::size_t digits = 0;
  bool after_hyphen = true;
  for (const char c : text) {
    if (c == '-') {
      if (after_hyphen || digits % 4 != 0) return not_a(written, Type::uuid);
      after_hyphen = true;
      continue;
    }
    if (hex_value(c) < 0 || digits == 32) return not_a(written, Type::uuid);
    if (digits == 8 || digits == 12 || digits == 16 || digits == 20) out += '-';
    out += to_lower(c);
    ++digits;
    after_hyphen = false;
  }
  if (digits != 32 || after_hyphen) return not_a(written, Type::uuid);
  return Value::of_text(std::move(out));
}

Parsed label(const Field& field, std::string_view text) {
  if (std::find(field.labels.begin(), field.labels.end(), text) != field.labels.end()) {
    return Value::of_text(std::string(text));
  }
  constexpr std::size_t kShown = 12;
  std::string message = quoted(text) + " is not one of ";
  for (std::size_t i = 0; i < std::min(field.labels.size(), kShown); ++i) {
    if (i > 0) message += ", ";
    message += quoted(field.labels[i]);
  }
  if (field.labels.size() > kShown) message += ", ...";
  return std::unexpected(ParseError{"label", std::move(message)});
}

Parsed temporal(Type type, std::string_view text) {
  TimeError error = TimeError::syntax;
  std::string out;
  if (type == Type::date) {
    std::int32_t days = 0;
    error = parse_date(text, days);
    if (error == TimeError::none) append_date(out, days);
  } else if (type == Type::time || type == Type::timetz) {
    TimeOfDay time;
    error = parse_time(text, time);
    if (error == TimeError::none) append_time(out, time.micros);
    if (error == TimeError::none && type == Type::timetz) {
      append_offset(out, time.offset_seconds.value_or(0));
    }
  } else if (type == Type::interval) {
    Interval interval;
    error = parse_interval(text, interval);
    if (error == TimeError::none) append_interval(out, interval);
  } else {
    std::int64_t micros = 0;
    error = parse_timestamp(text, type == Type::timestamptz, micros);
    if (error == TimeError::none) append_timestamp(out, micros, ' ');
  }
  switch (error) {
    case TimeError::none:
      return Value::of_text(std::move(out));
    case TimeError::syntax:
      return not_a(text, type);
    case TimeError::range:
      return out_of_range(text, type);
  }
  return not_a(text, type);
}

Parsed json_text(const Field& field, std::string_view text) {
  json::Reader reader(text);
  reader.next();
  Parsed parsed = parse_json(field, reader);
  if (parsed && reader.next() == json::Token::end) {
    // JSON null inside a json column's text is a JSON value, not SQL's null.
    if (parsed->is_null()) return Value::of_text("null");
    return parsed;
  }
  if (!parsed && reader.token() != json::Token::error) return parsed;
  return std::unexpected(
      ParseError{"type", quoted(text) + " is not JSON: " + std::string(reader.error().message) +
                             " at byte " + std::to_string(reader.error().offset)});
}

std::unexpected<ParseError> has_nul() {
  return std::unexpected(ParseError{"nul", "the character U+0000 cannot be stored"});
}

bool takes_number(Type type) {
  switch (type) {
    case Type::int16:
    case Type::int32:
    case Type::int64:
    case Type::float32:
    case Type::float64:
    case Type::decimal:
    case Type::other:
      return true;
    case Type::boolean:
    case Type::text:
    case Type::bytes:
    case Type::date:
    case Type::time:
    case Type::timetz:
    case Type::timestamp:
    case Type::timestamptz:
    case Type::interval:
    case Type::uuid:
    case Type::json:
    case Type::enumeration:
    case Type::array:
      return false;
  }
  return false;
}

}  // namespace

Parsed parse_text(const Field& field, std::string_view text) {
  if (!is_utf8(text)) {
    return std::unexpected(ParseError{"encoding", "the text is not UTF-8"});
  }
  if (text.find('\0') != text.npos) return has_nul();
  switch (field.type) {
    case Type::boolean:
      return boolean(text);
    case Type::int16:
      return integer<std::int16_t>(field.type, text);
    case Type::int32:
      return integer<std::int32_t>(field.type, text);
    case Type::int64:
      return integer<std::int64_t>(field.type, text);
    case Type::float32:
      return floating<float>(field.type, text);
    case Type::float64:
      return floating<double>(field.type, text);
    case Type::decimal:
      return decimal(field, text);
    case Type::text:
    case Type::other:
      return text_of(field, text);
    case Type::bytes:
      return bytes(field, text);
    case Type::date:
    case Type::time:
    case Type::timetz:
    case Type::timestamp:
    case Type::timestamptz:
    case Type::interval:
      return temporal(field.type, text);
    case Type::uuid:
      return uuid(text);
    case Type::json:
      return json_text(field, text);
    case Type::enumeration:
      return label(field, text);
    case Type::array:
      return trim(text).starts_with('{') ? parse_array_literal(field, text)
                                         : json_text(field, text);
  }
  return not_a(text, field.type);
}

Parsed parse_json(const Field& field, json::Reader& reader) {
  using json::Token;
  if (reader.token() == Token::error) {
    return std::unexpected(ParseError{"type", std::string(reader.error().message)});
  }
  if (reader.token() == Token::null_value) return Value::null();
  if (field.type == Type::json) {
    std::string raw(reader.raw());
    if (reader.has_nul()) return has_nul();
    if (reader.token() == Token::error) {
      return std::unexpected(ParseError{"type", std::string(reader.error().message)});
    }
    return Value::of_text(std::move(raw));
  }
  if (reader.has_nul()) return has_nul();
  switch (reader.token()) {
    case Token::string:
      return parse_text(field, reader.text());
    case Token::number:
      if (takes_number(field.type)) return parse_text(field, reader.text());
      break;
    case Token::true_value:
    case Token::false_value:
      if (field.type == Type::boolean || field.type == Type::other) {
        return parse_text(field, reader.text());
      }
      break;
    case Token::begin_array:
      if (field.type == Type::array) return parse_array(field, reader);
      break;
    case Token::begin_object:
    case Token::end_object:
    case Token::end_array:
    case Token::key:
    case Token::null_value:
    case Token::end:
    case Token::error:
      break;
  }
  return not_a(reader.raw(), field.type);
}

}  // namespace sqlxc::value
