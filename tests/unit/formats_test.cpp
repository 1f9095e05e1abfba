#include "compiler/stdlib/formats.h"

#include <sqlxc/core/text.h>
#include <sqlxc/rules/regex.h>

#include <catch2/catch.hpp>
#include <map>
#include <string>
#include <vector>

// What each format takes and refuses, by the regular expression that the emitted rules run.
namespace sqlxc {
namespace {

struct Examples {
  std::vector<std::string> good;
  std::vector<std::string> bad;
};

const std::string kLong(64, 'a');

const std::map<std::string_view, Examples> kExamples = {
    {"email",
     {{"a@b.cd", "ada.l+x@x-y.example", "!#$%&'*+/=?^_`{|}~-@a.b"},
      {"", "a", "a@b", "@b.cd", "a@", ".a@b.cd", "a.@b.cd", "a..b@c.de", "a b@c.de", "a@-b.cd",
       "a@b-.cd", "a@b.cd.", "a@b.cd\n", "\"a b\"@c.de", "ä@b.cd", "a@" + kLong + ".de",
       std::string(250, 'a') + "@b.cd"}}},
    {"uri",
     {{"http://a.b/c?d#e", "mailto:a@b.c", "urn:isbn:1", "file:///x", "http://[::1]:80/", "a:b%20c",
       "http://u:p@h"},
      {"", "a/b", "//a/b", "http://a b", "://x", "http://[::1", "a:b%2", "1a:b", "a:ä", "a:b\n"}}},
    {"url",
     {{"https://a.b", "HTTP://a:80/x?y#z"},
      {"http:///x", "ftp://a.b", "http:a", "https://", "a.b"}}},
    {"hostname",
     {{"a", "a.b", "1.example", "x-y.z", std::string(63, 'a')},
      {"", "-a", "a-", "a..b", "a.", "a_b", "ä", kLong, "a b"}}},
    {"ipv4", {{"0.0.0.0", "255.255.255.255"}, {"", "1.2.3", "256.1.1.1", "01.2.3.4", "1.2.3.4.5"}}},
    {"ipv6",
     {{"::", "::1", "1::", "1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7::", "::2:3:4:5:6:7:8", "fe80::1:2",
       "::ffff:1.2.3.4", "1:2:3:4:5:6:1.2.3.4", "ABCD::1"},
      {"", ":", ":::", "1", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "1:2:3:4:5:6:7::8", ":1", "1:::2",
       "12345::", "1.2.3.4", "::1.2.3", "fe80::1%eth0", "::1.2.3.4:5"}}},
    {"uuid",
     {{"123e4567-e89b-12d3-a456-426614174000", "123E4567-E89B-12D3-A456-426614174000"},
      {"", "123e4567e89b12d3a456426614174000", "{123e4567-e89b-12d3-a456-426614174000}",
       "123e4567-e89b-12d3-a456-42661417400g"}}},
    {"date",
     {{"2024-02-29", "2000-02-29", "0001-01-01", "1999-12-31"},
      {"", "2023-02-29", "1900-02-29", "2023-04-31", "2023-13-01", "2023-00-01", "2023-1-1"}}},
    {"time",
     {{"00:00:00Z", "23:59:59.999+14:00", "12:00:00z"},
      {"", "12:00:00", "24:00:00Z", "12:60:00Z", "12:00:60Z", "12:00Z", "12:00:00+1",
       "12:00:00.Z"}}},
    {"date-time",
     {{"2024-02-29T12:00:00Z", "2024-02-29t12:00:00.5-08:00"},
      {"2023-02-29T12:00:00Z", "2024-02-29 12:00:00Z", "2024-02-29T12:00:00", "2024-02-29"}}},
    {"duration",
     {{"P1Y", "P1Y2M3D", "PT36H", "P4W", "P1DT12H", "P2M"},
      {"", "P", "PT", "1Y", "P1Y2D", "P1H", "P1WT1H", "P1.5D", "P1DT"}}},
    {"slug", {{"a", "a-b-1", "1"}, {"", "A", "a--b", "-a", "a-", "a_b", "ä"}}},
    {"phone",
     {{"+4930123456", "+12"}, {"", "4930123456", "+0123", "+49 30", "+1", "+1234567890123456"}}},
    {"color", {{"#abc", "#A0b1C2"}, {"", "abc", "#ab", "#abcd", "#abcdeg"}}},
};

bool takes(const stdlib::FormatRow& format, const std::string& text) {
  const rules::Regex pattern(format.pattern);
  REQUIRE(pattern.is_supported());
  const bool is_short = format.max_length == 0 || count_utf8(text) <= format.max_length;
  return is_short && pattern.search(text) == rules::Tri::yes;
}

}  // namespace

TEST_CASE("every format takes what it is for and refuses what looks like it") {
  for (const stdlib::FormatRow& format : stdlib::formats()) {
    INFO(format.name);
    const auto found = kExamples.find(format.name);
    REQUIRE(found != kExamples.end());
    for (const std::string& text : found->second.good) {
      INFO(text);
      CHECK(takes(format, text));
    }
    for (const std::string& text : found->second.bad) {
      INFO(text);
      CHECK_FALSE(takes(format, text));
    }
  }
}

}  // namespace sqlxc
