#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <sqlxc/query/sql.h>

// Embedded rows come from the database as JSON whose members stand in the order of Column::shape;
// here they get their keys, on the way into the response, in one pass. The text is the database's
// own: it is not checked.
namespace sqlxc::query {

/// Appends the column as members of the object that is being written: its key and its value, or
/// for a spread the members of its shape, each an array. No text: the column is null.
void append_shaped(std::string& out, const Column& column, std::optional<std::string_view> json);

/// Appends a value that is no row: in the form that the flat encoders give it.
void append_shaped_leaf(std::string& out, const Column& column, std::string_view json);

/// Appends the value alone: an array or object of a column that is no spread.
void append_shaped_value(std::string& out, const Column& column, std::string_view json);

}  // namespace sqlxc::query
