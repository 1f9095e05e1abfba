#pragma once

#include <chrono>
#include <cstddef>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>

#include <sqlxc/http/frames.h>
#include <sqlxc/http/request.h>
#include <sqlxc/net/loop.h>

// A connection that has become a WebSocket (RFC 6455): whole messages in, whole messages out, pings
// and the closing handshake between. Everything here is for the thread of the connection's loop.
namespace sqlxc::http {

class Connection;
class WebSocket;

struct SocketOptions {
  std::size_t max_message = 1024 * 1024;            // of a client; closed with 1009 beyond
  std::size_t max_buffered = 4 * 1024 * 1024;       // that a client has not taken; 1013 beyond
  std::chrono::milliseconds ping_interval{30'000};  // and how long a client may be silent after it
};

/// What the messages of a client are for. Calls end with on_closed.
class SocketHandler {
 public:
  virtual ~SocketHandler() = default;
  /// The socket stands, and lives until on_closed returns.
  virtual void on_open(WebSocket& socket) = 0;
  virtual void on_text(std::string_view text) = 0;
  /// The client has taken everything after WebSocket::is_congested() had been true.
  virtual void on_drained() {}
  virtual void on_closed(CloseCode code) = 0;
};

class WebSocket {
 public:
  WebSocket(Connection& connection, const SocketOptions& options,
            std::unique_ptr<SocketHandler> handler);
  WebSocket(const WebSocket&) = delete;
  WebSocket& operator=(const WebSocket&) = delete;

  /// Sends the pieces, joined, as one text message. A closing socket drops it; one whose client has
  /// left more than `max_buffered` bytes untaken is closed with 1013.
  void send(std::initializer_list<std::string_view> pieces);
  /// Begins the closing handshake: what has been sent before still arrives.
  void close(CloseCode code, std::string_view reason);
  void close(unsigned code, std::string_view reason) {
    close(static_cast<CloseCode>(code), reason);
  }
  bool is_closing() const { return is_closing_; }

  /// Whether messages wait for the client. What can be made later, in its newest state, should be:
  /// on_drained() says when.
  bool is_congested();
  net::Loop& loop() const;

 private:
  friend class Connection;

  Connection& connection_;
  SocketOptions options_;
  std::unique_ptr<SocketHandler> handler_;
  MessageReader reader_;
  bool is_closing_ = false;  // a close frame has been sent
  bool is_told_ = false;     // of on_closed
  bool is_silent_ = false;   // nothing has come since the last ping
  bool waits_for_drain_ = false;
};

/// Whether the request asks for a WebSocket at all.
bool wants_socket(const Request& request);
/// The value of Sec-WebSocket-Accept for the request's key; empty if the handshake is not one of
/// version 13, with a key of 16 bytes, over HTTP/1.1.
std::string accept_key_of(const Request& request);
/// Whether a comma-separated list of tokens holds `token`, in any case.
bool has_token(std::string_view list, std::string_view token);

}  // namespace sqlxc::http
