#include <sqlxc/value/format.h>

#include <sqlxc/core/text.h>
#include <sqlxc/json/writer.h>
#include <sqlxc/value/calendar.h>
#include <sqlxc/value/decimal.h>

#include <algorithm>
#include <charconv>

namespace sqlxc::value {
namespace {

// Whether `text` is `2026-01-02 03:04:05` with perhaps a fraction: what the store writes and
// CURRENT_TIMESTAMP gives.
bool is_stored_timestamp(std::string_view text) {
  static constexpr std::string_view kShape = "0000-00-00 00:00:00";
  if (text.size() < kShape.size()) return false;
  for (std::size_t i = 0; i < kShape.size(); ++i) {
    if (kShape[i] == '0' ? !is_digit(text[i]) : text[i] != kShape[i]) return false;
  }
  if (text.size() == kShape.size()) return true;
  const std::string_view fraction = text.substr(kShape.size());
  return fraction.size() > 1 && fraction.front() == '.' &&
         std::all_of(fraction.begin() + 1, fraction.end(), is_digit);
}

void append_iso(std::string& out, Type type, std::string_view stored) {
  if (is_stored_timestamp(stored)) {
    out.append(stored, 0, 10);
    out += 'T';
    out.append(stored, 11);
  } else {
    std::int64_t micros = 0;
    if (parse_timestamp(stored, type == Type::timestamptz, micros) != TimeError::none) {
      out += stored;
      return;
    }
    append_timestamp(out, micros, 'T');
    if (micros == kForever || micros == kNever) return;
  }
  if (type == Type::timestamptz) out += "+00:00";
}

bool is_json_number(std::string_view text) {
  if (text.starts_with('-')) text.remove_prefix(1);
  const std::string_view integer = split_off(text, '.');
  const auto all_digits = [](std::string_view part) {
    return std::all_of(part.begin(), part.end(), is_digit);
  };
  if (integer.empty() || (integer.size() > 1 && integer.front() == '0')) return false;
  return all_digits(integer) && all_digits(text) && (text.data() == nullptr || !text.empty());
}

void append_fixed(std::string& out, double number, int scale) {
  char digits[384];
  const auto end = std::to_chars(digits, digits + sizeof digits, number, std::chars_format::fixed,
                                 std::max(scale, 0));
  out.append(digits, end.ptr);
}

}  // namespace

bool is_small_decimal(const Field& field) {
  return field.precision > 0 && field.precision - std::min<int>(field.scale, 0) <= 15;
}

void append_json_text(std::string& out, Type type, std::string_view stored) {
  switch (type) {
    case Type::timestamp:
    case Type::timestamptz: {
      // An odd text may hold what needs an escape.
      std::string iso;
      append_iso(iso, type, stored);
      json::append_string(out, iso);
      return;
    }
    case Type::json:
    case Type::array:
      out += stored;
      return;
    case Type::decimal:
      if (is_json_number(stored)) {
        out += stored;
      } else {
        json::append_string(out, stored);
      }
      return;
    case Type::boolean:
    case Type::int16:
    case Type::int32:
    case Type::int64:
    case Type::float32:
    case Type::float64:
    case Type::text:
    case Type::bytes:
    case Type::date:
    case Type::time:
    case Type::timetz:
    case Type::interval:
    case Type::uuid:
    case Type::enumeration:
    case Type::other:
      json::append_string(out, stored);
      return;
  }
}

void append_plain_text(std::string& out, Type type, std::string_view stored) {
  if (type == Type::timestamp || type == Type::timestamptz) {
    append_iso(out, type, stored);
  } else {
    out += stored;
  }
}

void append_decimal_json(std::string& out, const Field& field, double number) {
  if (field.precision > 0) {
    append_fixed(out, number, field.scale);
    return;
  }
  char digits[384];
  const auto end = std::to_chars(digits, digits + sizeof digits, number, std::chars_format::fixed);
  out.append(digits, end.ptr);
}

void append_decimal_json(std::string& out, const Field& field, std::int64_t number) {
  append_number(out, number);
  if (field.precision == 0 || field.scale <= 0) return;
  out += '.';
  out.append(static_cast<std::size_t>(field.scale), '0');
}

void append_json(std::string& out, Type type, const Value& value) {
  switch (value.kind) {
    case Kind::absent:
    case Kind::null:
    case Kind::use_default:
      out += "null";
      return;
    case Kind::boolean:
      out += value.integer != 0 ? "true" : "false";
      return;
    case Kind::integer:
      append_number(out, value.integer);
      return;
    case Kind::real:
      if (type == Type::float32) {
        json::append_float(out, static_cast<float>(value.real));
      } else {
        json::append_double(out, value.real);
      }
      return;
    case Kind::bytes:
      out += '"';
      append_base64(out, value.text);
      out += '"';
      return;
    case Kind::small_decimal:
    case Kind::decimal:
    case Kind::text:
      append_json_text(out, type, value.text);
      return;
  }
}

}  // namespace sqlxc::value
