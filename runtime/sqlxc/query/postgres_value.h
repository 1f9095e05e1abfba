#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <sqlxc/value/field.h>
#include <sqlxc/value/value.h>

// Values and types in the forms that PostgreSQL reads. Values come as docs/sqlite.md keeps them, or
// as a client wrote them.
namespace sqlxc::query {

/// The values as one array in PostgreSQL's literal form: `{"1","2"}`.
std::string array_literal(const std::vector<value::Value>& values, const value::Field& field);

/// The form of a value that PostgreSQL reads: time zones said, arrays in braces.
value::Value postgres_value(const value::Value& value, const value::Field& field);

/// PostgreSQL's name for the column's type.
std::string_view postgres_type(const value::Field& field);
/// The same of a type alone; empty where only the schema knows it.
std::string_view postgres_type(value::Type type);

}  // namespace sqlxc::query
