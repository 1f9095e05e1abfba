#pragma once

#include <chrono>
#include <cstdint>
#include <expected>
#include <functional>
#include <string>
#include <vector>

#include <sqlxc/db/error.h>
#include <sqlxc/net/loop.h>
#include <sqlxc/pg/result.h>
#include <sqlxc/value/value.h>

// What a client of PostgreSQL is asked to do: one statement, which is one transaction unless a
// session runs it.
namespace sqlxc::pg {

using Deadline = net::Clock::time_point;
inline constexpr Deadline kNoDeadline = Deadline::max();

using Outcome = std::expected<Result, db::Error>;
using Done = std::move_only_function<void(Outcome outcome)>;

/// A setting of the session, set for one transaction by set_config(name, value, true):
/// "request.method", "TimeZone", "role".
struct Setting {
  std::string name;
  std::string value;
};

struct Job {
  enum class Kind : std::uint8_t {
    read,   // in a READ ONLY transaction; run again when a connection is lost
    write,  // never run again unless it is sure that nothing happened
  };

  std::string sql = {};  // one statement, its parameters $1 to $n
  std::vector<value::Value> binds = {};
  Kind kind = Kind::read;
  Deadline deadline = kNoDeadline;
  std::vector<Setting> settings = {};  // for this transaction alone
  bool is_rolled_back = false;         // run, answered and undone
  /// Where the job before it went, if that can be: they read the same pages, and one process of
  /// the server has them at hand.
  bool goes_along = false;
  /// Called once on the loop's thread, never within Client::run; not called after cancel().
  Done done = {};
};

/// Names a job that runs.
using Ticket = std::uint64_t;

}  // namespace sqlxc::pg
