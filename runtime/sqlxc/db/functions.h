#pragma once

struct sqlite3;

// The SQL functions and the collation that an emitted schema may use (the list: docs/sqlite.md).
namespace sqlxc::db {

/// Registers all of them on a connection; SQLite's result code.
int register_functions(sqlite3* connection);

}  // namespace sqlxc::db
