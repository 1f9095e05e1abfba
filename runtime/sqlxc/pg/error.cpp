#include <sqlxc/pg/error.h>

#include <sqlxc/pg/library.h>

namespace sqlxc::pg {
namespace {

using db::Error;
using db::Failure;

std::string field(const pg_result* result, int code) {
  const char* text = pq().resultErrorField(result, code);
  return text == nullptr ? std::string() : std::string(text);
}

// libpq ends its messages with a line feed.
std::string without_line_end(const char* message) {
  std::string_view text = message == nullptr ? "" : message;
  while (!text.empty() && (text.back() == '\n' || text.back() == ' ')) text.remove_suffix(1);
  return std::string(text);
}

}  // namespace

Failure failure_of(std::string_view sqlstate) {
  if (sqlstate == "23505" || sqlstate == "23P01") return Failure::unique;
  if (sqlstate == "23503" || sqlstate == "23001") return Failure::foreign_key;
  if (sqlstate == "23502") return Failure::not_null;
  if (sqlstate == "42804") return Failure::datatype;
  if (sqlstate == "57014") return Failure::interrupted;
  if (sqlstate == "53100") return Failure::full;
  if (sqlstate == "25006") return Failure::readonly;
  if (sqlstate == "57P03" || sqlstate == "55P03") return Failure::busy;
  if (sqlstate == "XX001" || sqlstate == "XX002") return Failure::corrupt;
  // Raised by a function or a trigger, as SQLite's RAISE is.
  if (sqlstate == "P0001") return Failure::check;
  const std::string_view kind = sqlstate.substr(0, 2);
  if (kind == "23" || kind == "44") return Failure::check;
  if (kind == "22") return Failure::datatype;
  if (kind == "54") return Failure::too_big;
  if (kind == "53" || kind == "40") return Failure::busy;
  if (sqlstate == "08P01") return Failure::other;  // a statement's mistake: too few parameters
  if (kind == "08" || sqlstate.starts_with("57P")) return Failure::closed;
  if (kind == "58") return Failure::io;
  return Failure::other;
}

Error error_of(const pg_result* result) {
  Error error;
  error.sqlstate = field(result, PG_DIAG_SQLSTATE);
  error.message = field(result, PG_DIAG_MESSAGE_PRIMARY);
  if (error.message.empty()) error.message = without_line_end(pq().resultErrorMessage(result));
  error.detail = field(result, PG_DIAG_MESSAGE_DETAIL);
  error.hint = field(result, PG_DIAG_MESSAGE_HINT);
  error.schema = field(result, PG_DIAG_SCHEMA_NAME);
  error.table = field(result, PG_DIAG_TABLE_NAME);
  error.constraint = field(result, PG_DIAG_CONSTRAINT_NAME);
  if (std::string column = field(result, PG_DIAG_COLUMN_NAME); !column.empty()) {
    error.columns.push_back(std::move(column));
  }
  // libpq's own errors, those of a broken connection, have no SQLSTATE.
  error.failure = error.sqlstate.empty() ? Failure::closed : failure_of(error.sqlstate);
  return error;
}

Error connection_error(const pg_conn* connection) {
  return {.failure = Failure::closed,
          .message = connection == nullptr ? "libpq has no memory for a connection"
                                           : without_line_end(pq().errorMessage(connection)),
          .sqlstate = "08006"};
}

bool ends_connection(const pg_result* result) {
  if (pq().resultErrorField(result, PG_DIAG_SQLSTATE) == nullptr) return true;
  const std::string severity = field(result, PG_DIAG_SEVERITY_NONLOCALIZED);
  return severity == "FATAL" || severity == "PANIC";
}

bool is_conflict(const Error& error) {
  return error.sqlstate == "40001" || error.sqlstate == "40P01";
}

bool is_stale_statement(const Error& error) {
  return error.sqlstate == "26000" || error.sqlstate == "42P05" || error.sqlstate == "0A000";
}

}  // namespace sqlxc::pg
