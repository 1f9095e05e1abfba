#pragma once

#include <expected>
#include <functional>

#include <sqlxc/db/connection.h>

// SQLite says that a foreign key failed, and not which. This finds out.
namespace sqlxc::db {

class Session;
using Run = std::move_only_function<std::expected<void, Error>(Session& session)>;

/// Calls `run`; an exception of it becomes an Error.
std::expected<void, Error> run_caught(Run& run, Session& session);

/// Runs the unit once more with foreign keys checked late, looks for a row of it that has no parent
/// (or that was one) and writes table, columns and parent into `error`; what takes too long to find
/// stays empty. The caller rolls back.
void name_foreign_key(Connection& connection, Run& run, Error& error);

}  // namespace sqlxc::db
