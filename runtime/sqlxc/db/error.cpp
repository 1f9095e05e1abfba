#include <sqlxc/db/error.h>

#include <sqlite3.h>

#include <sqlxc/core/text.h>

namespace sqlxc::db {
namespace {

Failure failure_of(int code) {
  switch (code) {
    case SQLITE_CONSTRAINT_UNIQUE:
    case SQLITE_CONSTRAINT_PRIMARYKEY:
    case SQLITE_CONSTRAINT_ROWID:
      return Failure::unique;
    case SQLITE_CONSTRAINT_FOREIGNKEY:
      return Failure::foreign_key;
    case SQLITE_CONSTRAINT_CHECK:
      return Failure::check;
    case SQLITE_CONSTRAINT_NOTNULL:
      return Failure::not_null;
    case SQLITE_CONSTRAINT_DATATYPE:
      return Failure::datatype;
    default:
      break;
  }
  switch (code & 0xFF) {
    case SQLITE_CONSTRAINT:  // a trigger's RAISE, and kinds that only later versions know
      return Failure::check;
    case SQLITE_MISMATCH:
      return Failure::datatype;
    case SQLITE_TOOBIG:
      return Failure::too_big;
    case SQLITE_INTERRUPT:
      return Failure::interrupted;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return Failure::busy;
    case SQLITE_FULL:
      return Failure::full;
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
    case SQLITE_NOMEM:
      return Failure::io;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return Failure::corrupt;
    case SQLITE_READONLY:
    case SQLITE_PERM:
      return Failure::readonly;
    default:
      return Failure::other;
  }
}

// What stands behind `prefix` in `message`; empty if it starts otherwise.
std::string_view after(std::string_view message, std::string_view prefix) {
  return message.starts_with(prefix) ? message.substr(prefix.size()) : std::string_view();
}

// "users.email, users.name": the names that SQLite puts after UNIQUE and NOT NULL. A name may hold
// dots and commas itself, so the table is what stands before the first dot and separates the
// columns.
void read_columns(std::string_view list, Error& error) {
  const std::size_t dot = list.find('.');
  if (dot == list.npos) return;
  error.table = list.substr(0, dot);
  const std::string separator = ", " + error.table + ".";
  list.remove_prefix(dot + 1);
  while (true) {
    const std::size_t end = list.find(separator);
    error.columns.emplace_back(list.substr(0, end));
    if (end == list.npos) return;
    list.remove_prefix(end + separator.size());
  }
}

void read_message(Error& error) {
  const std::string_view message = error.message;
  if (const auto rest = after(message, "CHECK constraint failed: "); !rest.empty()) {
    error.constraint = rest;
  } else if (const auto index = after(message, "UNIQUE constraint failed: index '");
             !index.empty()) {
    error.constraint = index.substr(0, index.size() - 1);
  } else if (const auto unique = after(message, "UNIQUE constraint failed: "); !unique.empty()) {
    read_columns(unique, error);
  } else if (const auto missing = after(message, "NOT NULL constraint failed: ");
             !missing.empty()) {
    read_columns(missing, error);
  } else if (error.failure == Failure::check) {
    error.constraint = message;  // what a trigger raised
  }
}

// Errors of expressions that the data are to blame for.
bool is_out_of_range(std::string_view message) {
  return message == "integer overflow" || message.ends_with("of more than 38 digits");
}

bool exceeds_limit(std::string_view message) {
  return message.starts_with("Expression tree is too large") || message == "too many SQL variables";
}

}  // namespace

bool is_constraint(Failure failure) {
  switch (failure) {
    case Failure::unique:
    case Failure::foreign_key:
    case Failure::check:
    case Failure::not_null:
    case Failure::datatype:
    case Failure::too_big:
      return true;
    case Failure::interrupted:
    case Failure::busy:
    case Failure::full:
    case Failure::io:
    case Failure::corrupt:
    case Failure::readonly:
    case Failure::cancelled:
    case Failure::closed:
    case Failure::other:
      return false;
  }
  return false;
}

std::string_view name_of(Failure failure) {
  switch (failure) {
    case Failure::unique:
      return "unique";
    case Failure::foreign_key:
      return "foreign_key";
    case Failure::check:
      return "check";
    case Failure::not_null:
      return "not_null";
    case Failure::datatype:
      return "datatype";
    case Failure::too_big:
      return "too_big";
    case Failure::interrupted:
      return "interrupted";
    case Failure::busy:
      return "busy";
    case Failure::full:
      return "full";
    case Failure::io:
      return "io";
    case Failure::corrupt:
      return "corrupt";
    case Failure::readonly:
      return "readonly";
    case Failure::cancelled:
      return "cancelled";
    case Failure::closed:
      return "closed";
    case Failure::other:
      return "other";
  }
  return "";
}

Error error_of(sqlite3* connection, int code) {
  Error error;
  error.code = connection != nullptr ? sqlite3_extended_errcode(connection) : code;
  if ((error.code & 0xFF) != (code & 0xFF)) error.code = code;
  error.failure = failure_of(error.code);
  error.message = connection != nullptr && (code & 0xFF) != SQLITE_MISUSE
                      ? sqlite3_errmsg(connection)
                      : sqlite3_errstr(code);
  if (error.code == SQLITE_ERROR && is_out_of_range(error.message)) {
    error.failure = Failure::datatype;
  }
  // A row that cascades would take is guarded by what SQLite calls a trigger.
  if (error.code == SQLITE_CONSTRAINT_TRIGGER && error.message == "FOREIGN KEY constraint failed") {
    error.failure = Failure::foreign_key;
  }
  // Its limits: a thousand conditions in one another, 32,766 values.
  if (error.code == SQLITE_ERROR && exceeds_limit(error.message)) {
    error.failure = Failure::too_big;
    error.sqlstate = "54001";
    error.message = "the request has more conditions or values than SQLite reads";
    error.hint = "ask for less in one request";
  }
  // Its parser keeps a stack of a hundred words: relations embedded some eight deep.
  if (error.code == SQLITE_ERROR && error.message == "parser stack overflow") {
    error.failure = Failure::too_big;
    error.sqlstate = "54001";
    error.message = "the request is nested deeper than SQLite reads";
    error.hint = "embed fewer relations within each other";
  }
  if (is_constraint(error.failure)) read_message(error);
  return error;
}

}  // namespace sqlxc::db
