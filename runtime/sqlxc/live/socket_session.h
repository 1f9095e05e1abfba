#pragma once

#include <chrono>
#include <cstddef>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include <sqlxc/http/websocket.h>
#include <sqlxc/live/loop.h>
#include <sqlxc/net/loop.h>

// GraphQL over a WebSocket: the `graphql-transport-ws` protocol, as
// https://github.com/enisdenjo/graphql-ws/blob/master/PROTOCOL.md has it. Queries and mutations go
// over it, too.
namespace sqlxc::live {

inline constexpr std::string_view kSocketProtocol = "graphql-transport-ws";

struct SessionOptions {
  std::chrono::milliseconds init_timeout{10'000};
  std::size_t max_operations = 1'000;  // of one client at once
};

class SocketSession final : public http::SocketHandler {
 public:
  /// `has_protocol`: whether the client offered the one protocol that is spoken here. If not, it is
  /// told so by the close code that its library knows.
  SocketSession(Loop& loop, SessionOptions options, bool has_protocol);
  ~SocketSession() override;

  void on_open(http::WebSocket& socket) override;
  void on_text(std::string_view text) override;
  void on_drained() override;
  void on_closed(http::CloseCode code) override;

 private:
  class Running;
  struct Message;

  void init();
  void subscribe(const Message& message);
  void refuse(std::string_view id, std::string_view errors);
  void send(std::string_view type, std::string_view id, std::string_view payload);
  void end(const std::string& id);

  Loop& loop_;
  SessionOptions options_;
  bool has_protocol_;
  bool is_initialised_ = false;
  http::WebSocket* socket_ = nullptr;
  // Shared with runs on their way, which look whether anybody still waits.
  std::map<std::string, std::shared_ptr<Running>, std::less<>> running_;
  net::Timer init_timer_;
};

}  // namespace sqlxc::live
