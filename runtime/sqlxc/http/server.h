#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <sqlxc/core/error.h>
#include <sqlxc/http/exchange.h>

// The HTTP/1.1 server (RFC 9112): a loop a thread, each with its own handler, connections spread
// evenly over them.
namespace sqlxc::http {

/// What may be said of an exchange when its answer is complete.
struct Access {
  Exchange& exchange;
  int status = 0;
  std::uint64_t body_bytes = 0;
  int socket = -1;  // for getpeername
};

/// Answers the requests of one loop; made on that loop's thread before its first request and
/// destroyed after its last, so it may own what no other thread touches: a database connection,
/// caches.
class Handler {
 public:
  virtual ~Handler() = default;
  /// Answers or defers (see Exchange). What it throws becomes a 500.
  virtual void handle(Exchange& exchange) = 0;
  /// Called for every complete answer, refusals of malformed requests included.
  virtual void on_finished(const Access&) {}
  /// Called with the exception's words when handle() threw; the client does not see them.
  virtual void on_exception(Exchange&, std::string_view) {}
};

/// Makes the handler of one loop. Called on each loop's thread, one after the other.
using HandlerFactory = std::function<Result<std::unique_ptr<Handler>>(net::Loop& loop)>;

struct Options {
  std::string host = "127.0.0.1";
  std::uint16_t port = 0;                          // 0: any free one
  unsigned loops = 0;                              // 0: one a core
  std::size_t max_target = 16 * 1024;              // 414 beyond
  std::size_t max_head = 64 * 1024;                // 431 beyond
  std::size_t max_body = 16 * 1024 * 1024;         // 413 beyond
  std::size_t max_connections = 0;                 // 0: what the limit on open files leaves
  std::chrono::milliseconds idle_timeout{75'000};  // between requests
  std::chrono::milliseconds head_timeout{
      15'000};  // from a request's first byte to the end of its head
  std::chrono::milliseconds body_timeout{30'000};   // without progress in a body
  std::chrono::milliseconds write_timeout{30'000};  // without the client taking a byte
  std::chrono::milliseconds drain_timeout{10'000};  // of a graceful shutdown
};

class Server {
 public:
  /// Listens. Fails with words for a person where the address is taken or not ours.
  static Result<std::unique_ptr<Server>> listen(Options options);
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  std::uint16_t port() const;
  /// Serves until stop(), then stops accepting, finishes what is in flight within the drain timeout
  /// and returns. `ready`, if given, runs once every loop's handler stands. Fails if a handler
  /// cannot be made.
  Result<void> run(const HandlerFactory& factory, net::Task ready = {});
  /// Begins the graceful shutdown; a second call ends it at once. Safe from any thread and from a
  /// signal handler.
  void stop();

 private:
  struct State;
  explicit Server(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace sqlxc::http
