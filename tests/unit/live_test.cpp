#include <array>
#include <atomic>
#include <catch2/catch.hpp>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include <sqlxc/live/face.h>
#include <sqlxc/live/hub.h>
#include <sqlxc/live/key.h>

#include "tests/unit/blog_model.h"
#include "tests/unit/http_socket_client.h"
#include "tests/unit/http_test_server.h"

// Live queries over an engine that answers with a number: which subscribers are told what, over
// both of the transports, on several loops.
namespace sqlxc::live {
namespace {

using http::close_payload;
using http::frame;
using http::receive_frame;
using http::TestClient;

// What the "database" holds: a number a user, and whether it answers.
struct Database {
  std::array<std::atomic<int>, 10> users{};
  std::atomic<bool> is_up = true;
  std::atomic<int> runs = 0;
};

// Understands `user N`, `posts of N`, `all N`, `users`, `once N`.
class FakeEngine final : public Engine {
 public:
  explicit FakeEngine(Database& database) : database_(database) {}

  Plan prepare(const Operation& operation) override {
    const std::string_view query = *operation.query;
    Plan plan{.kind = Plan::Kind::live};
    if (query.starts_with("user ")) {
      plan.dependencies = {
          {.entity = blog::kUsers, .fields = {0}, .values = {std::string(query.substr(5))}}};
    } else if (query.starts_with("posts of ")) {
      plan.dependencies = {
          {.entity = blog::kPosts, .fields = {1}, .values = {std::string(query.substr(9))}}};
    } else if (query.starts_with("all ")) {
      plan.reads_everything = true;
    } else if (query == "users") {
      plan.dependencies = {{.entity = blog::kUsers}};
    } else if (query.starts_with("once ")) {
      plan.kind = Plan::Kind::query;
    } else {
      plan.kind = Plan::Kind::refused;
      plan.errors = R"([{"message":"what?"}])";
      return plan;
    }
    plan.compiled = std::make_shared<const std::string>(query);
    return plan;
  }

  void run(const Plan& plan, RunDone done) override {
    ++database_.runs;
    const auto& query = *static_cast<const std::string*>(plan.compiled.get());
    int sum = 0;
    for (std::size_t i = 0; i < database_.users.size(); ++i) {
      if (query == "users" || query.back() == static_cast<char>('0' + i)) sum += database_.users[i];
    }
    done({.json = R"({"data":)" + std::to_string(sum) + "}", .is_unavailable = !database_.is_up});
  }

 private:
  Database& database_;
};

struct Face final : http::Handler {
  Face(Hub& hub, net::Loop& net_loop, Database& database, SessionOptions given)
      : engine(database), loop(hub, net_loop, engine), options(given) {}
  void handle(http::Exchange& exchange) override {
    if (answer(exchange, loop, options)) return;
    exchange.response().body += "plain";
    exchange.finish();
  }
  FakeEngine engine;
  Loop loop;
  SessionOptions options;
};

class Service {
 public:
  explicit Service(SessionOptions options = {}, HubOptions limits = {})
      : hub_(
            blog::kModel,
            [this](auto, Hub::Watched done) {
              if (is_watchable) return done({});
              done(std::unexpected(db::Error{.message = "no triggers"}));
            },
            limits),
        server_(
            [this, options](net::Loop& loop) -> Result<std::unique_ptr<http::Handler>> {
              return std::make_unique<Face>(hub_, loop, database, options);
            },
            {.loops = 2}) {}

  void set(std::size_t user, int value) {
    database.users[user] = value;
    hub_.on_changes({.tables = {{.table = "users", .keys = {std::to_string(user)}}}});
  }
  Hub& hub() { return hub_; }
  http::TestServer& server() { return server_; }

  Database database;
  std::atomic<bool> is_watchable = true;

 private:
  Hub hub_;
  http::TestServer server_;
};

class Client {
 public:
  explicit Client(Service& service, bool is_initialised = true,
                  std::string_view protocol = "graphql-transport-ws")
      : client_(service.server().port()) {
    client_.send(
        "GET /graphql HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
        "Sec-WebSocket-Protocol: " +
        std::string(protocol) + "\r\n\r\n");
    head = client_.receive_until("\r\n\r\n");
    if (!is_initialised) return;
    send(R"({"type":"connection_init"})");
    CHECK(receive() == R"({"type":"connection_ack"})");
  }

  void send(std::string_view text) { client_.send(frame(0x81, text)); }
  void subscribe(std::string_view id, std::string_view query) {
    send(R"({"id":")" + std::string(id) + R"(","type":"subscribe","payload":{"query":")" +
         std::string(query) + R"("}})");
  }
  std::string receive() { return receive_frame(client_).second; }
  /// The number in the next result of the operation `id`.
  int next(std::string_view id = "1") {
    const std::string text = receive();
    const std::string start =
        R"({"type":"next","id":")" + std::string(id) + R"(","payload":{"data":)";
    INFO(text);
    REQUIRE(text.starts_with(start));
    return std::stoi(text.substr(start.size()));
  }
  /// Nothing has come before the answer to a ping.
  bool is_quiet() {
    send(R"({"type":"ping","payload":{"n":1}})");
    return receive() == R"({"type":"pong","payload":{"n":1}})";
  }
  TestClient& raw() { return client_; }
  std::string head;

 private:
  TestClient client_;
};

TEST_CASE("a subscriber gets its result at once, and again when its rows change", "[live]") {
  Service service;
  service.database.users[3] = 30;
  Client client(service);
  CHECK(client.head.find("Sec-WebSocket-Protocol: graphql-transport-ws\r\n") != std::string::npos);
  client.subscribe("1", "user 3");
  CHECK(client.next() == 30);
  service.set(3, 31);
  CHECK(client.next() == 31);
  // Another row: nobody even looks.
  const int runs = service.database.runs;
  service.set(4, 1);
  CHECK(client.is_quiet());
  CHECK(service.database.runs == runs);
  // Told, but nothing has changed: it is run, and not sent.
  service.set(3, 31);
  service.hub().on_changes({.tables = {{.table = "posts", .is_whole = true}}});
  service.set(3, 32);
  CHECK(client.next() == 32);
  service.database.users[3] = 33;
  service.hub().on_changes({.is_everything = true});
  CHECK(client.next() == 33);
  service.database.users[3] = 34;
  service.hub().on_changes({.tables = {{.table = "users", .is_whole = true}}});
  CHECK(client.next() == 34);
  client.send(R"({"id":"1","type":"complete"})");
  CHECK(client.is_quiet());
  service.set(3, 35);
  CHECK(client.is_quiet());
  CHECK(service.hub().counters().subscriptions == 0);
}

TEST_CASE("values are looked up so that texts a database takes for equal find each other",
          "[live]") {
  CHECK(split_key(R"(1,"a,\"b",null)") == std::vector<std::string_view>{"1", R"("a,\"b")", "null"});
  const auto form = [](value::Type type, std::string_view json) {
    std::string key;
    return append_key(key, type, json) ? key : "any";
  };
  CHECK(form(value::Type::int64, "-12") == ",-12");
  CHECK(form(value::Type::int64, R"("12")") == "any");
  CHECK(form(value::Type::text, R"("Ann ")") == form(value::Type::text, R"("ann")"));
  CHECK(form(value::Type::text, R"("Zo\u00eb")") == "any");
  CHECK(form(value::Type::text, "\"Zo\xc3\xab\"") == "any");
  CHECK(form(value::Type::uuid, R"("A-1")") == ",a-1");
  CHECK(form(value::Type::int64, "null") == ",null");
  CHECK(form(value::Type::decimal, "1.0") == "any");
}

TEST_CASE("a change finds who reads rows by what they refer to", "[live]") {
  Service service;
  Client client(service);
  client.subscribe("1", "posts of 3");
  CHECK(client.next() == 0);
  const auto change_post = [&](std::vector<std::string> keys) {
    ++service.database.users[3];
    service.hub().on_changes({.tables = {{.table = "posts", .keys = std::move(keys)}}});
  };
  change_post({"10,3", "10,4"});
  CHECK(client.next() == 1);
  change_post({"10,4", "3,4"});
  CHECK(client.is_quiet());
  change_post({"10,null", "11,3"});
  CHECK(client.next() == 3);
  // From a feed that tells less than is looked up.
  change_post({"10"});
  CHECK(client.next() == 4);
}

TEST_CASE("what may read everything hears of every table", "[live]") {
  Service service;
  Client client(service);
  client.subscribe("1", "all 3");
  CHECK(client.next() == 0);
  ++service.database.users[3];
  service.hub().on_changes({.tables = {{.table = "no such table", .is_whole = true}}});
  CHECK(client.next() == 1);
}

TEST_CASE("subscribers of one operation, on all loops, share its runs", "[live]") {
  Service service;
  std::vector<std::unique_ptr<Client>> clients;
  for (int i = 0; i < 20; ++i) {
    clients.push_back(std::make_unique<Client>(service));
    clients.back()->subscribe("1", "users");
    CHECK(clients.back()->next() == 0);
  }
  CHECK(service.hub().counters().queries == 1);
  CHECK(service.hub().counters().subscriptions == 20);
  const int runs = service.database.runs;
  service.set(1, 5);
  for (const auto& client : clients) CHECK(client->next() == 5);
  CHECK(service.database.runs == runs + 1);
  clients.resize(3);
  service.set(1, 6);
  for (const auto& client : clients) CHECK(client->next() == 6);
}

TEST_CASE("of many queries that a change concerns, each is run", "[live]") {
  Service service;
  Client client(service);
  constexpr int kMany = 300;
  const auto sum_of_next = [&] {
    int sum = 0;
    for (int i = 0; i < kMany; ++i) {
      const std::string text = client.receive();
      REQUIRE(text.find("\"next\"") != std::string::npos);
      sum += text.ends_with("5}}") ? 5 : 0;
    }
    return sum;
  };
  for (int i = 0; i < kMany; ++i) {
    const std::string number = std::to_string(i);
    client.subscribe(number, "all " + number + " 3");
  }
  CHECK(sum_of_next() == 0);
  service.set(3, 5);
  CHECK(sum_of_next() == 5 * kMany);
  CHECK(client.is_quiet());
}

TEST_CASE("a database that is away is asked again, and the subscription stays", "[live]") {
  Service service;
  Client client(service);
  client.subscribe("1", "user 1");
  CHECK(client.next() == 0);
  service.database.is_up = false;
  service.set(1, 7);
  CHECK(client.is_quiet());
  service.database.is_up = true;
  CHECK(client.next() == 7);
}

TEST_CASE("queries go over the socket, and refusals are errors of their operation", "[live]") {
  Service service({.max_operations = 2});
  service.database.users[2] = 4;
  Client client(service);
  client.subscribe("q", "once 2");
  CHECK(client.next("q") == 4);
  CHECK(client.receive() == R"({"type":"complete","id":"q"})");
  client.subscribe("bad", "nonsense");
  CHECK(client.receive() == R"({"type":"error","id":"bad","payload":[{"message":"what?"}]})");
  client.subscribe("a", "user 1");
  CHECK(client.next("a") == 0);
  client.subscribe("b", "user 1");
  CHECK(client.next("b") == 0);
  client.subscribe("c", "user 1");
  CHECK(client.receive().starts_with(R"({"type":"error","id":"c","payload":[{"message":"this cl)"));
  service.is_watchable = false;
  Client other(service);
  other.subscribe("1", "user 9");
  CHECK(other.receive() == R"({"type":"error","id":"1","payload":[{"message":"no triggers",)"
                           R"("extensions":{"code":"SERVICE_UNAVAILABLE"}}]})");
}

TEST_CASE("who joins an operation whose tables could not be watched is told, too", "[live]") {
  Service service;
  service.is_watchable = false;
  Client client(service);
  // Both arrive in one piece: the second joins before the first has been told.
  const std::string_view query = R"(,"type":"subscribe","payload":{"query":"user 9"}})";
  client.raw().send(frame(0x81, R"({"id":"1")" + std::string(query)) +
                    frame(0x81, R"({"id":"2")" + std::string(query)));
  CHECK(client.receive().starts_with(R"({"type":"error","id":"1")"));
  CHECK(client.receive().starts_with(R"({"type":"error","id":"2")"));
  service.is_watchable = true;
  client.subscribe("3", "user 9");
  CHECK(client.next("3") == 0);
}

TEST_CASE("a service bounds its subscriptions", "[live]") {
  Service service({}, {.max_subscriptions = 1});
  Client client(service);
  client.subscribe("1", "user 1");
  CHECK(client.next() == 0);
  client.subscribe("2", "user 1");
  CHECK(
      client.receive().starts_with(R"({"type":"error","id":"2","payload":[{"message":"the serv)"));
}

TEST_CASE("who breaks the protocol is closed with its code", "[live]") {
  Service service({.init_timeout = std::chrono::milliseconds(100)});
  const auto closed = [](Client& client) {
    const auto [first, payload] = receive_frame(client.raw());
    CHECK(first == 0x88);
    return payload.size() < 2 ? 0
                              : static_cast<unsigned char>(payload[0]) * 256 +
                                    static_cast<unsigned char>(payload[1]);
  };
  const auto closed_after = [&](bool is_initialised, std::string_view text) {
    Client client(service, is_initialised);
    client.send(text);
    return closed(client);
  };
  CHECK(closed_after(false, "hello") == 4400);
  CHECK(closed_after(false, "{}") == 4400);
  CHECK(closed_after(false, R"({"type":3})") == 4400);
  CHECK(closed_after(false, R"({"type":"start"})") == 4400);
  CHECK(closed_after(true, R"({"type":"subscribe","id":"","payload":{"query":"users"}})") == 4400);
  CHECK(closed_after(true, R"({"type":"subscribe","id":"1","payload":{"query":1}})") == 4400);
  CHECK(closed_after(true, R"({"type":"subscribe","id":"1"})") == 4400);
  CHECK(closed_after(false, R"({"type":"subscribe","id":"1","payload":{"query":"users"}})") ==
        4401);
  CHECK(closed_after(true, R"({"type":"connection_init"})") == 4429);
  {
    Client client(service, false);
    CHECK(closed(client) == 4408);
  }
  {
    Client client(service, false, "graphql-ws");
    CHECK(closed(client) == 4406);
  }
  Client client(service);
  client.subscribe("1", "users");
  CHECK(client.next() == 0);
  client.subscribe("1", "users");
  CHECK(closed(client) == 4409);
}

TEST_CASE("results come as server-sent events, too", "[live]") {
  Service service;
  TestClient client(service.server().port());
  client.send(
      "GET /graphql?query=user%201 HTTP/1.1\r\nHost: x\r\nAccept: text/event-stream\r\n\r\n");
  const std::string head = client.receive_until("\r\n\r\n");
  CHECK(http::status_in(head) == 200);
  CHECK(head.find("Content-Type: text/event-stream; charset=utf-8\r\n") != std::string::npos);
  const auto ends_with = [&](std::string_view data) {
    return client.receive_until("\n\n\r\n")
               .find("event: next\ndata: {\"data\":" + std::string(data) + "}\n\n") !=
           std::string::npos;
  };
  if (!ends_with("0")) CHECK(ends_with("0"));  // after the comment that opens the stream
  service.set(1, 8);
  CHECK(ends_with("8"));
  // A service that stops ends its streams properly.
  service.server().server().stop();
  CHECK(client.receive_until("0\r\n\r\n").find("event: complete\ndata: \n\n") != std::string::npos);

  Service other;
  TestClient once(other.server().port());
  const std::string body = R"({"query":"once 1"})";
  once.send(
      "POST /graphql HTTP/1.1\r\nHost: x\r\nAccept: text/event-stream\r\nContent-Type: "
      "application/json\r\nContent-Length: " +
      std::to_string(body.size()) + "\r\n\r\n" + body);
  const std::string all = once.receive_until("0\r\n\r\n");
  CHECK(all.find("event: next\ndata: {\"data\":0}\n\nevent: complete\ndata: \n\n") !=
        std::string::npos);
  // A query is answered in events only if nothing else will do; a subscription always.
  once.send(
      "GET /graphql?query=once%201 HTTP/1.1\r\nHost: x\r\nAccept: application/json, "
      "text/event-stream\r\n\r\n");
  CHECK(once.receive_until("plain").find("200 OK") != std::string::npos);
  once.send("GET /graphql?query=what HTTP/1.1\r\nHost: x\r\nAccept: text/event-stream\r\n\r\n");
  CHECK(http::status_in(once.receive_until("\r\n\r\n")) == 200);
  CHECK(once.receive_until("event: complete\ndata: \n\n")
            .starts_with("event: next\ndata: {\"errors\":[{\"message\":\"what?\"}]}\n\n"));
}

}  // namespace
}  // namespace sqlxc::live
