#include <sqlxc/core/text.h>

#include <catch2/catch.hpp>

#include <string>

namespace sqlxc {

TEST_CASE("percent-decoding takes two digits after a percent sign and nothing less") {
  CHECK(percent_decode("a%20b+c", false) == "a b+c");
  CHECK(percent_decode("a%20b+c", true) == "a b c");
  CHECK(percent_decode("%C3%a9%00", false) == std::string("\xC3\xA9\0", 3));
  for (const char* text : {"%", "%4", "%4g", "%g4", "abc%"}) {
    CAPTURE(text);
    CHECK_FALSE(percent_decode(text, false).has_value());
  }
  std::string kept = "before";
  CHECK_FALSE(percent_decode("ab%zz", false, kept));
  CHECK(kept == "before");
}

TEST_CASE("percent-encoding keeps only unreserved characters and decodes back") {
  std::string every;
  for (int c = 0; c < 256; ++c) every += static_cast<char>(c);
  std::string encoded;
  append_percent_encoded(encoded, every);
  CHECK(encoded.find_first_of(" /?#&=+\"<>") == std::string::npos);
  CHECK(percent_decode(encoded, true) == every);
}

TEST_CASE("JSON strings escape what they must") {
  std::string out;
  append_json_string(out, std::string_view("a\"\\\n\x01\x7F\xC3\xA9", 8));
  CHECK(out == "\"a\\\"\\\\\\n\\u0001\x7F\xC3\xA9\"");
}

TEST_CASE("UTF-8 is well-formed or not (Unicode 15, table 3-7)") {
  for (const char* text :
       {"", "plain ASCII text", "\xC2\x80", "\xE0\xA0\x80", "\xED\x9F\xBF", "\xEF\xBF\xBF",
        "\xF0\x90\x80\x80", "\xF4\x8F\xBF\xBF", "12345678\xC3\xA9"}) {
    CAPTURE(text);
    CHECK(is_utf8(text));
  }
  for (const char* text : {"\x80", "\xC0\x80", "\xC1\xBF", "\xC3", "\xE0\x9F\xBF", "\xED\xA0\x80",
                           "\xE2\x82", "\xF0\x8F\xBF\xBF", "\xF4\x90\x80\x80", "\xF5\x80\x80\x80",
                           "\xFF", "12345678\xC3", "1234567\xC3x"}) {
    CAPTURE(text);
    CHECK_FALSE(is_utf8(text));
  }
  CHECK(count_utf8("a\xC3\xA9\xF0\x9F\x98\x80") == 3);
}

TEST_CASE("base64 goes there and back (RFC 4648, section 10)") {
  const char* const pairs[][2] = {{"", ""},
                                  {"f", "Zg=="},
                                  {"fo", "Zm8="},
                                  {"foo", "Zm9v"},
                                  {"foob", "Zm9vYg=="},
                                  {"fooba", "Zm9vYmE="},
                                  {"foobar", "Zm9vYmFy"}};
  for (const auto& [bytes, text] : pairs) {
    std::string encoded;
    append_base64(encoded, bytes);
    CHECK(encoded == text);
    CHECK(decode_base64(text) == std::string(bytes));
  }
  for (const char* text :
       {"Z", "Zg", "Zg=", "Zh==", "Zm9=", "Zg==Zg==", "Zm9v\n", "Z-9v", "===="}) {
    CAPTURE(text);
    CHECK_FALSE(decode_base64(text).has_value());
  }
}

TEST_CASE("numbers are whole texts or nothing") {
  CHECK(parse_number<int>("-12") == -12);
  CHECK(parse_number<std::uint16_t>("65535") == 65535);
  for (const char* text : {"", "65536", "-1", "+1", " 1", "1 ", "1x", "0x1"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_number<std::uint16_t>(text).has_value());
  }
  std::string out;
  append_number(out, 0.1);
  append_number(out, std::int64_t{-5});
  append_hex(out, 0xABU, 4);
  CHECK(out == "0.1-500ab");
}

TEST_CASE("splitting takes what stands before the separator") {
  std::string_view rest = "a,b,";
  CHECK(split_off(rest, ',') == "a");
  CHECK(split_off(rest, ',') == "b");
  CHECK(rest.empty());
  CHECK(trim("\t a b ") == "a b");
}

}  // namespace sqlxc
