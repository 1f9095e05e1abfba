#pragma once

#include <string>
#include <string_view>

#include <sqlxc/value/field.h>
#include <sqlxc/value/value.h>

// From the stored form of a value (docs/sqlite.md) to JSON and to plain text.
namespace sqlxc::value {

/// Appends a stored text as the JSON of `type`. A text that is not what the type stores (another
/// program wrote it) becomes a JSON string.
void append_json_text(std::string& out, Type type, std::string_view stored);

/// The same without quotes: timestamps in ISO 8601, the rest as it is stored.
void append_plain_text(std::string& out, Type type, std::string_view stored);

/// Appends a number that stands for a decimal, with `scale` fraction digits if the decimal has a
/// precision.
void append_decimal_json(std::string& out, const Field& field, double number);
void append_decimal_json(std::string& out, const Field& field, std::int64_t number);

/// Appends a value as the JSON of `type`, one of a column or of an array's elements; not of `json`
/// and arrays as bytes.
void append_json(std::string& out, Type type, const Value& value);

/// Whether a decimal of the field is kept as a number in SQLite: all its digits fit a double.
bool is_small_decimal(const Field& field);

}  // namespace sqlxc::value
