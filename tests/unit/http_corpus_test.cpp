#include <catch2/catch.hpp>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <map>
#include <string>

#include <sqlxc/core/text.h>
#include <sqlxc/json/reader.h>

#include "http_test_server.h"

#ifndef SQLXC_CORPUS_DIR
#define SQLXC_CORPUS_DIR "../shared/corpus"
#endif

// llhttp's own cases, sent to a server. Its parser has lenient modes; this server has none.
namespace sqlxc::http {
namespace {

using Case = std::map<std::string, std::string>;

// The JSON strings of a line by key; of nested objects, their text.
Case read_case(const std::string& line) {
  Case out;
  json::Reader reader(line);
  REQUIRE(reader.next() == json::Token::begin_object);
  while (reader.next() == json::Token::key) {
    const std::string key(reader.text());
    const bool is_string = reader.next() == json::Token::string;
    out[key] = is_string ? std::string(reader.text()) : std::string(reader.raw());
  }
  return out;
}

// U+0000 to U+00FF as bytes.
std::string latin1(std::string_view utf8) {
  std::string out;
  for (std::size_t i = 0; i < utf8.size(); ++i) {
    const auto c = static_cast<unsigned char>(utf8[i]);
    if (c < 0x80) {
      out += utf8[i];
    } else {
      ++i;
      out += static_cast<char>((c & 3) << 6 | (static_cast<unsigned char>(utf8[i]) & 63));
    }
  }
  return out;
}

// Pauses of llhttp's API are no errors of the message.
bool is_malformed(const Case& test) {
  const std::string& log = test.at("log");
  return log.find(" error code=") != std::string::npos &&
         log.find("error code=22") == std::string::npos;
}

std::string to_lower_case(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), to_lower);
  return text;
}

std::string exchange_with(std::uint16_t port, const std::string& bytes) {
  TestClient client(port);
  client.send(bytes);
  client.end_sending();
  return client.receive_all();
}

bool is_refused(int status) { return (status >= 400 && status < 500) || status == 505; }

void check_case(const Case& test, std::uint16_t port) {
  const bool is_url = test.at("kind") == "url";
  const std::string raw = latin1(test.at("raw_latin1"));
  const std::string bytes = is_url ? "GET " + raw + " HTTP/1.1\r\nHost: a\r\n\r\n" : raw;
  const std::string& meta = test.at("meta");
  const bool is_response = meta.find("\"response") != std::string::npos;
  const bool is_lenient = meta.find("-lenient-") != std::string::npos;
  const std::string answer = exchange_with(port, bytes);
  const int status = status_in(answer);
  CAPTURE(test.at("name"), bytes, answer);
  if (is_response || is_lenient || is_malformed(test)) {
    CHECK(is_refused(status));
    CHECK(answer.find("Connection: close\r\n") != std::string::npos);
    CHECK(answer.find("application/problem+json") != std::string::npos);
    return;
  }
  const bool has_host = is_url || to_lower_case(raw).find("\r\nhost:") != std::string::npos;
  const bool is_ours = raw.find("RTSP/") == std::string::npos && !raw.starts_with("LINK") &&
                       !raw.starts_with("UNLINK") && !raw.starts_with("SEARCH");
  // Userinfo is for links in pages; RFC 9110, section 4.2.4, has it treated as an error.
  const bool has_userinfo = is_url && raw.find('@') != std::string::npos;
  if (has_host && is_ours && !has_userinfo) {
    CHECK(status == 200);
  } else {
    CHECK(is_refused(status));
  }
}

}  // namespace

TEST_CASE("every request of llhttp's own tests is answered or refused as it should") {
  const char* folder = std::getenv("SQLXC_CORPUS");
  const std::string path =
      std::string(folder != nullptr ? folder : SQLXC_CORPUS_DIR) + "/http/llhttp.jsonl";
  std::ifstream file(path);
  if (!file) {
    std::cout << "skipped: there is no " << path << "; SQLXC_CORPUS says where it is\n";
    return;
  }
  TestServer server(handle_with([](Exchange& exchange) { exchange.finish(); }));
  int cases = 0;
  for (std::string line; std::getline(file, line); ++cases)
    check_case(read_case(line), server.port());
  CHECK(cases > 0);
}

}  // namespace sqlxc::http
