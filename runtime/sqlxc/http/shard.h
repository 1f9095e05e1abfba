#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include <sqlxc/http/buffer.h>
#include <sqlxc/http/connection.h>
#include <sqlxc/http/server.h>
#include <sqlxc/http/slot.h>
#include <sqlxc/net/loop.h>

// A loop of the server with all that is its own: handler, connections, spare buffers and exchanges,
// the Date header.
namespace sqlxc::http {

/// What the shards share: constant but for the load, which they read to spread connections evenly.
struct Common {
  struct alignas(64) Load {
    std::atomic<std::uint32_t> connections = 0;
  };

  Options options;
  net::Fd listener;
  std::vector<Load> loads;
  std::vector<std::unique_ptr<Shard>> shards;
  std::mutex factory_mutex;
  std::atomic<std::size_t> started = 0;
};

class Shard {
 public:
  Shard(Common& common, std::size_t index, std::unique_ptr<net::Loop> loop, net::Fd stop_event);
  ~Shard();
  Shard(const Shard&) = delete;
  Shard& operator=(const Shard&) = delete;

  /// Serves on the calling thread until a stop. `ready` runs when this was the last shard to start.
  Result<void> run(const HandlerFactory& factory, net::Task& ready);
  /// Asks for a stop, the second time for one at once. Safe from any thread and from signal
  /// handlers.
  void stop();

  net::Loop& loop() { return *loop_; }
  const Options& options() const { return common_.options; }
  Handler& handler() { return *handler_; }
  BufferPool& buffers() { return buffers_; }
  bool is_draining() const { return is_draining_; }

  std::unique_ptr<Slot> take_slot();
  void give_back(std::unique_ptr<Slot> slot);
  /// A string with room for some answers.
  std::string take_output();
  void give_back(std::string output);
  /// "Date: ...\r\n", of this second.
  std::string_view date_line();
  void append_fresh_id(std::string& out);

  /// Has `connection` run in this turn, once its events are served.
  void schedule(Connection& connection);
  /// Destroys a closed connection at the end of the turn.
  void bury(Connection& connection);

 private:
  struct Acceptor;
  struct Stopper;

  Result<void> start(const HandlerFactory& factory);
  void accept_some(int most);
  void place(net::Fd fd);
  void adopt(net::Fd fd);
  void turn_away(net::Fd fd);
  void run_due();
  std::vector<Connection*> all_connections() const;
  void begin_drain();
  void force_stop();
  void stop_if_drained();

  Common& common_;
  std::size_t index_;
  std::unique_ptr<net::Loop> loop_;
  net::Fd stop_event_;
  std::unique_ptr<Acceptor> acceptor_;
  std::unique_ptr<Stopper> stopper_;
  BufferPool buffers_;
  std::vector<std::unique_ptr<Slot>> slots_;
  std::vector<std::string> outputs_;
  std::string date_line_;
  net::Clock::time_point date_until_;
  std::uint64_t next_id_ = 0;
  std::vector<std::unique_ptr<Connection>> connections_;
  std::vector<std::unique_ptr<Connection>> graveyard_;
  std::vector<Connection*> due_;
  net::Timer accept_pause_;
  net::Timer drain_timer_;
  bool is_draining_ = false;
  bool is_paused_ = false;  // accepting, for want of files
  std::unique_ptr<Handler> handler_;
};

}  // namespace sqlxc::http
