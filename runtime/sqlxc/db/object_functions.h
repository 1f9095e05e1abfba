#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <sqlxc/value/field.h>

struct sqlite3;

// Embedded rows become JSON inside the database, by two functions of ours: sqlxc_object(shape,
// values...) writes one row, sqlxc_array(json) gathers rows. SQLite's json_object would lose digits
// of doubles and decimals and knows neither booleans nor time stamps; these write what the top
// level writes, with the same code.
namespace sqlxc::db {

/// One member of sqlxc_object's result.
struct Member {
  std::string key;       // with what separates it: `{"id":`, `,"email":`
  value::Field field;    // only what decides the form in JSON
  bool is_json = false;  // the value is JSON text already
};

/// Appends a member to the text of a shape; no field: the value is JSON text.
void append_member(std::string& shape, std::string_view key, const value::Field* field);

/// Reads a shape back. Only append_member's texts are read: another aborts.
std::vector<Member> parse_shape(std::string_view shape);

/// Registers sqlxc_object and sqlxc_array; SQLite's result code.
int register_object_functions(sqlite3* connection);

}  // namespace sqlxc::db
