#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <memory>
#include <string>
#include <string_view>
#include <thread>
#include <utility>

#include <sqlxc/core/check.h>
#include <sqlxc/http/server.h>
#include <sqlxc/net/fd.h>

// A server on a free port in a thread of its own, and a client that sends what it is told, right or
// wrong.
namespace sqlxc::http {

class TestServer {
 public:
  explicit TestServer(HandlerFactory factory, Options options = {}) {
    if (options.loops == 0) options.loops = 1;
    auto server = Server::listen(std::move(options));
    SQLXC_CHECK(server.has_value());
    server_ = std::move(*server);
    thread_ = std::thread(
        [this, made = std::move(factory)] { SQLXC_CHECK(server_->run(made).has_value()); });
  }
  ~TestServer() { stop(); }

  void stop() {
    if (!thread_.joinable()) return;
    server_->stop();
    thread_.join();
  }
  Server& server() { return *server_; }
  std::uint16_t port() const { return server_->port(); }

 private:
  std::unique_ptr<Server> server_;
  std::thread thread_;
};

/// A factory of handlers that do `handle`.
template <class Function>
HandlerFactory handle_with(Function handle) {
  struct Adapter final : Handler {
    explicit Adapter(Function function) : handle_request(std::move(function)) {}
    void handle(Exchange& exchange) override { handle_request(exchange); }
    Function handle_request;
  };
  return [handle](net::Loop&) { return std::make_unique<Adapter>(handle); };
}

class TestClient {
 public:
  explicit TestClient(std::uint16_t port) : fd_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    SQLXC_CHECK(::connect(fd_.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) ==
                0);
    // A test that would wait for ever fails instead.
    const timeval patience{20, 0};
    setsockopt(fd_.get(), SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  }

  void send(std::string_view bytes) {
    while (!bytes.empty()) {
      const ssize_t sent = ::send(fd_.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent <= 0) return;
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
  }
  void end_sending() { ::shutdown(fd_.get(), SHUT_WR); }
  void close() { fd_.reset(); }
  int socket() const { return fd_.get(); }

  /// Everything until the server closes.
  std::string receive_all() {
    while (receive_some()) {
    }
    return std::exchange(received_, {});
  }
  /// Everything up to and with `end`; less if the server closes before.
  std::string receive_until(std::string_view end) {
    std::size_t found = received_.find(end);
    while (found == std::string::npos && receive_some()) found = received_.find(end);
    const std::size_t size = found == std::string::npos ? received_.size() : found + end.size();
    std::string out = received_.substr(0, size);
    received_.erase(0, size);
    return out;
  }
  /// So many bytes; less if the server closes before.
  std::string receive_exactly(std::size_t size) {
    while (received_.size() < size && receive_some()) {
    }
    std::string out = received_.substr(0, size);
    received_.erase(0, size);
    return out;
  }

 private:
  bool receive_some() {
    char buffer[65536];
    const ssize_t got = ::recv(fd_.get(), buffer, sizeof buffer, 0);
    if (got <= 0) return false;
    received_.append(buffer, static_cast<std::size_t>(got));
    return true;
  }

  net::Fd fd_;
  std::string received_;
};

/// The status of the first answer in `bytes`, 0 if there is none.
inline int status_in(std::string_view bytes) {
  if (!bytes.starts_with("HTTP/1.1 ") || bytes.size() < 12) return 0;
  return (bytes[9] - '0') * 100 + (bytes[10] - '0') * 10 + (bytes[11] - '0');
}

}  // namespace sqlxc::http
