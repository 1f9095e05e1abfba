#include <sqlxc/service/routes.h>

#include <unistd.h>

#include <catch2/catch.hpp>

#include <filesystem>
#include <string>

#include <sqlxc/rest/sqlite_backend.h>

#include "http_test_server.h"

namespace sqlxc::service {
namespace {

// A service without tables, on a database of its own.
class TestService {
 public:
  explicit TestService(std::string_view origins = "*") : cors_(origins) {
    model_.name = "test";
    model_.fingerprint = "f00d";
    model_.openapi = R"({"openapi":"3.1.0"})";
    model_.docs_html = "<title>docs</title>";
    db::StoreOptions options;
    options.path = path_ + "/test.db";
    options.schema_sql = "CREATE TABLE t (id INTEGER PRIMARY KEY);";
    options.fingerprint = model_.fingerprint;
    std::filesystem::create_directories(path_);
    auto store = db::Store::open(std::move(options));
    REQUIRE(store.has_value());
    store_ = std::move(*store);
    shared_ = std::make_unique<Routes::Shared>(model_, cors_, log_);
    server_ = std::make_unique<http::TestServer>(
        [this](net::Loop& loop) -> Result<std::unique_ptr<http::Handler>> {
          auto backend = rest::SqliteBackend::create(model_, *store_, loop);
          if (!backend) return std::unexpected(backend.error());
          return std::make_unique<Routes>(*shared_, loop,
                                          std::make_unique<rest::Api>(model_, std::move(*backend)));
        });
  }
  ~TestService() {
    server_.reset();
    store_.reset();
    std::filesystem::remove_all(path_);
  }

  std::string ask(std::string_view line, std::string_view headers = "") {
    http::TestClient client(server_->port());
    client.send(std::string(line) + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n" +
                std::string(headers) + "\r\n");
    return client.receive_all();
  }

 private:
  std::string path_ =
      (std::filesystem::temp_directory_path() / ("sqlxc_routes_" + std::to_string(::getpid())))
          .string();
  query::Model model_;
  Cors cors_;
  observe::Log log_{observe::Level::error, observe::Format::json};
  std::unique_ptr<db::Store> store_;
  std::unique_ptr<Routes::Shared> shared_;
  std::unique_ptr<http::TestServer> server_;
};

bool contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

}  // namespace

TEST_CASE("a service says that it lives and that it is ready") {
  TestService service;
  CHECK(contains(service.ask("GET /health"), R"({"status":"ok"})"));
  CHECK(contains(service.ask("GET /ready"), R"({"status":"ready"})"));
  CHECK(http::status_in(service.ask("HEAD /health")) == 200);
}

TEST_CASE("the description is served with its fingerprint as entity tag") {
  TestService service;
  CHECK(contains(service.ask("GET /openapi.json"), "ETag: \"f00d\"\r\n"));
  CHECK(http::status_in(service.ask("GET /openapi.json", "If-None-Match: \"f00d\"\r\n")) == 304);
  CHECK(http::status_in(service.ask("GET /openapi.json", "If-None-Match: \"beef\"\r\n")) == 200);
}

TEST_CASE("documentation is for browsers, at the root too") {
  TestService service;
  CHECK(contains(service.ask("GET /docs"), "Content-Type: text/html"));
  CHECK(contains(service.ask("GET /docs/swagger-ui.css"), "Content-Encoding: gzip"));
  CHECK(http::status_in(service.ask("GET /docs/../secret")) == 404);
  CHECK(contains(service.ask("GET /", "Accept: text/html,*/*\r\n"), "Location: /docs\r\n"));
  CHECK(contains(service.ask("GET /"), "openapi"));
}

TEST_CASE("what is not there is a problem, and what is only read is not written") {
  TestService service;
  const std::string missing = service.ask("GET /nothing");
  CHECK(http::status_in(missing) == 404);
  CHECK(contains(missing, "application/problem+json"));
  const std::string refused = service.ask("DELETE /health");
  CHECK(http::status_in(refused) == 405);
  CHECK(contains(refused, "Allow: GET, HEAD, OPTIONS\r\n"));
  CHECK(http::status_in(service.ask("OPTIONS /health")) == 204);
}

TEST_CASE("pages of admitted origins may call") {
  constexpr std::string_view kPreflight =
      "Origin: http://one.example\r\nAccess-Control-Request-Method: "
      "PATCH\r\nAccess-Control-Request-Headers: prefer\r\n";
  {
    TestService service;
    const std::string answer = service.ask("OPTIONS /api/t", kPreflight);
    CHECK(http::status_in(answer) == 204);
    CHECK(contains(answer, "Access-Control-Allow-Origin: *\r\n"));
    CHECK(contains(answer, "Access-Control-Allow-Headers: prefer\r\n"));
    CHECK(contains(service.ask("GET /health", "Origin: http://x\r\n"),
                   "Access-Control-Allow-Origin: *\r\n"));
    CHECK_FALSE(contains(service.ask("GET /health"), "Access-Control"));
  }
  {
    TestService service("http://one.example, http://two.example");
    CHECK(contains(service.ask("OPTIONS /api/t", kPreflight),
                   "Access-Control-Allow-Origin: http://one.example\r\n"));
    const std::string other = service.ask("GET /health", "Origin: http://three.example\r\n");
    CHECK(contains(other, "Vary: Origin\r\n"));
    CHECK_FALSE(contains(other, "Access-Control"));
  }
  TestService service("none");
  CHECK_FALSE(contains(service.ask("OPTIONS /api/t", kPreflight), "Access-Control-Allow"));
}

}  // namespace sqlxc::service
