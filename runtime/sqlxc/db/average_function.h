#pragma once

struct sqlite3;

// The mean of exact numbers as PostgreSQL gives it: avg(), which in SQLite is a double, has neither
// its digits nor its scale.
namespace sqlxc::db {

/// Registers the aggregate sqlxc_avg(x, scale); SQLite's result code. `scale` is how many fraction
/// digits a decimal has that is stored as a number.
int register_average_function(sqlite3* connection);

}  // namespace sqlxc::db
