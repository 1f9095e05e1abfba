#pragma once

#include <string_view>

#include <sqlxc/value/parse.h>

// Arrays: kept in SQLite as the JSON that a response shows, element by element normalised.
namespace sqlxc::value {

/// Reads the JSON array at which `reader` stands; arrays in it are further dimensions.
Parsed parse_array(const Field& field, json::Reader& reader);

/// Reads PostgreSQL's literal, `{1,2,NULL}` or `{"a b",c}`.
Parsed parse_array_literal(const Field& field, std::string_view text);

}  // namespace sqlxc::value
