#pragma once

#include <expected>
#include <functional>
#include <memory>
#include <span>
#include <vector>

#include <sqlxc/db/error.h>
#include <sqlxc/query/bounded.h>
#include <sqlxc/query/sql.h>
#include <sqlxc/rest/postgres_row.h>
#include <sqlxc/rest/sqlite_row.h>

// Several reads of one request, answered together. Not for REST's own reads, which are one
// statement with what goes along (backend.h).
namespace sqlxc::rest {

/// Makes what it likes of rows as they come; on any thread, one at a time.
class RowTaker {
 public:
  virtual ~RowTaker() = default;
  /// Forgets what has come: the select is run (again). Its columns are those of the rows, and stay
  /// where they are while rows come.
  virtual void start(std::span<const query::Column> columns) = 0;
  virtual void take(const SqliteRow& row) = 0;
  virtual void take(const PostgresRow& row) = 0;
};

struct SelectTask {
  std::shared_ptr<const query::Select> select;  // its own binds do not count
  std::vector<value::Value> binds;
  query::Cost cost = query::Cost::unbounded;
  bool is_function = false;         // the rows are a function's of the database
  bool changes = false;             // and may write
  std::unique_ptr<RowTaker> taker;  // a row at a time
  std::expected<void, db::Error> result;
};

/// The tasks as they were given, each with its result; on the loop's thread.
using SelectsDone = std::move_only_function<void(std::vector<SelectTask> tasks)>;
/// Nobody waits any more: `done` is not called, and the database is told to stop.
using Abandon = std::move_only_function<void()>;

}  // namespace sqlxc::rest
