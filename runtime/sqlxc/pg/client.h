#pragma once

#include <cstdint>
#include <deque>
#include <expected>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include <sqlxc/db/error.h>
#include <sqlxc/net/loop.h>
#include <sqlxc/pg/alarm.h>
#include <sqlxc/pg/connection.h>
#include <sqlxc/pg/errands.h>
#include <sqlxc/pg/hosts.h>
#include <sqlxc/pg/job.h>
#include <sqlxc/pg/options.h>
#include <sqlxc/pg/session.h>
#include <sqlxc/pg/stream.h>

// A loop's way to a PostgreSQL server: jobs in, outcomes out, a few pipelined connections between.
// All reads of a turn of the loop travel together and share a Sync; those that a neighbour's
// failure took with it are sent again. Writes have a Sync each. Connections that break are made
// anew. It knows no table; callers bring SQL. For the loop's own thread.
namespace sqlxc::pg {

class Client {
 public:
  /// A client of `loop`, which must outlive it; it connects when the first job comes. An error only
  /// if libpq cannot be had.
  static std::expected<std::unique_ptr<Client>, db::Error> create(net::Loop& loop, Options options);
  /// Forgets what is on its way: no `done` is called. Not within a `done`.
  ~Client();
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  /// Queues a job; the outcome comes in a later step of the loop.
  ///
  /// Failures of the world: `busy` when no connection was free in time or too many wait,
  /// `interrupted` when the deadline passed, `closed` when the connection broke (with
  /// is_outcome_unknown if it was a write that had been sent).
  Ticket run(Job job);
  /// Nobody waits for this job any more: its `done` is not called, and the server is told to stop
  /// if it works on it.
  void cancel(Ticket ticket);

  /// A transaction of several steps on a connection of its own; `done` gets it when it has begun.
  void begin(SessionOptions options, SessionDone done);

  /// Reads a result of any length, row by row, on a connection of its own.
  std::unique_ptr<Stream> stream(Job job, StreamEvents events);

  std::chrono::milliseconds statement_timeout() const { return options_.statement_timeout; }
  /// When a statement that is asked for now has taken too long; its wait for a connection counts.
  Deadline statement_deadline() const;

  struct Counters {
    std::uint64_t jobs = 0;
    std::uint64_t retries = 0;  // of any cause
    std::uint64_t lost_connections = 0;
    std::size_t queued = 0;
    std::size_t in_flight = 0;
    std::size_t connections = 0;  // ready
  };
  Counters counters() const;

 private:
  friend class Session;
  friend class Stream;

  // Connections of one role and the jobs that wait for them.
  struct Pool {
    Connection::Role role;
    std::size_t limit;
    std::size_t spare;  // beyond the limit, for when all are busy with something long
    std::size_t depth;
    std::vector<std::unique_ptr<Connection>> connections = {};
    std::deque<RequestPtr> again = {};  // before the others
    std::deque<RequestPtr> queue = {};
  };
  // Given a connection of the session pool, or null and why not.
  using Acquired = std::move_only_function<void(Connection* connection, db::Error why)>;
  struct Waiter {
    Acquired done;
    net::Clock::time_point since;
    const void* owner = nullptr;
  };

  Client(net::Loop& loop, Options options);

  void schedule();
  void pump();
  void fail_later(RequestPtr request, db::Error error);
  void deliver_failed();
  void dispatch(Pool& pool);
  void dispatch_from(Pool& pool, std::deque<RequestPtr>& queue);
  Connection* choose(Pool& pool);
  void grow(Pool& pool);
  bool may_connect();
  void look_up_hosts();
  void back_off(std::string why);
  std::chrono::milliseconds silence(const Connection& connection) const;
  Pool& pool_of(const Request& request);

  void on_ready_connection();
  void on_finished(Connection& connection, RequestPtr request);
  void on_lost(Connection& connection, db::Error why, std::vector<RequestPtr> unanswered);
  bool is_retried(Connection& connection, Request& request);
  void again(RequestPtr request);
  void delay(RequestPtr request);
  void deliver(RequestPtr request);

  void acquire(const void* owner, Acquired done);
  void forget_waiter(const void* owner);
  void release(Connection* connection);
  void serve_waiters();
  Ticket step(Connection& connection, RequestPtr request);
  void interrupt(Connection& connection);

  void sweep();
  void sweep_queue(std::deque<RequestPtr>& queue);
  void sweep_waiters();
  void sweep_connection(Connection& connection);
  bool is_idle() const;
  db::Error no_connection() const;

  net::Loop& loop_;
  Options options_;
  Connection::Events events_;
  Pool readers_;
  Pool writers_;
  std::vector<std::unique_ptr<Connection>> sessions_;
  std::vector<Connection*> free_sessions_;
  std::deque<Waiter> waiters_;
  std::vector<RequestPtr> failed_;  // to be told in the next step
  struct Delayed {
    RequestPtr request;
    net::Clock::time_point due;
  };
  std::vector<Delayed> delayed_;
  Ticket last_ticket_ = 0;
  bool is_scheduled_ = false;
  // After a failure to connect: no attempt before, and how long the next wait is.
  net::Clock::time_point closed_until_{};
  std::chrono::milliseconds backoff_;
  std::string last_failure_;
  // The URL's hosts, and their addresses once they are known, until a connection fails.
  Named named_;
  Hosts addresses_;
  bool is_looking_up_ = false;
  std::uint64_t jobs_ = 0;
  std::uint64_t retries_ = 0;
  std::uint64_t lost_ = 0;
  std::minstd_rand random_;
  Alarm alarm_;
  net::Timer sweeper_;
  Errands errands_;
  // Shared with tasks that the loop or another thread holds: null once the client is gone.
  std::shared_ptr<Client*> self_;
};

}  // namespace sqlxc::pg
