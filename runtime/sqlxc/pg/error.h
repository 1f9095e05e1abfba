#pragma once

#include <string>
#include <string_view>

#include <sqlxc/db/error.h>

struct pg_conn;
struct pg_result;

// What PostgreSQL reports (PG_DIAG fields, SQLSTATE) in the terms of db/error.h.
namespace sqlxc::pg {

/// The kind of failure that an SQLSTATE means (PostgreSQL's manual, Appendix A).
db::Failure failure_of(std::string_view sqlstate);

/// Reads a result whose status is an error.
db::Error error_of(const pg_result* result);

/// A connection that could not be made or broke: Failure::closed, with libpq's words.
db::Error connection_error(const pg_conn* connection);

/// Whether the session ends with this error: what was sent behind it gets no answer.
bool ends_connection(const pg_result* result);
/// 40001 and 40P01: the same transaction may succeed when it is run again.
bool is_conflict(const db::Error& error);
/// Perhaps a prepared statement that the server does not know, or whose plan does not fit the
/// tables as they have become (0A000, which other things have, too): prepare and run again, once.
bool is_stale_statement(const db::Error& error);

}  // namespace sqlxc::pg
