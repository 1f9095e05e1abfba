#include <sqlxc/http/server.h>

#include <catch2/catch.hpp>

#include <atomic>
#include <future>
#include <string>

#include <sqlxc/http/problem.h>

#include "http_test_server.h"

namespace sqlxc::http {
namespace {

constexpr std::string_view kGet = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

// Answers with what it was asked.
void echo(Exchange& exchange) {
  const Request& request = exchange.request();
  std::string& body = exchange.response().body;
  body += name_of(request.method);
  body += ' ';
  body += request.target;
  body += ' ';
  body += request.body;
  exchange.response().content_type = "text/plain";
  exchange.finish();
}

std::size_t count(std::string_view text, std::string_view part) {
  std::size_t found = 0;
  for (std::size_t at = text.find(part); at != std::string_view::npos;
       at = text.find(part, at + part.size()))
    ++found;
  return found;
}

}  // namespace

TEST_CASE("a request is answered and the connection stays") {
  TestServer server(handle_with(echo));
  TestClient client(server.port());
  for (int i = 0; i < 3; ++i) {
    client.send("GET /a?b HTTP/1.1\r\nHost: x\r\n\r\n");
    const std::string answer = client.receive_until("GET /a?b ");
    CHECK(answer.starts_with("HTTP/1.1 200 OK\r\nDate: "));
    CHECK(answer.find("Content-Type: text/plain\r\nContent-Length: 9\r\n\r\n") !=
          std::string::npos);
  }
}

TEST_CASE("pipelined requests are answered in order") {
  TestServer server(handle_with(echo));
  TestClient client(server.port());
  std::string requests;
  for (int i = 0; i < 1000; ++i) {
    requests += "POST /" + std::to_string(i) + " HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\nx";
  }
  client.send(requests + "GET /last HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
  const std::string answers = client.receive_all();
  CHECK(count(answers, "HTTP/1.1 200 OK") == 1001);
  std::size_t at = 0;
  for (int i = 0; i < 1000; ++i) {
    at = answers.find("POST /" + std::to_string(i) + " x", at);
    REQUIRE(at != std::string::npos);
  }
  CHECK(answers.find("Connection: close\r\n", at) != std::string::npos);
}

TEST_CASE("a request arrives byte by byte") {
  TestServer server(handle_with(echo));
  TestClient client(server.port());
  const std::string request =
      "\r\nPUT /p HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: "
      "chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n";
  for (const char c : request) client.send(std::string_view(&c, 1));
  CHECK(client.receive_until("abcde").ends_with("PUT /p abcde"));
}

TEST_CASE("large bodies arrive whole, with a length and in chunks") {
  TestServer server(handle_with([](Exchange& exchange) {
    exchange.response().body += exchange.request().body;
    exchange.response().body += exchange.request().header("X-End").value_or("none");
    exchange.finish();
  }));
  std::string body;
  for (int i = 0; body.size() < 3'000'000; ++i) body += std::to_string(i);
  TestClient client(server.port());
  client.send("POST / HTTP/1.1\r\nHost: a\r\nX-End: the-end\r\nContent-Length: " +
              std::to_string(body.size()) + "\r\n\r\n" + body);
  CHECK(client.receive_until("the-end").find(body) != std::string::npos);
  std::string chunked =
      "POST / HTTP/1.1\r\nHost: a\r\nX-End: the-end\r\nTransfer-Encoding: chunked\r\n\r\n";
  for (std::size_t at = 0; at < body.size(); at += 7777) {
    const std::string piece = body.substr(at, 7777);
    char size[16];
    std::snprintf(size, sizeof size, "%zx\r\n", piece.size());
    chunked += size + piece + "\r\n";
  }
  client.send(chunked + "0\r\n\r\n");
  CHECK(client.receive_until("the-end").find(body) != std::string::npos);
}

TEST_CASE("HEAD is answered like GET without the body") {
  TestServer server(handle_with(echo));
  TestClient client(server.port());
  client.send(
      "HEAD /x HTTP/1.1\r\nHost: a\r\n\r\nGET /y HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
  const std::string answers = client.receive_all();
  CHECK(answers.find("Content-Length: 8\r\n\r\nHTTP/1.1 200") != std::string::npos);
}

TEST_CASE("a 204 has neither body nor length") {
  TestServer server(handle_with([](Exchange& exchange) {
    exchange.response().status = 204;
    exchange.finish();
  }));
  TestClient client(server.port());
  client.send("DELETE / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
  const std::string answer = client.receive_all();
  CHECK(answer.starts_with("HTTP/1.1 204 No Content\r\n"));
  CHECK(answer.find("Content-") == std::string::npos);
}

TEST_CASE("HTTP/1.0 closes unless it asks to stay") {
  TestServer server(handle_with(echo));
  TestClient client(server.port());
  client.send("GET /1 HTTP/1.0\r\nConnection: keep-alive\r\n\r\nGET /2 HTTP/1.0\r\n\r\n");
  const std::string answers = client.receive_all();
  CHECK(count(answers, "Connection: keep-alive") == 1);
  CHECK(count(answers, "Connection: close") == 1);
}

TEST_CASE("100-continue is said before the body is awaited") {
  TestServer server(handle_with(echo));
  TestClient client(server.port());
  client.send("POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
  CHECK(client.receive_until("\r\n\r\n") == "HTTP/1.1 100 Continue\r\n\r\n");
  client.send("ok");
  CHECK(client.receive_until("POST / ok").starts_with("HTTP/1.1 200 OK"));
}

TEST_CASE("100-continue does not disturb a body that follows at once") {
  TestServer server(handle_with(echo));
  TestClient client(server.port());
  for (int i = 0; i < 50; ++i) {
    client.send("POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
    client.send("ok");
    const std::string answer = client.receive_until("POST / ok");
    CHECK(count(answer, "HTTP/1.1 200 OK") == 1);
    CHECK(count(answer, "HTTP/1.1 100 Continue") <= 1);
  }
}

TEST_CASE("a body over the limit is refused with a problem that the client can read") {
  TestServer server(handle_with(echo), {.max_body = 1000});
  TestClient client(server.port());
  client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3000000\r\n\r\n" +
              std::string(3'000'000, 'x'));
  const std::string answer = client.receive_all();
  CHECK(status_in(answer) == 413);
  CHECK(answer.find("application/problem+json") != std::string::npos);
  CHECK(answer.find(R"("status":413)") != std::string::npos);
  TestClient chunked(server.port());
  chunked.send("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n800\r\n" +
               std::string(0x800, 'x') + "\r\n");
  CHECK(status_in(chunked.receive_all()) == 413);
}

TEST_CASE("a malformed request is refused and the connection closed") {
  TestServer server(handle_with(echo));
  TestClient client(server.port());
  client.send(std::string(kGet) + "GET / HTTP/1.1\r\nHost : a\r\n\r\n" + std::string(kGet));
  const std::string answers = client.receive_all();
  CHECK(count(answers, "HTTP/1.1 ") == 2);
  CHECK(count(answers, "HTTP/1.1 400 Bad Request") == 1);
  CHECK(count(answers, "Connection: close") == 1);
}

TEST_CASE("an incomplete request is refused when its client stops sending") {
  TestServer server(handle_with(echo));
  TestClient client(server.port());
  client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nabc");
  client.end_sending();
  CHECK(status_in(client.receive_all()) == 400);
}

TEST_CASE("a client that half-closes gets its answers") {
  TestServer server(handle_with(echo));
  TestClient client(server.port());
  client.send(std::string(kGet) + std::string(kGet));
  client.end_sending();
  CHECK(count(client.receive_all(), "HTTP/1.1 200 OK") == 2);
}

TEST_CASE("a request that does not arrive in time is refused, an idle connection closed") {
  TestServer server(handle_with(echo), {.idle_timeout = std::chrono::milliseconds(200),
                                        .head_timeout = std::chrono::milliseconds(200)});
  TestClient idle(server.port());
  TestClient slow(server.port());
  slow.send("GET / HTT");
  CHECK(status_in(slow.receive_all()) == 408);
  CHECK(idle.receive_all().empty());
}

TEST_CASE("what a handler throws is a 500 that says nothing of it") {
  TestServer server(handle_with([](Exchange&) { throw std::runtime_error("secret"); }));
  TestClient client(server.port());
  client.send("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
  const std::string answer = client.receive_all();
  CHECK(status_in(answer) == 500);
  CHECK(answer.find("secret") == std::string::npos);
}

TEST_CASE("an exchange that nobody answers or defers is a 500") {
  TestServer server(handle_with([](Exchange&) {}));
  TestClient client(server.port());
  client.send("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
  CHECK(status_in(client.receive_all()) == 500);
}

TEST_CASE("deferred exchanges are finished from other threads through their loop") {
  std::vector<std::thread> threads;
  {
    TestServer server(handle_with([&threads](Exchange& exchange) {
      exchange.defer();
      threads.emplace_back([&exchange, remote = exchange.loop().remote()] {
        remote.post([&exchange] {
          exchange.response().body += exchange.request().target;
          exchange.finish();
        });
      });
    }));
    TestClient client(server.port());
    client.send(
        "GET /1 HTTP/1.1\r\nHost: a\r\n\r\nGET /2 HTTP/1.1\r\nHost: a\r\n\r\n"
        "GET /3 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    const std::string answers = client.receive_all();
    CHECK(answers.find("/1") < answers.find("/2"));
    CHECK(answers.find("/2") < answers.find("/3"));
    CHECK(count(answers, "HTTP/1.1 200 OK") == 3);
  }
  for (std::thread& thread : threads) thread.join();
}

TEST_CASE("a handler learns that its client has left, and may still finish") {
  std::promise<void> arrived;
  std::promise<void> left;
  TestServer server(handle_with([&arrived, &left](Exchange& exchange) {
    exchange.defer();
    arrived.set_value();
    exchange.on_abandoned([&exchange, &left] {
      exchange.finish();
      left.set_value();
    });
  }));
  TestClient client(server.port());
  client.send(kGet);
  arrived.get_future().wait();
  client.close();
  CHECK(left.get_future().wait_for(std::chrono::seconds(20)) == std::future_status::ready);
}

TEST_CASE("a streamed body is sent in chunks as the client takes it") {
  constexpr int kPieces = 4000;
  TestServer server(handle_with([](Exchange& exchange) {
    exchange.stream([i = 0](std::string& piece) mutable {
      piece.append(1000, static_cast<char>('a' + i % 26));
      return ++i == kPieces ? Pull::done : Pull::more;
    });
  }));
  TestClient client(server.port());
  client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\nGET / HTTP/1.0\r\n\r\n");
  const std::string chunked = client.receive_until("\r\n0\r\n\r\n");
  CHECK(chunked.find("Transfer-Encoding: chunked\r\n\r\n3e8\r\naaaa") != std::string::npos);
  CHECK(count(chunked, "\r\n3e8\r\n") == kPieces);
  const std::string plain = client.receive_all();
  CHECK(plain.find("Transfer-Encoding") == std::string::npos);
  CHECK(plain.size() - plain.find("\r\n\r\n") - 4 == std::size_t{kPieces} * 1000);
}

TEST_CASE("a producer that waits is resumed") {
  TestServer server(handle_with([](Exchange& exchange) {
    exchange.stream([&exchange, i = 0](std::string& piece) mutable {
      ++i;
      if (i % 2 == 1) {
        exchange.loop().run_soon([&exchange] { exchange.resume(); });
        return Pull::wait;
      }
      piece += std::to_string(i);
      return i == 6 ? Pull::done : Pull::more;
    });
  }));
  TestClient client(server.port());
  client.send(kGet);
  CHECK(client.receive_until("\r\n0\r\n\r\n").ends_with("1\r\n2\r\n1\r\n4\r\n1\r\n6\r\n0\r\n\r\n"));
}

TEST_CASE("a stream that fails cuts the connection before its end") {
  TestServer server(handle_with([](Exchange& exchange) {
    exchange.stream([i = 0](std::string& piece) mutable {
      piece += "part";
      return ++i == 20000 ? Pull::fail : Pull::more;
    });
  }));
  TestClient client(server.port());
  client.send(kGet);
  const std::string answer = client.receive_all();
  CHECK(status_in(answer) == 200);
  CHECK(answer.find("0\r\n\r\n") == std::string::npos);
}

TEST_CASE("a stream to a client that leaves is given up") {
  std::promise<void> destroyed;
  struct Notice {
    explicit Notice(std::promise<void>& to) : promise(&to) {}
    Notice(Notice&& other) noexcept : promise(std::exchange(other.promise, nullptr)) {}
    ~Notice() {
      if (promise != nullptr) promise->set_value();
    }
    std::promise<void>* promise;
  };
  TestServer server(handle_with([&destroyed](Exchange& exchange) {
    exchange.stream([notice = Notice(destroyed)](std::string& piece) {
      piece.append(10'000, 'x');
      return Pull::more;
    });
  }));
  TestClient client(server.port());
  client.send(kGet);
  client.receive_until("xxx");
  client.close();
  CHECK(destroyed.get_future().wait_for(std::chrono::seconds(20)) == std::future_status::ready);
}

TEST_CASE("a client that does not read stalls nobody") {
  TestServer server(handle_with([](Exchange& exchange) {
    exchange.response().body.append(exchange.request().path == "/big" ? 20'000'000 : 2, 'b');
    exchange.finish();
  }));
  TestClient lazy(server.port());
  lazy.send(
      "GET /big HTTP/1.1\r\nHost: a\r\n\r\nGET /big HTTP/1.1\r\nHost: a\r\nConnection: "
      "close\r\n\r\n");
  TestClient other(server.port());
  for (int i = 0; i < 10; ++i) {
    other.send(kGet);
    CHECK(status_in(other.receive_until("bb")) == 200);
  }
  CHECK(lazy.receive_all().size() > 40'000'000);
}

TEST_CASE("a stop finishes what is in flight and closes what is idle") {
  std::promise<Exchange*> arrived;
  TestServer server(handle_with([&arrived](Exchange& exchange) {
    exchange.defer();
    arrived.set_value(&exchange);
  }));
  TestClient idle(server.port());
  TestClient busy(server.port());
  busy.send(kGet);
  Exchange* exchange = arrived.get_future().get();
  const net::Remote remote = exchange->loop().remote();
  server.server().stop();
  CHECK(idle.receive_all().empty());
  remote.post([exchange] {
    exchange->response().body += "late";
    exchange->finish();
  });
  const std::string answer = busy.receive_all();
  CHECK(answer.ends_with("late"));
  CHECK(answer.find("Connection: close\r\n") != std::string::npos);
  server.stop();
}

TEST_CASE("a stop does not wait for ever") {
  TestServer server(handle_with([](Exchange& exchange) { exchange.defer(); }),
                    {.drain_timeout = std::chrono::milliseconds(100)});
  TestClient client(server.port());
  client.send(kGet);
  server.stop();
  CHECK(client.receive_all().empty());
}

TEST_CASE("a port that is taken is said to be taken") {
  TestServer server(handle_with(echo));
  const auto second = Server::listen({.port = server.port(), .loops = 1});
  REQUIRE_FALSE(second.has_value());
  CHECK(second.error().message == "cannot listen on 127.0.0.1 port " +
                                      std::to_string(server.port()) + ": Address already in use");
}

TEST_CASE("connections spread evenly over the loops") {
  struct Counted final : Handler {
    explicit Counted(int n) : number(n) {}
    void handle(Exchange& exchange) override {
      exchange.response().body += std::string("loop ") + static_cast<char>('A' + number) + '.';
      exchange.finish();
    }
    int number;
  };
  std::atomic<int> next = 0;
  TestServer server([&next](net::Loop&) { return std::make_unique<Counted>(next++); },
                    {.loops = 4});
  std::vector<std::unique_ptr<TestClient>> clients;
  std::string served_by;
  for (int i = 0; i < 64; ++i) {
    clients.push_back(std::make_unique<TestClient>(server.port()));
    clients.back()->send(kGet);
    clients.back()->receive_until("loop ");
    served_by += clients.back()->receive_until(".");
  }
  for (const char* loop : {"A", "B", "C", "D"}) CHECK(count(served_by, loop) == 16);
}

TEST_CASE("header values cannot smuggle headers") {
  Response response;
  response.header("Location", "/x\r\nSet-Cookie: a=b");
  CHECK(response.headers == "Location: /x\r\n");
}

TEST_CASE("a problem document carries RFC 9457's members and PostgREST's") {
  const Problem problem{.status = 409,
                        .code = "23505",
                        .message = "a \"key\"",
                        .hint = "h",
                        .members = R"("errors":[])"};
  CHECK(
      to_json(problem) ==
      R"({"type":"about:blank","title":"Conflict","status":409,"detail":"a \"key\"","code":"23505",)"
      R"("message":"a \"key\"","details":null,"hint":"h","errors":[]})");
}

TEST_CASE("an exchange keeps a sane request id and replaces another") {
  TestServer server(handle_with([](Exchange& exchange) {
    exchange.response().body += exchange.id();
    exchange.finish();
  }));
  TestClient client(server.port());
  client.send("GET / HTTP/1.1\r\nHost: a\r\nX-Request-Id: abc-1\r\n\r\n");
  CHECK(client.receive_until("abc-1").ends_with("Content-Length: 5\r\n\r\nabc-1"));
  client.send("GET / HTTP/1.1\r\nHost: a\r\nX-Request-Id: a\"b\r\n\r\n");
  CHECK(client.receive_until("\r\n\r\n").find("Content-Length: 16\r\n") != std::string::npos);
}

}  // namespace sqlxc::http
