#include <catch2/catch.hpp>
#include <memory>
#include <string>

#include <sqlxc/core/sha256.h>
#include <sqlxc/graphql_http/api.h>

#include "tests/unit/http_test_server.h"

namespace sqlxc::graphql_http {
namespace {

constexpr std::string_view kSdl = R"(
type User { id: ID! name: String friend: User }
type Query { user(id: ID!): User many: [User!]! }
type Mutation { rename(id: ID!, name: String): User }
type Subscription { renamed: User }
)";

// Says which fields it was asked for; `user` fails in its inner field, `many` as a whole.
std::vector<FieldResult> carry_out(const graphql::Operation& operation) {
  std::vector<FieldResult> results;
  for (const graphql::Selected& field : operation.fields) {
    if (field.field->name == "many") {
      results.push_back({"null", {{.message = "no rows today", .path = {"many"}}}});
    } else if (field.field->name == "user") {
      results.push_back(
          {R"({"name":null})", {{.message = "no name", .path = {std::string(field.key), "name"}}}});
    } else {
      results.push_back({R"({"id":"1"})"});
    }
  }
  return results;
}

struct Face final : http::Handler {
  explicit Face(const Shared& shared)
      : api(
            shared, [](const Prepared&) { return nullptr; },
            [](const Prepared& prepared, Done done) {
              done(carry_out(*prepared.operation));
              return Abandon();
            }) {}
  void handle(http::Exchange& exchange) override { api.handle(exchange); }
  Api api;
};

class Service {
 public:
  explicit Service(Options options = {}, std::optional<TrustedDocuments> trusted = {})
      : shared_(kSdl, options, std::move(trusted)),
        server_([this](net::Loop&) { return std::make_unique<Face>(shared_); }) {}

  /// The status line, the headers and the body.
  std::string ask(const std::string& request) {
    http::TestClient client(server_.port());
    client.send(request);
    return client.receive_all();
  }
  std::string post(const std::string& body, const std::string& headers = "") {
    return ask("POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n" + headers +
               "Content-Length: " + std::to_string(body.size()) + "\r\nConnection: close\r\n\r\n" +
               body);
  }
  std::string get(const std::string& target, const std::string& headers = "") {
    return ask("GET " + target + " HTTP/1.1\r\nHost: x\r\n" + headers +
               "Connection: close\r\n\r\n");
  }

 private:
  Shared shared_;
  http::TestServer server_;
};

bool has(const std::string& text, const std::string& part) {
  if (text.find(part) != std::string::npos) return true;
  UNSCOPED_INFO(text);
  return false;
}

const std::string kNew = "Accept: application/graphql-response+json\r\n";

TEST_CASE("what is asked of the schema is answered without anybody else") {
  Service service;
  const std::string answer =
      service.post(R"({"query":"{ __typename t: __type(name: \"User\") { name kind } }"})");
  CHECK(has(answer, "HTTP/1.1 200 OK"));
  CHECK(has(answer, "Content-Type: application/json; charset=utf-8"));
  CHECK(has(answer, R"({"data":{"__typename":"Query","t":{"name":"User","kind":"OBJECT"}}})"));
}

TEST_CASE("errors of fields have their places; a non-null root that failed leaves no data") {
  Service service;
  CHECK(has(service.post(R"({"query":"{ u: user(id: 1) { name } }"})"),
            R"({"errors":[{"message":"no name","locations":[{"line":1,"column":20}],"path":["u",)"
            R"("name"]}],"data":{"u":{"name":null}}})"));
  CHECK(has(service.post(R"({"query":"{ __typename many { id } }"})"), R"("data":null})"));
}

TEST_CASE("statuses: application/json takes a wrong document as 200, the newer form as 400") {
  Service service;
  for (const char* query : {"{", "{ nothing }", "query ($v: Int!) { __typename @skip(if: $v) }"}) {
    const std::string body = "{\"query\":\"" + std::string(query) + "\"}";
    CHECK(has(service.post(body), "HTTP/1.1 200 OK"));
    const std::string answer = service.post(body, kNew);
    CHECK(has(answer, "HTTP/1.1 400 Bad Request"));
    CHECK(has(answer, "application/graphql-response+json; charset=utf-8"));
    CHECK(answer.find("\"data\"") == std::string::npos);
  }
}

TEST_CASE("a request that is none gets a line that says why") {
  Service service;
  CHECK(has(service.post("{\"query\":"), "HTTP/1.1 400"));
  CHECK(has(service.post("[{\"query\":\"{ __typename }\"}]"), "batches are not spoken here"));
  CHECK(has(service.post("{}"), "`query` is missing"));
  CHECK(has(service.post(R"({"query":7})"), "`query` must be a string"));
  CHECK(has(service.post(R"({"query":"{ __typename }","variables":[]})"),
            "`variables` must be an object or null"));
  CHECK(has(service.ask("POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data; "
                        "boundary=x\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"),
            "HTTP/1.1 415"));
  CHECK(
      has(service.get("/graphql?query=%7B__typename%7D", "Accept: image/png\r\n"), "HTTP/1.1 406"));
  CHECK(has(service.ask("DELETE /graphql HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"),
            "HTTP/1.1 405"));
}

TEST_CASE("GET reads, and refuses to change") {
  Service service;
  CHECK(has(service.get("/graphql?query=query($n:String!)%7B__type(name:$n)%7Bname%7D%7D"
                        "&variables=%7B%22n%22:%22User%22%7D"),
            R"({"data":{"__type":{"name":"User"}}})"));
  const std::string refused = service.get("/graphql?query=mutation%7Brename(id:1)%7Bid%7D%7D");
  CHECK(has(refused, "HTTP/1.1 405"));
  CHECK(has(refused, "Allow: POST"));
  CHECK(has(service.post(R"({"query":"mutation { rename(id: 1) { id } }"})"),
            R"({"rename":{"id":"1"}})"));
  CHECK(has(service.get("/graphql", "Accept: text/html,*/*;q=0.8\r\n"), "<title>GraphiQL</title>"));
}

TEST_CASE("a document is found again by its hash once it was sent") {
  Service service;
  const std::string text = "{ __typename }";
  const std::string extensions =
      R"("extensions":{"persistedQuery":{"version":1,"sha256Hash":")" + sha256_hex(text) + "\"}}";
  CHECK(has(service.post("{" + extensions + "}"), "PERSISTED_QUERY_NOT_FOUND"));
  CHECK(has(service.post("{\"query\":\"" + text + "\"," + extensions + "}"), "\"data\""));
  CHECK(has(service.post("{" + extensions + "}"), R"({"data":{"__typename":"Query"}})"));
  CHECK(has(service.post("{\"query\":\"{ a: __typename }\"," + extensions + "}"), "HTTP/1.1 400"));
}

TEST_CASE("introspection can be switched off, __typename stays") {
  Service service({.introspects = false});
  CHECK(has(service.post(R"({"query":"{ __schema { queryType { name } } }"})"),
            "GraphQL introspection has been disabled"));
  CHECK(has(service.post(R"({"query":"{ __typename }"})"), R"({"__typename":"Query"})"));
}

TEST_CASE("the hash of a text is its SHA-256") {
  CHECK(sha256_hex("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  CHECK(sha256_hex("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  CHECK(sha256_hex(std::string(1000, 'a')) ==
        "41edece42d63e8d9bf515a9ba6932e1c20cbc9f5a5d134645adb5db1b9737ea3");
}

}  // namespace
}  // namespace sqlxc::graphql_http
