#pragma once

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

#include <sqlxc/net/loop.h>

struct pg_conn;
struct pg_cancel;

// Asks the server to stop what a connection runs. That takes a connection of its own, which libpq
// makes while its caller waits: so a thread does it, started with the first request.
namespace sqlxc::pg {

class Canceller {
 public:
  Canceller() = default;
  ~Canceller();
  Canceller(const Canceller&) = delete;
  Canceller& operator=(const Canceller&) = delete;

  /// Cancels what `connection` runs when the request arrives, which may be a later statement;
  /// `done` runs on the loop of `remote` when the server has been told.
  void cancel(pg_conn* connection, const net::Remote& remote, net::Task done);

 private:
  struct Order {
    pg_cancel* cancel = nullptr;
    net::Remote remote;
    net::Task done;
  };
  void work();

  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Order> orders_;
  bool is_stopping_ = false;
  std::thread thread_;
};

}  // namespace sqlxc::pg
