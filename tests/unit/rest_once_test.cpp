#include <sqlxc/rest/once.h>

#include <catch2/catch.hpp>

#include <chrono>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace sqlxc::rest {
namespace {

struct Sent {
  http::Method method = http::Method::post;
  std::string_view path = "/api/tags";
  std::string_view query = "select=id";
  std::vector<http::Header> headers = {{"Content-Type", "application/json"}};
  std::string_view body = R"({"name":"x"})";
};

auto read(const Sent& sent) {
  http::Request request;
  request.method = sent.method;
  request.path = sent.path;
  request.query = sent.query;
  request.headers = sent.headers;
  request.body = sent.body;
  return once_of(request, std::chrono::hours(1));
}

Sent post(std::string_view key) {
  Sent sent;
  sent.headers.push_back({"idempotency-key", key});
  return sent;
}

Sent post(std::string_view key, std::string_view body) {
  Sent sent = post(key);
  sent.body = body;
  return sent;
}

std::shared_ptr<Once> once(const Sent& sent) {
  auto made = read(sent);
  REQUIRE(made.has_value());
  REQUIRE(*made);
  return *made;
}

// The key, or nothing where it is refused.
std::optional<std::string> key_of(std::string_view value) {
  auto made = read(post(value));
  if (made) return (*made)->key;
  CHECK(made.error().status == 400);
  return std::nullopt;
}

TEST_CASE("a request without Idempotency-Key is carried out as often as it comes") {
  const auto made = read(Sent{});
  REQUIRE(made.has_value());
  CHECK(*made == nullptr);
}

TEST_CASE("a key is a structured field's string, or the same bare") {
  CHECK(key_of("\"8e03978e-40d5\"") == "8e03978e-40d5");
  CHECK(key_of("8e03978e-40d5") == "8e03978e-40d5");
  CHECK(key_of(" \"a b\" ") == "a b");
  CHECK(key_of(R"("\"\\")") == "\"\\");
  CHECK(key_of(R"(a\b)") == R"(a\b)");
  CHECK(key_of(std::string(255, 'k')) == std::string(255, 'k'));
  CHECK(key_of('"' + std::string(255, 'k') + '"') == std::string(255, 'k'));
}

TEST_CASE("what is no key is refused") {
  for (const std::string_view value :
       {" ", "\"\"", "\"", "\"a", "a\"", "\"a\"b", "\"a\";p=1", "a b", "a,b", R"("\a")", R"("a\")",
        "\"\t\"", "\xc3\xbc", "\"\xc3\xbc\"", "\"a\x7f\""}) {
    CAPTURE(value);
    CHECK(key_of(value) == std::nullopt);
  }
  CHECK(key_of(std::string(256, 'k')) == std::nullopt);
  CHECK(key_of('"' + std::string(256, 'k') + '"') == std::nullopt);
}

TEST_CASE("two keys are none") {
  Sent request = post("a");
  request.headers.push_back({"Idempotency-Key", "a"});
  const auto made = read(request);
  REQUIRE_FALSE(made.has_value());
  CHECK(made.error().status == 400);
}

TEST_CASE("a fingerprint tells requests apart by all that their answers depend on") {
  const Sent first = post("k");
  const std::string fingerprint = once(first)->fingerprint;
  CHECK(once(post("\"k\""))->fingerprint == fingerprint);
  CHECK(once(post("other"))->fingerprint == fingerprint);

  std::set<std::string> seen = {fingerprint};
  const auto differs = [&seen](const Sent& request) {
    return seen.insert(once(request)->fingerprint).second;
  };
  CHECK(differs(post("k", R"({"name":"y"})")));
  Sent request = first;
  request.method = http::Method::patch;
  CHECK(differs(request));
  request = first;
  request.path = "/api/posts";
  CHECK(differs(request));
  request = first;
  request.query = "";
  CHECK(differs(request));
  for (const std::string_view name : {"Accept", "Accept-Profile", "Authorization",
                                      "Content-Profile", "If-Match", "If-None-Match", "Prefer"}) {
    CAPTURE(name);
    request = first;
    request.headers.push_back({name, "v"});
    CHECK(differs(request));
  }
  // What says nothing of the answer may differ, and names have any case.
  request = first;
  request.headers.push_back({"X-Request-Id", "7"});
  request.headers.front().name = "content-type";
  CHECK(once(request)->fingerprint == fingerprint);
}

TEST_CASE("what stands on either side of a border makes no equal fingerprints") {
  Sent one = post("k", "b");
  one.path = "/api/tags";
  one.query = "a";
  Sent other = post("k", "b");
  other.path = "/api/tag";
  other.query = "sa";
  CHECK(once(one)->fingerprint != once(other)->fingerprint);
}

TEST_CASE("an answer comes back as it was kept, to the same request alone") {
  const auto first = once(post("k"));
  Answer answer;
  answer.status = 201;
  answer.body = "[]";
  answer.header("Location", "/api/tags/1");
  auto kept = keep(*first, std::move(answer));
  REQUIRE(kept.has_value());
  CHECK(answer_of(*first, true)->headers.find("Idempotent-Replayed") == std::string::npos);

  const auto again = once(post("k"));
  replay(*again, *kept);
  const auto replayed = answer_of(*again, true);
  REQUIRE(replayed.has_value());
  CHECK(replayed->status == 201);
  CHECK(replayed->body == "[]");
  CHECK(replayed->headers ==
        "Location: /api/tags/1\r\nContent-Type: application/json\r\nIdempotent-Replayed: true\r\n");

  const auto another = once(post("k", "{}"));
  replay(*another, *kept);
  CHECK(answer_of(*another, false)->status == 422);
}

TEST_CASE("an answer is kept if it is not too long and its transaction was committed") {
  const auto made = once(post("k"));
  Answer answer;
  answer.body = std::string(kLongestKeptAnswer, 'x');
  CHECK(keep(*made, answer).has_value());
  CHECK_FALSE(answer_of(*made, false).has_value());
  answer.body += 'x';
  const auto longer = once(post("k"));
  CHECK_FALSE(keep(*longer, std::move(answer)).has_value());
  CHECK(answer_of(*longer, false)->status == 422);
}

TEST_CASE("one that is on its way is waited for") {
  const auto made = once(post("k"));
  refuse_meanwhile(*made);
  const auto answer = answer_of(*made, true);
  CHECK(answer->status == 409);
  CHECK(answer->headers.find("Retry-After: 1\r\n") != std::string::npos);
}

}  // namespace
}  // namespace sqlxc::rest
