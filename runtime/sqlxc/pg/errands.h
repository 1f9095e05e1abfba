#pragma once

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

#include <sqlxc/net/loop.h>

struct pg_conn;

// What a loop cannot do itself because it waits: the names of hosts, and asking the server to stop
// a statement, for which libpq makes a connection. A thread does it, started with the first errand.
namespace sqlxc::pg {

class Errands {
 public:
  Errands() = default;
  ~Errands();
  Errands(const Errands&) = delete;
  Errands& operator=(const Errands&) = delete;

  /// Does `work` on the thread, then `done` on the loop of `remote`.
  void run(net::Task work, const net::Remote& remote, net::Task done);
  /// Cancels what `connection` runs when the request arrives, which may be a later statement.
  void cancel(pg_conn* connection, const net::Remote& remote, net::Task done);

 private:
  struct Errand {
    net::Task work;
    net::Remote remote;
    net::Task done;
  };
  void work();

  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Errand> errands_;
  bool is_stopping_ = false;
  std::thread thread_;
};

}  // namespace sqlxc::pg
