#include <sqlxc/query/postgres_value.h>

#include <utility>

#include <sqlxc/core/text.h>
#include <sqlxc/json/reader.h>

namespace sqlxc::query {
namespace {

using value::Field;
using value::Kind;
using value::Type;
using value::Value;

void append_bytes(std::string& out, std::string_view bytes) {
  out += "\\x";
  for (char c : bytes) append_hex(out, static_cast<unsigned char>(c), 2);
}

void append_quoted(std::string& out, std::string_view text) {
  out += '"';
  for (char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  out += '"';
}

// Time stamps are kept in UTC without saying so.
bool lacks_zone(Type type, std::string_view text) {
  return type == Type::timestamptz && !text.empty() && is_digit(text.back()) &&
         text.find_first_of("+Z") == text.npos && text.find('-', 10) == text.npos;
}

void append_element(std::string& out, Type type, std::string_view text) {
  std::string plain(text);
  if (type == Type::bytes) {
    if (const auto bytes = decode_base64(text)) {
      plain.clear();
      append_bytes(plain, *bytes);
    }
  } else if (lacks_zone(type, text)) {
    plain += "+00";
  }
  append_quoted(out, plain);
}

// The array at which `reader` stands, whose elements have the form that a response shows.
void append_array(std::string& out, Type element, json::Reader& reader) {
  using json::Token;
  out += '{';
  bool is_first = true;
  while (true) {
    const Token token = reader.next();
    if (token == Token::end_array || token == Token::error || token == Token::end) break;
    if (!is_first) out += ',';
    is_first = false;
    if (token == Token::null_value) {
      out += element == Type::json ? "\"null\"" : "NULL";
    } else if (token == Token::begin_array && element != Type::json) {
      append_array(out, element, reader);
    } else if (element == Type::json || token == Token::begin_object ||
               token == Token::begin_array) {
      append_quoted(out, reader.raw());
    } else {
      append_element(out, element, reader.text());
    }
  }
  out += '}';
}

std::string plain_text(const Value& value) {
  std::string text;
  switch (value.kind) {
    case Kind::boolean:
      text = value.integer != 0 ? "true" : "false";
      break;
    case Kind::integer:
      append_number(text, value.integer);
      break;
    case Kind::real:
      append_number(text, value.real);
      break;
    case Kind::bytes:
      append_bytes(text, value.text);
      break;
    case Kind::absent:
    case Kind::null:
    case Kind::use_default:
    case Kind::small_decimal:
    case Kind::decimal:
    case Kind::text:
      text = value.text;
      break;
  }
  return text;
}

}  // namespace

Value postgres_value(const Value& value, const Field& field) {
  if (value.kind != Kind::text) return value;
  if (lacks_zone(field.type, value.text)) return Value::of_text(value.text + "+00");
  if (field.type != Type::array || !value.text.starts_with('[')) return value;
  // `[0:1]={1,2}` is PostgreSQL's own.
  json::Reader reader(value.text);
  if (reader.next() != json::Token::begin_array) return value;
  std::string literal;
  append_array(literal, field.element, reader);
  if (reader.token() == json::Token::error) return value;
  return Value::of_text(std::move(literal));
}

std::string array_literal(const std::vector<Value>& values, const Field& field) {
  std::string literal = "{";
  for (const Value& value : values) {
    if (literal.size() > 1) literal += ',';
    if (value.has_value()) {
      append_quoted(literal, plain_text(postgres_value(value, field)));
    } else {
      literal += "NULL";
    }
  }
  literal += '}';
  return literal;
}

std::string_view postgres_type(Type type) {
  switch (type) {
    case Type::boolean:
      return "boolean";
    case Type::int16:
      return "smallint";
    case Type::int32:
      return "integer";
    case Type::int64:
      return "bigint";
    case Type::float32:
      return "real";
    case Type::float64:
      return "double precision";
    case Type::decimal:
      return "numeric";
    case Type::text:
      return "text";
    case Type::bytes:
      return "bytea";
    case Type::date:
      return "date";
    case Type::time:
      return "time";
    case Type::timetz:
      return "timetz";
    case Type::timestamp:
      return "timestamp";
    case Type::timestamptz:
      return "timestamptz";
    case Type::interval:
      return "interval";
    case Type::uuid:
      return "uuid";
    case Type::json:
    case Type::enumeration:
    case Type::array:
    case Type::other:
      return {};
  }
  return {};
}

std::string_view postgres_type(const Field& field) {
  // Without a length these two are one character or bit long, and a cast cuts what is longer.
  if (field.pg_type == "character") return "bpchar";
  if (field.pg_type == "bit") return "varbit";
  return field.pg_type.empty() ? postgres_type(field.type) : field.pg_type;
}

}  // namespace sqlxc::query
