#include <sys/socket.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include <sqlxc/http/frames.h>
#include <sqlxc/http/websocket.h>

#include "tests/unit/http_socket_client.h"
#include "tests/unit/http_test_server.h"

namespace sqlxc::http {
namespace {

using Kind = MessageReader::Kind;

struct Seen {
  Kind kind = Kind::incomplete;
  std::string payload;
  CloseCode code = CloseCode::none;
  bool operator==(const Seen&) const = default;
};

// What a reader makes of bytes that come `step` at a time.
std::vector<Seen> read_all(std::string bytes, std::size_t step, std::size_t limit = 1 << 20) {
  MessageReader reader(limit);
  std::vector<Seen> all;
  std::size_t at = 0;
  for (std::size_t size = 0; size < bytes.size();) {
    size = std::min(bytes.size(), size + step);
    for (;;) {
      const Kind kind = reader.read(bytes.data(), size, at);
      if (kind == Kind::incomplete) break;
      all.push_back({.kind = kind, .payload = std::string(reader.payload())});
      if (kind == Kind::close) all.back().code = reader.close_code();
      if (kind != Kind::refused) continue;
      all.back() = {.kind = kind, .payload = {}, .code = reader.refusal()};
      return all;
    }
  }
  return all;
}

std::vector<Seen> read_both_ways(const std::string& bytes, std::size_t limit = 1 << 20) {
  const std::vector<Seen> at_once = read_all(bytes, bytes.size(), limit);
  CHECK(read_all(bytes, 1, limit) == at_once);
  return at_once;
}

CloseCode refusal_of(const std::string& bytes, std::size_t limit = 1 << 20) {
  const auto seen = read_both_ways(bytes, limit);
  REQUIRE(!seen.empty());
  CHECK(seen.back().kind == Kind::refused);
  return seen.back().code;
}

TEST_CASE("frames become messages, in whatever pieces they arrive", "[websocket]") {
  CHECK(read_both_ways(frame(0x81, "Hello")) == std::vector<Seen>{{Kind::text, "Hello"}});
  CHECK(read_both_ways(frame(0x81, "")) == std::vector<Seen>{{Kind::text, ""}});
  for (const std::size_t size : {125, 126, 65535, 65536}) {
    const std::string text(size, 'x');
    CHECK(read_all(frame(0x82, text), 7) == std::vector<Seen>{{Kind::binary, text}});
  }
  const std::string split = frame(0x01, "Hel") + frame(0x89, "are you there") + frame(0x00, "") +
                            frame(0x80, "lo") + frame(0x8A, "") + frame(0x81, "next");
  CHECK(read_both_ways(split) == std::vector<Seen>{{Kind::ping, "are you there"},
                                                   {Kind::text, "Hello"},
                                                   {Kind::pong, ""},
                                                   {Kind::text, "next"}});
  // A character may be divided between two frames.
  CHECK(read_both_ways(frame(0x01, "\xE2\x82") + frame(0x80, "\xAC")) ==
        std::vector<Seen>{{Kind::text, "\xE2\x82\xAC"}});
  CHECK(read_both_ways(frame(0x88,
                             "\x03\xE8"
                             "bye")) == std::vector<Seen>{{Kind::close,
                                                           "\x03\xE8"
                                                           "bye",
                                                           CloseCode::normal}});
  CHECK(read_both_ways(frame(0x88, "")) == std::vector<Seen>{{Kind::close, ""}});
}

TEST_CASE("what breaks the framing is refused with its code", "[websocket]") {
  const auto protocol = CloseCode::protocol_error;
  CHECK(refusal_of(std::string("\x81\x05Hello", 7)) == protocol);  // not masked
  CHECK(refusal_of(frame(0xC1, "x")) == protocol);                 // a reserved bit
  for (const unsigned opcode : {3U, 7U, 11U, 15U})
    CHECK(refusal_of(frame(0x80 | opcode, "")) == protocol);
  CHECK(refusal_of(frame(0x80, "x")) == protocol);                     // continues nothing
  CHECK(refusal_of(frame(0x01, "x") + frame(0x81, "y")) == protocol);  // begins within another
  CHECK(refusal_of(frame(0x09, "x")) == protocol);                     // a ping in fragments
  CHECK(refusal_of(frame(0x89, std::string(126, 'x'))) == protocol);   // a long one
  CHECK(refusal_of(frame(0x81, "x", 2)) == protocol);                  // a length in a long form
  CHECK(refusal_of(frame(0x81, std::string(300, 'x'), 8)) == protocol);
  CHECK(refusal_of(std::string("\x81\xFF\x80\0\0\0\0\0\0\0abcd", 14)) == protocol);
  CHECK(refusal_of(frame(0x88, "\x03")) == protocol);  // half a code
  for (const unsigned code : {0U, 999U, 1004U, 1005U, 1006U, 1015U, 2999U, 5000U, 65535U}) {
    const std::string bytes{static_cast<char>(code >> 8), static_cast<char>(code & 0xFF)};
    CHECK(refusal_of(frame(0x88, bytes)) == protocol);
  }
  CHECK(refusal_of(frame(0x88, "\x03\xE8\xFF")) == CloseCode::not_utf8);
  CHECK(refusal_of(frame(0x81, "\xC0\x80")) == CloseCode::not_utf8);
  CHECK(refusal_of(frame(0x81, "\xED\xA0\x80")) == CloseCode::not_utf8);
  CHECK(refusal_of(frame(0x81, "\xE2\x82")) == CloseCode::not_utf8);
  // At the first byte that cannot be, not at the end of the message.
  CHECK(refusal_of(frame(0x01, "\xF5")) == CloseCode::not_utf8);
}

TEST_CASE("a message is no larger than the limit, however it is divided", "[websocket]") {
  CHECK(read_both_ways(frame(0x81, "12345678"), 8).back().kind == Kind::text);
  CHECK(refusal_of(frame(0x81, "123456789"), 8) == CloseCode::too_large);
  CHECK(refusal_of(frame(0x01, "12345678") + frame(0x80, "9"), 8) == CloseCode::too_large);
  // The claim alone is enough: nobody waits for so many bytes.
  CHECK(refusal_of(std::string("\x81\xFF\x7F\xFF\xFF\xFF\xFF\xFF\xFF\xFF"
                               "abcd",
                               14)) == CloseCode::too_large);
}

// ---- over a real connection

constexpr std::string_view kHandshake =
    "GET /socket HTTP/1.1\r\nHost: x\r\nUpgrade: WebSocket\r\nConnection: keep-alive, Upgrade\r\n"
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n";

// Says everything back; "flood" brings messages without end, "throw" fails, "bye" closes.
struct Echo final : SocketHandler {
  void on_open(WebSocket& opened) override { socket = &opened; }
  void on_text(std::string_view text) override {
    if (text == "throw") throw std::runtime_error("no");
    if (text == "bye") return socket->close(4400, "as you wish");
    if (text == "flood") {
      while (!socket->is_closing()) socket->send({std::string(10'000, 'f')});
      return;
    }
    socket->send({"you said ", text});
  }
  void on_closed(CloseCode) override { socket = nullptr; }
  WebSocket* socket = nullptr;
};

HandlerFactory echo_with(SocketOptions options) {
  return handle_with([options](Exchange& exchange) {
    if (exchange.upgrade(options, std::make_unique<Echo>())) return;
    exchange.response().status = 426;
    exchange.finish();
  });
}

TEST_CASE("a handshake makes a connection a WebSocket", "[websocket]") {
  TestServer server(echo_with({}));
  TestClient client(server.port());
  // The first message may come with the handshake.
  client.send(std::string(kHandshake) + frame(0x81, "hi"));
  const std::string head = client.receive_until("\r\n\r\n");
  CHECK(status_in(head) == 101);
  CHECK(head.find("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n") != std::string::npos);
  CHECK(head.find("Content-Length") == std::string::npos);
  CHECK(receive_frame(client) == std::pair(0x81U, std::string("you said hi")));
  client.send(frame(0x89, "p"));
  CHECK(receive_frame(client) == std::pair(0x8AU, std::string("p")));
  const std::string large(300'000, 'L');
  client.send(frame(0x81, large));
  CHECK(receive_frame(client) == std::pair(0x81U, "you said " + large));
  client.send(frame(0x88, close_payload(1000, "done")));
  CHECK(receive_frame(client) == std::pair(0x88U, close_payload(1000, "")));
  CHECK(client.receive_all().empty());
}

TEST_CASE("what is no handshake is answered as HTTP", "[websocket]") {
  TestServer server(echo_with({}));
  const auto status = [&server](std::string_view from, std::string_view to) {
    std::string request(kHandshake);
    request.replace(request.find(from), from.size(), to);
    TestClient client(server.port());
    client.send(request);
    return status_in(client.receive_until("\r\n\r\n"));
  };
  CHECK(status("Version: 13", "Version: 8") == 426);
  CHECK(status("dGhlIHNhbXBsZSBub25jZQ==", "dGhl") == 426);
  CHECK(status("dGhlIHNhbXBsZSBub25jZQ==", "?") == 426);
  CHECK(status("keep-alive, Upgrade", "keep-alive") == 426);
  CHECK(status("WebSocket\r\n", "h2c\r\n") == 426);
  CHECK(status("GET ", "POST ") == 426);
}

TEST_CASE("the end of a WebSocket is told with a code", "[websocket]") {
  TestServer server(echo_with({.max_message = 1000}));
  const auto closed_after = [&server](const std::string& bytes) {
    TestClient client(server.port());
    client.send(kHandshake);
    client.receive_until("\r\n\r\n");
    client.send(bytes);
    const auto got = receive_frame(client);
    CHECK(got.first == 0x88);
    client.send(frame(0x88, close_payload(1000, "")));
    CHECK(client.receive_all().empty());
    return got.second;
  };
  CHECK(closed_after(frame(0x81, "bye")) == close_payload(4400, "as you wish"));
  CHECK(closed_after(frame(0x81, std::string(1001, 'x'))) == close_payload(1009, ""));
  CHECK(closed_after(frame(0x81, "\xFF")) == close_payload(1007, ""));
  CHECK(closed_after(frame(0x82, "x")) == close_payload(1003, "messages are text"));
  CHECK(closed_after(std::string(50, '\0')) == close_payload(1002, ""));
  CHECK(closed_after(frame(0x81, "throw")) ==
        close_payload(1011, "the message could not be handled"));
}

TEST_CASE("a client that does not read is let go, and its memory with it", "[websocket]") {
  TestServer server(echo_with({.max_buffered = 100'000}));
  TestClient client(server.port());
  client.send(kHandshake);
  client.receive_until("\r\n\r\n");
  client.send(frame(0x81, "flood"));
  std::pair<unsigned, std::string> got;
  std::size_t messages = 0;
  do {
    got = receive_frame(client);
    messages += got.first == 0x81 ? 1 : 0;
  } while (got.first == 0x81);
  CHECK(messages >= 10);
  CHECK(messages <= 12);
  CHECK(got == std::pair(0x88U, close_payload(1013, "messages come faster than they are read")));
}

TEST_CASE("silent clients are asked whether they are there, and dead ones let go", "[websocket]") {
  TestServer server(echo_with({.ping_interval = std::chrono::milliseconds(100)}));
  TestClient client(server.port());
  client.send(kHandshake);
  client.receive_until("\r\n\r\n");
  CHECK(receive_frame(client) == std::pair(0x89U, std::string()));
  client.send(frame(0x8A, ""));
  CHECK(receive_frame(client) == std::pair(0x89U, std::string()));
  CHECK(client.receive_all().empty());  // no pong: the connection ends
}

TEST_CASE("a service that stops says so to its WebSockets", "[websocket]") {
  TestServer server(echo_with({}));
  TestClient client(server.port());
  client.send(kHandshake);
  client.receive_until("\r\n\r\n");
  server.server().stop();
  CHECK(receive_frame(client) == std::pair(0x88U, close_payload(1001, "the service stops")));
  client.send(frame(0x88, close_payload(1001, "")));
  CHECK(client.receive_all().empty());
  server.stop();
}

}  // namespace
}  // namespace sqlxc::http
