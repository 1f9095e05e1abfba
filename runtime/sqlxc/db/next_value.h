#pragma once

struct sqlite3;

namespace sqlxc::db {

/// Registers next_value(table, column): one more than the greatest value of the column, 1 in an
/// empty table. It stands in the defaults of columns that count on by themselves but are no rowid,
/// and is safe there because SQLite has one writer.
int register_next_value(sqlite3* connection);

}  // namespace sqlxc::db
