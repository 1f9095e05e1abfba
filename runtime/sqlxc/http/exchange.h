#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include <sqlxc/http/request.h>
#include <sqlxc/http/response.h>
#include <sqlxc/http/websocket.h>
#include <sqlxc/net/loop.h>

// One request and its answer. A handler ends an exchange in one of three ways: it fills response()
// and calls finish(); it calls stream() with what makes the body piece by piece; or it calls
// defer() and does one of the two later, on the same loop's thread. From finish(), the end of a
// stream or upgrade() on, the exchange and the request's views are gone.
namespace sqlxc::http {

/// What a producer of a streamed body says after each call.
enum class Pull : std::uint8_t {
  more,  // the piece is out, call again when the client has taken it
  wait,  // nothing now: resume() says when
  done,  // the body is complete (the piece may still hold its end)
  fail,  // it cannot be completed: the connection is cut, so that the client sees it
};

/// Appends the next piece of a body to `piece` (some kilobytes at a time).
using Producer = std::move_only_function<Pull(std::string& piece)>;

class Connection;

class Exchange {
 public:
  Exchange(const Exchange&) = delete;
  Exchange& operator=(const Exchange&) = delete;

  const Request& request() const { return request_; }
  Response& response() { return response_; }
  net::Loop& loop() const;

  /// Sends response(). Answers that become ready in one turn leave in one write a connection.
  void finish();
  /// Sends the head of response(), then what `producer` makes, never more than the client takes.
  void stream(Producer producer);
  /// A stream's producer that said `wait` is called again.
  void resume();
  /// Makes the connection a WebSocket, with the headers of response() in the answer. False, and
  /// the exchange is still to be answered, if the request is not a handshake of RFC 6455.
  bool upgrade(const SocketOptions& options, std::unique_ptr<SocketHandler> handler);
  /// Says that finish() or stream() follows later; without it, a handler that returns answers 500.
  void defer();

  /// Called (once, on the loop's thread) if the client leaves before the answer: the time to cancel
  /// a statement. The exchange stays valid and must still be finished. A client that only closed
  /// its sending side counts as gone; it gets what is finished all the same.
  void on_abandoned(net::Task task);
  bool is_abandoned() const { return is_abandoned_; }
  /// Called (once) if the server begins to stop while this answer is streamed: what has no end of
  /// its own ends then.
  void on_draining(net::Task task) { draining_ = std::move(task); }

  /// Identifies the exchange in logs and problems: the client's X-Request-Id, if it is a sane one,
  /// else a fresh one.
  std::string_view id();
  /// When the request had been read.
  net::Clock::time_point started() const { return started_; }

 private:
  enum class State : std::uint8_t { idle, handling, deferred, streaming };

  friend class Connection;
  friend struct Slot;
  Exchange() = default;
  ~Exchange() = default;

  Request request_;
  Response response_;
  Connection* connection_ = nullptr;
  State state_ = State::idle;
  bool is_abandoned_ = false;
  bool waits_for_resume_ = false;
  net::Task abandoned_;
  net::Task draining_;
  Producer producer_;
  std::string id_;
  net::Clock::time_point started_;
};

}  // namespace sqlxc::http
