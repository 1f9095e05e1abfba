#pragma once

#include <functional>
#include <memory>
#include <optional>

#include <sqlxc/pg/job.h>
#include <sqlxc/pg/statements.h>

// A job on its way through a client: how often it was tried, where it stands, what came of it.
namespace sqlxc::pg {

struct Request {
  Job job;
  Ticket ticket = 0;
  net::Clock::time_point queued_at = {};
  bool is_abandoned = false;  // nobody waits for the answer any more
  bool is_session = false;    // a step of a session: no transaction of its own, no retry
  bool is_step = false;       // of a transaction that something else commits
  bool is_alone = false;      // aborted by its neighbours too often: gets a Sync of its own
  /// Streams: called with each row (a result of one row), true to go on reading now.
  std::move_only_function<bool(Result row)> on_row = {};

  unsigned losses = 0;     // connections that broke under it
  unsigned conflicts = 0;  // 40001 and 40P01
  unsigned heals = 0;      // stale prepared statements; from then on it is sent without a name
  unsigned aborts = 0;     // neighbours that failed
  unsigned hits = 0;       // cancelled in place of a neighbour

  // Of the last attempt.
  Statements::Id statement = 0;
  bool was_new_statement = false;
  bool was_aborted = false;  // it did not run: a neighbour's failure
  Result result;
  std::optional<db::Error> error;
};

using RequestPtr = std::unique_ptr<Request>;

}  // namespace sqlxc::pg
