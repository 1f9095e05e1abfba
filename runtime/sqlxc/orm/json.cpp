#include <sqlxc/orm/json.h>

#include <charconv>
#include <utility>

#include <sqlxc/core/text.h>
#include <sqlxc/value/calendar.h>

namespace sqlxc::orm {
namespace {

using json::Token;

bool is_text(const json::Reader& reader) { return reader.token() == Token::string; }

template <typename Int>
bool read_integer(const json::Reader& reader, Int& value) {
  if (reader.token() != Token::number) return false;
  const auto number = parse_number<Int>(reader.text());
  if (number) value = *number;
  return number.has_value();
}

// NaN and the infinities are strings.
template <typename Float>
bool read_float(const json::Reader& reader, Float& value) {
  if (reader.token() != Token::number && !is_text(reader)) return false;
  const std::string_view text = reader.text();
  return std::from_chars(text.data(), text.data() + text.size(), value).ec == std::errc();
}

template <typename Moment>
bool read_moment(const json::Reader& reader, Moment& value) {
  if (!is_text(reader)) return false;
  const auto parsed = Moment::parse(reader.text());
  if (parsed) value = *parsed;
  return parsed.has_value();
}

void append_moment(std::string& out, std::int64_t micros, std::string_view zone) {
  out += '"';
  value::append_timestamp(out, micros, 'T');
  if (micros != value::kForever && micros != value::kNever) out += zone;
  out += '"';
}

}  // namespace

void append_json(std::string& out, bool value) { out += value ? "true" : "false"; }
void append_json(std::string& out, std::int16_t value) { append_number(out, value); }
void append_json(std::string& out, std::int32_t value) { append_number(out, value); }
void append_json(std::string& out, std::int64_t value) { append_number(out, value); }
void append_json(std::string& out, float value) { json::append_float(out, value); }
void append_json(std::string& out, double value) { json::append_double(out, value); }
void append_json(std::string& out, const std::string& value) { json::append_string(out, value); }

void append_json(std::string& out, const Decimal& value) {
  json::Reader reader(value.text);
  const bool is_number = reader.next() == Token::number && reader.next() == Token::end;
  if (is_number) {
    out += trim(value.text);
  } else {
    json::append_string(out, value.text);
  }
}

void append_json(std::string& out, Date value) {
  out += '"';
  value::append_date(out, value.days);
  out += '"';
}

void append_json(std::string& out, Time value) {
  out += '"';
  value::append_time(out, value.micros);
  out += '"';
}

void append_json(std::string& out, Timestamp value) { append_moment(out, value.micros, ""); }
void append_json(std::string& out, Timestamptz value) {
  append_moment(out, value.micros, "+00:00");
}

void append_json(std::string& out, const Bytes& value) {
  out += '"';
  append_base64(out, value.bytes);
  out += '"';
}

void append_json(std::string& out, const Uuid& value) { json::append_string(out, value.text); }
void append_json(std::string& out, const Json& value) { out += value.text; }
void append_json(std::string& out, const Opaque& value) { json::append_string(out, value.text); }

bool read_json(json::Reader& reader, bool& value) {
  value = reader.token() == Token::true_value;
  return value || reader.token() == Token::false_value;
}

bool read_json(json::Reader& reader, std::int16_t& value) { return read_integer(reader, value); }
bool read_json(json::Reader& reader, std::int32_t& value) { return read_integer(reader, value); }
bool read_json(json::Reader& reader, std::int64_t& value) { return read_integer(reader, value); }
bool read_json(json::Reader& reader, float& value) { return read_float(reader, value); }
bool read_json(json::Reader& reader, double& value) { return read_float(reader, value); }

bool read_json(json::Reader& reader, std::string& value) {
  if (!is_text(reader)) return false;
  value = reader.text();
  return true;
}

bool read_json(json::Reader& reader, Decimal& value) {
  if (reader.token() != Token::number && !is_text(reader)) return false;
  value.text = reader.text();
  return true;
}

bool read_json(json::Reader& reader, Date& value) { return read_moment(reader, value); }
bool read_json(json::Reader& reader, Time& value) { return read_moment(reader, value); }
bool read_json(json::Reader& reader, Timestamp& value) { return read_moment(reader, value); }
bool read_json(json::Reader& reader, Timestamptz& value) { return read_moment(reader, value); }

bool read_json(json::Reader& reader, Bytes& value) {
  if (!is_text(reader)) return false;
  auto bytes = decode_base64(reader.text());
  if (bytes) value.bytes = std::move(*bytes);
  return bytes.has_value();
}

bool read_json(json::Reader& reader, Uuid& value) { return read_json(reader, value.text); }

bool read_json(json::Reader& reader, Json& value) {
  value.text = reader.raw();
  return reader.token() != Token::error;
}

bool read_json(json::Reader& reader, Opaque& value) {
  if (is_text(reader)) return read_json(reader, value.text);
  // A composite or a range that the database shows as JSON.
  value.text = reader.raw();
  return reader.token() != Token::error;
}

}  // namespace sqlxc::orm
