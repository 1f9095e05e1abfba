#include <sqlxc/http/chunks.h>
#include <sqlxc/http/head.h>

#include <catch2/catch.hpp>

#include <memory>
#include <string>

namespace sqlxc::http {
namespace {

using Kind = HeadOutcome::Kind;

struct Parsed {
  HeadOutcome outcome;
  std::unique_ptr<Head> head = std::make_unique<Head>();
};

Parsed parse(std::string_view bytes, const HeadLimits& limits = {}) {
  Parsed parsed;
  parsed.outcome = parse_head(bytes, limits, *parsed.head);
  return parsed;
}

int refusal_of(std::string_view bytes, const HeadLimits& limits = {}) {
  const Parsed parsed = parse(bytes, limits);
  return parsed.outcome.kind == Kind::refused ? parsed.outcome.refusal.status : 0;
}

std::string with_headers(std::string_view headers) {
  return "POST /x HTTP/1.1\r\nHost: a\r\n" + std::string(headers) + "\r\n";
}

}  // namespace

TEST_CASE("a head is read into its parts") {
  const std::string bytes =
      "PATCH /users?id=eq.1&x#frag HTTP/1.1\r\nHost: a:80\r\nX-One:\t two words \r\n\r\nrest";
  const Parsed parsed = parse(bytes);
  REQUIRE(parsed.outcome.kind == Kind::complete);
  CHECK(bytes.substr(parsed.outcome.size) == "rest");
  CHECK(parsed.head->method == Method::patch);
  CHECK(parsed.head->target == "/users?id=eq.1&x");
  CHECK(parsed.head->path == "/users");
  CHECK(parsed.head->query == "id=eq.1&x");
  CHECK(parsed.head->keep_alive);
  REQUIRE(parsed.head->header_count == 2);
  CHECK(parsed.head->headers[1].name == "X-One");
  CHECK(parsed.head->headers[1].value == "two words");
}

TEST_CASE("every prefix of a head is incomplete and no prefix is refused") {
  const std::string bytes = "GET / HTTP/1.1\r\nHost: a\r\nAccept: */*\r\n\r\n";
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    CAPTURE(size);
    CHECK(parse(bytes.substr(0, size)).outcome.kind == Kind::incomplete);
  }
}

TEST_CASE("an absolute target loses scheme and host") {
  CHECK(parse("GET http://a.b:8/p?q HTTP/1.1\r\nHost: a\r\n\r\n").head->target == "/p?q");
  CHECK(parse("GET HTTP://a.b HTTP/1.1\r\nHost: a\r\n\r\n").head->path == "/");
  CHECK(parse("GET http://a?q=1 HTTP/1.1\r\nHost: a\r\n\r\n").head->query == "q=1");
  CHECK(refusal_of("GET http://u@a/ HTTP/1.1\r\nHost: a\r\n\r\n") == 400);
  CHECK(refusal_of("GET http:///p HTTP/1.1\r\nHost: a\r\n\r\n") == 400);
  CHECK(refusal_of("GET ftp://a/p HTTP/1.1\r\nHost: a\r\n\r\n") == 400);
  CHECK(refusal_of("GET users HTTP/1.1\r\nHost: a\r\n\r\n") == 400);
}

TEST_CASE("the asterisk is a target of OPTIONS alone") {
  CHECK(parse("OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n").head->path == "*");
  CHECK(refusal_of("GET * HTTP/1.1\r\nHost: a\r\n\r\n") == 400);
}

TEST_CASE("request lines that two readers could read in two ways are refused") {
  for (const char* line :
       {"GET  / HTTP/1.1", "GET /  HTTP/1.1", " GET / HTTP/1.1", "GET / HTTP/1.1 ",
        "GET\t/ HTTP/1.1", "GET / x HTTP/1.1", "GET /", "GET / http/1.1", "GET / HTTP/11",
        "/ HTTP/1.1", "GET /\x7F HTTP/1.1", "GET /\xC3\xA9 HTTP/1.1", "G(T / HTTP/1.1"}) {
    CAPTURE(line);
    CHECK(refusal_of(std::string(line) + "\r\nHost: a\r\n\r\n") == 400);
  }
}

TEST_CASE("versions and methods that are not spoken here have statuses of their own") {
  CHECK(refusal_of("GET / HTTP/2.0\r\n\r\n") == 505);
  CHECK(refusal_of("GET / HTTP/1.2\r\n\r\n") == 505);
  CHECK(refusal_of("PURGE / HTTP/1.1\r\nHost: a\r\n\r\n") == 405);
  CHECK(refusal_of("CONNECT a:80 HTTP/1.1\r\nHost: a\r\n\r\n") == 405);
  CHECK(refusal_of("get / HTTP/1.1\r\nHost: a\r\n\r\n") == 405);
}

TEST_CASE("header lines are names, colons and values without controls") {
  for (const char* line :
       {"A : b", " A: b", "A", ": b", "A\x01: b", "A: b\x01", "A: b\rC: d", "A: b\x7F"}) {
    CAPTURE(line);
    CHECK(refusal_of(with_headers(std::string(line) + "\r\n")) == 400);
  }
  CHECK(refusal_of(with_headers(std::string("A: b\0c\r\n", 8))) == 400);
  CHECK(refusal_of(with_headers("A: b\r\n folded\r\n")) == 400);
  CHECK(refusal_of(with_headers("A: b\n")) == 400);
  CHECK(refusal_of(with_headers("A: \xC3\xA9\r\nB:\r\n")) == 0);
}

TEST_CASE("a message has one length or is refused") {
  CHECK(parse(with_headers("Content-Length: 0012\r\n")).head->content_length == 12);
  CHECK(parse(with_headers("Transfer-Encoding: Chunked\r\n")).head->is_chunked);
  for (const char* headers :
       {"Content-Length: 1\r\nContent-Length: 1\r\n", "Content-Length: 1, 1\r\n",
        "Content-Length: +1\r\n", "Content-Length: -1\r\n", "Content-Length: 0x1\r\n",
        "Content-Length:\r\n", "Content-Length: 1 2\r\n",
        "Content-Length: 1\r\nTransfer-Encoding: chunked\r\n",
        "Transfer-Encoding: chunked\r\nContent-Length: 1\r\n",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", "Transfer-Encoding:\r\n",
        "Transfer-Encoding: identity\r\n", "Transfer-Encoding: chunked, gzip\r\n",
        "Transfer-Encoding: chunked, chunked\r\n", "Transfer-Encoding: xchunked\r\n",
        "Transfer-Encoding: chunked;q=1\r\n",
        "Transfer-Encoding: \x0B"
        "chunked\r\n"}) {
    CAPTURE(headers);
    CHECK(refusal_of(with_headers(headers)) == 400);
  }
  CHECK(refusal_of(with_headers("Transfer-Encoding: gzip, chunked\r\n")) == 400);
  CHECK(refusal_of(with_headers("Content-Length: 99999999999999999999999\r\n")) == 413);
  CHECK(refusal_of("POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n") == 400);
}

TEST_CASE("HTTP/1.1 names one host") {
  CHECK(refusal_of("GET / HTTP/1.1\r\n\r\n") == 400);
  CHECK(refusal_of("GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n") == 400);
  CHECK(refusal_of("GET / HTTP/1.1\r\nHost: a b\r\n\r\n") == 400);
  CHECK(refusal_of("GET / HTTP/1.1\r\nHost: a/b\r\n\r\n") == 400);
  CHECK(refusal_of("GET / HTTP/1.1\r\nHost:\r\n\r\n") == 0);
  CHECK(refusal_of("GET / HTTP/1.0\r\n\r\n") == 0);
}

TEST_CASE("Connection and the version decide whether the connection stays") {
  CHECK_FALSE(parse(with_headers("Connection: foo, Close\r\n")).head->keep_alive);
  CHECK(parse(with_headers("Connection: keep-alive\r\n")).head->keep_alive);
  CHECK_FALSE(parse("GET / HTTP/1.0\r\n\r\n").head->keep_alive);
  CHECK(parse("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n").head->keep_alive);
}

TEST_CASE("expectations are 100-continue or refused") {
  CHECK(parse(with_headers("Expect: 100-Continue\r\n")).head->expects_continue);
  CHECK(refusal_of(with_headers("Expect: more\r\n")) == 417);
}

TEST_CASE("limits are kept before a head is complete") {
  const HeadLimits limits{.max_target = 100, .max_head = 400};
  CHECK(refusal_of("GET /" + std::string(200, 'a'), limits) == 414);
  CHECK(refusal_of("GET /" + std::string(101, 'a') + " HTTP/1.1\r\nHost: a\r\n\r\n", limits) ==
        414);
  CHECK(refusal_of("GET / HTTP/1.1\r\nX: " + std::string(500, 'a'), limits) == 431);
  std::string many = "GET / HTTP/1.1\r\nHost: a\r\n";
  for (std::size_t i = 0; i < kMaxHeaders; ++i) many += "A: b\r\n";
  CHECK(refusal_of(many + "\r\n") == 431);
  CHECK(refusal_of("\x16\x03\x01") == 400);
}

namespace {

struct Chunked {
  ChunkReader::Kind kind = ChunkReader::Kind::incomplete;
  std::string body;
  std::string rest;
};

// Feeds `text` in pieces of `step` bytes.
Chunked read_chunks(std::string_view text, std::size_t step) {
  ChunkReader reader;
  Chunked out;
  std::string buffer;
  std::size_t raw = 0;
  std::size_t body_end = 0;
  while (!text.empty() && out.kind == ChunkReader::Kind::incomplete) {
    buffer += text.substr(0, step);
    text.remove_prefix(std::min(step, text.size()));
    out.kind = reader.read(buffer.data(), raw, buffer.size(), body_end);
  }
  out.body = buffer.substr(0, body_end);
  out.rest = buffer.substr(raw) + std::string(text);
  return out;
}

}  // namespace

TEST_CASE("chunks are joined however they arrive") {
  const std::string text =
      "5;a=b;c=\"d\\\";e\"\r\nhello\r\n0006\r\n world\r\n0\r\nTrailer: x\r\n\r\nnext";
  for (std::size_t step = 1; step <= text.size(); ++step) {
    CAPTURE(step);
    const Chunked read = read_chunks(text, step);
    CHECK(read.kind == ChunkReader::Kind::complete);
    CHECK(read.body == "hello world");
    CHECK(read.rest == "next");
  }
}

TEST_CASE("malformed chunks are refused") {
  for (const char* text :
       {"x\r\n", "\r\n", "5 \r\nhello\r\n", "5\nhello", "5\r\nhelloX", "5\r\nhello\n", "-1\r\n",
        "0x5\r\n", "5;\r\n", "5;a=\r\n", "5;a=\"b\r\n", "5;a =b\r\n", "1000000000000\r\n",
        "5\r\r\n", "0\r\nA : b\r\n\r\n", "0\r\n\n"}) {
    CAPTURE(text);
    CHECK(read_chunks(text, 1).kind == ChunkReader::Kind::refused);
    CHECK(read_chunks(text, 1000).kind == ChunkReader::Kind::refused);
  }
  CHECK(read_chunks("5;" + std::string(2000, 'a'), 1).kind == ChunkReader::Kind::refused);
}

}  // namespace sqlxc::http
