#pragma once

#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include <sqlxc/json/reader.h>
#include <sqlxc/json/writer.h>
#include <sqlxc/orm/types.h>

// Typed values to JSON and back, in the forms of REST's bodies: between a row in C++ and the
// operations that all faces share.
namespace sqlxc::orm {

/// An emitted enumeration: it has a text for every value.
template <typename T>
concept Enumeration = std::is_enum_v<T> && requires(T value, std::string_view text) {
  { to_string(value) } -> std::convertible_to<std::string_view>;
  { from_string(text, value) } -> std::same_as<bool>;
};

void append_json(std::string& out, bool value);
void append_json(std::string& out, std::int16_t value);
void append_json(std::string& out, std::int32_t value);
void append_json(std::string& out, std::int64_t value);
void append_json(std::string& out, float value);
void append_json(std::string& out, double value);
void append_json(std::string& out, const std::string& value);
void append_json(std::string& out, const Decimal& value);
void append_json(std::string& out, Date value);
void append_json(std::string& out, Time value);
void append_json(std::string& out, Timestamp value);
void append_json(std::string& out, Timestamptz value);
void append_json(std::string& out, const Bytes& value);
void append_json(std::string& out, const Uuid& value);
void append_json(std::string& out, const Json& value);
void append_json(std::string& out, const Opaque& value);

// Each may hold the other.
template <typename T>
void append_json(std::string& out, const std::optional<T>& value);
template <typename T>
void append_json(std::string& out, const std::vector<T>& values);

template <Enumeration T>
void append_json(std::string& out, T value) {
  json::append_string(out, to_string(value));
}

template <typename T>
void append_json(std::string& out, const std::optional<T>& value) {
  if (value) {
    append_json(out, *value);
  } else {
    out += "null";
  }
}

template <typename T>
void append_json(std::string& out, const std::vector<T>& values) {
  out += '[';
  bool is_first = true;
  for (const T& value : values) {
    if (!is_first) out += ',';
    is_first = false;
    append_json(out, value);
  }
  out += ']';
}

// Each reads the value at whose first token the reader stands, and leaves it at its last. False if
// it is none of that type.
bool read_json(json::Reader& reader, bool& value);
bool read_json(json::Reader& reader, std::int16_t& value);
bool read_json(json::Reader& reader, std::int32_t& value);
bool read_json(json::Reader& reader, std::int64_t& value);
bool read_json(json::Reader& reader, float& value);
bool read_json(json::Reader& reader, double& value);
bool read_json(json::Reader& reader, std::string& value);
bool read_json(json::Reader& reader, Decimal& value);
bool read_json(json::Reader& reader, Date& value);
bool read_json(json::Reader& reader, Time& value);
bool read_json(json::Reader& reader, Timestamp& value);
bool read_json(json::Reader& reader, Timestamptz& value);
bool read_json(json::Reader& reader, Bytes& value);
bool read_json(json::Reader& reader, Uuid& value);
bool read_json(json::Reader& reader, Json& value);
bool read_json(json::Reader& reader, Opaque& value);

template <typename T>
bool read_json(json::Reader& reader, std::optional<T>& value);
template <typename T>
bool read_json(json::Reader& reader, std::vector<T>& values);

template <Enumeration T>
bool read_json(json::Reader& reader, T& value) {
  return reader.token() == json::Token::string && from_string(reader.text(), value);
}

template <typename T>
bool read_json(json::Reader& reader, std::optional<T>& value) {
  // JSON's own null is a value of a json column, but what the database has none of is null too.
  if (reader.token() == json::Token::null_value) {
    value.reset();
    return true;
  }
  return read_json(reader, value.emplace());
}

template <typename T>
bool read_json(json::Reader& reader, std::vector<T>& values) {
  values.clear();
  if (reader.token() != json::Token::begin_array) return false;
  while (reader.next() != json::Token::end_array) {
    if (!read_json(reader, values.emplace_back())) return false;
  }
  return true;
}

}  // namespace sqlxc::orm
