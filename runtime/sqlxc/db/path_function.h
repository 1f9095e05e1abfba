#pragma once

#include <cstdint>
#include <string>
#include <string_view>

struct sqlite3;

// A path into stored JSON, as PostgreSQL's `->` and `->>` walk it: sqlxc_path(json, path, as_text).
// SQLite's own operators read a key as a path of theirs and print anew what they find; this one
// takes any key and gives the text as it is stored.
namespace sqlxc::db {

/// Append a step to the text of a path.
void append_path_key(std::string& path, std::string_view key);
/// Likewise; a negative index counts from the end.
void append_path_index(std::string& path, std::int64_t index);

/// Registers sqlxc_path; SQLite's result code.
int register_path_function(sqlite3* connection);

}  // namespace sqlxc::db
