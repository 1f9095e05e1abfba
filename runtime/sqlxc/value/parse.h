#pragma once

#include <expected>
#include <string>
#include <string_view>

#include <sqlxc/json/reader.h>
#include <sqlxc/value/field.h>
#include <sqlxc/value/value.h>

// From the words of a request to a value of a column's type: range-checked, normalised to the one
// form in which the database keeps it (docs/sqlite.md). Whether NULL may stand there is not asked
// here: that is a rule.
namespace sqlxc::value {

/// Why a text is not a value of the type.
struct ParseError {
  std::string_view rule;  // "type", "range", "length", "precision", "label", "nul"
  std::string message;    // "`abc` is not an integer", without the field's name
};

using Parsed = std::expected<Value, ParseError>;

/// Reads text, as it stands in a URL, a form or CSV, as a value of `field`. The text must be UTF-8.
Parsed parse_text(const Field& field, std::string_view text);

/// Reads the value at which `reader` stands (next() returned its first token) and leaves the reader
/// at its last token. JSON null gives Value::null(). Numbers may come as strings; anything may
/// stand in a json column. When the reader itself fails, reader.token() is Token::error and the
/// error says so.
Parsed parse_json(const Field& field, json::Reader& reader);

}  // namespace sqlxc::value
