#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

// One value on its way from a request to the database: checked, normalised and ready to be bound.
// Absent, null and DEFAULT are three different things.
namespace sqlxc::value {

enum class Kind : std::uint8_t {
  absent,       // the write does not mention the column
  null,         // SQL NULL
  use_default,  // the database's default, asked for
  boolean,      // `integer` is 0 or 1
  integer,
  real,
  small_decimal,  // `text` has at most 15 digits: SQLite binds it as a number
  decimal,        // `text` has all digits: SQLite binds it as text
  text,
  bytes,  // `text` holds them
};

struct Value {
  Kind kind = Kind::absent;
  std::int64_t integer = 0;
  double real = 0;
  std::string text = {};

  static Value null() { return {.kind = Kind::null}; }
  static Value use_default() { return {.kind = Kind::use_default}; }
  static Value of_bool(bool value) { return {.kind = Kind::boolean, .integer = value ? 1 : 0}; }
  static Value of_integer(std::int64_t value) { return {.kind = Kind::integer, .integer = value}; }
  static Value of_real(double value) { return {.kind = Kind::real, .real = value}; }
  static Value of_text(std::string value) { return {.kind = Kind::text, .text = std::move(value)}; }
  static Value of_bytes(std::string value) {
    return {.kind = Kind::bytes, .text = std::move(value)};
  }

  bool is_absent() const { return kind == Kind::absent; }
  bool is_null() const { return kind == Kind::null; }
  bool is_default() const { return kind == Kind::use_default; }
  /// Whether there is a value: neither absent nor null nor DEFAULT.
  bool has_value() const { return kind > Kind::use_default; }

  bool operator==(const Value&) const = default;
};

}  // namespace sqlxc::value
