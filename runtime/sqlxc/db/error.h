#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

struct sqlite3;

// Why the database refused, in terms that a client can be told: which kind of rule, which
// constraint, which columns.
namespace sqlxc::db {

enum class Failure : std::uint8_t {
  unique,
  foreign_key,
  check,
  not_null,
  datatype,     // a value of a kind that the column does not take
  too_big,      // a text or blob over the limit
  interrupted,  // the deadline passed or the client left
  busy,         // another process holds the file
  full,         // no space left
  io,           // the disk failed
  corrupt,      // the file is not what it should be
  readonly,
  cancelled,  // the unit itself asked to be undone (Session::refuse)
  closed,     // the store is shutting down
  other,
};

/// Whether the failure is of the data that was sent (a 4xx) and not of the world.
bool is_constraint(Failure failure);
/// "unique", "foreign_key": for logs and metrics.
std::string_view name_of(Failure failure);

struct Error {
  Failure failure = Failure::other;
  int code = 0;                 // SQLite's extended result code, 0 elsewhere
  std::string message = {};     // the database's, for logs
  std::string constraint = {};  // its name, where SQLite says it (CHECK and expression indexes)
  std::string table = {};       // where SQLite says it (UNIQUE, NOT NULL, foreign keys)
  std::vector<std::string> columns = {};  // names as in the schema
  std::string parent = {};                // of a foreign key: the referenced table
  // What PostgreSQL says besides; empty where another database reports.
  std::string sqlstate = {};  // five characters, its Appendix A
  std::string detail = {};
  std::string hint = {};
  std::string schema = {};          // of `table`
  bool is_outcome_unknown = false;  // a write was sent and no answer came: it may have happened
};

/// Reads what `connection` reports for `code`, the result of its last call.
Error error_of(sqlite3* connection, int code);

}  // namespace sqlxc::db
