#pragma once

#include <string>
#include <string_view>

#include <sqlxc/value/field.h>

// From PostgreSQL's text of a value to JSON, by the type of the field and without anything in
// between: the same bytes that db/encode.h makes of the same value kept in SQLite. The texts are
// those of a connection with pg/connect.h's settings. NULL is the caller's to write.
namespace sqlxc::pg {

/// Appends the JSON of `field`'s type. A text that is not what the type prints becomes a string.
void append_json(std::string& out, const value::Field& field, std::string_view text);

/// Appends the same value as plain text, for CSV, keys in URLs and ETags.
void append_text(std::string& out, const value::Field& field, std::string_view text);

}  // namespace sqlxc::pg
