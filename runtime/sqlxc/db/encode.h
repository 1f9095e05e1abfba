#pragma once

#include <string>

#include <sqlxc/db/connection.h>
#include <sqlxc/value/field.h>

// From a column of a row to JSON, by the type of the field and without anything in between. The
// inverse of value/parse.h and docs/sqlite.md.
namespace sqlxc::db {

/// Appends column `column` of the current row as the JSON of `field`'s type.
void append_json(std::string& out, const value::Field& field, const Cursor& row, int column);

/// Appends the same value as plain text, for CSV, keys in URLs and ETags; null as nothing.
void append_text(std::string& out, const value::Field& field, const Cursor& row, int column);

}  // namespace sqlxc::db
