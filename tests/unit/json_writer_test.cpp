#include <catch2/catch.hpp>

#include <sqlxc/json/reader.h>
#include <sqlxc/json/writer.h>

#include <cmath>
#include <limits>
#include <string>

namespace {

using namespace sqlxc::json;

std::string written(std::string_view text) {
  std::string out;
  append_string(out, text);
  return out;
}

TEST_CASE("strings are escaped as JSON asks and no further") {
  CHECK(written("") == R"("")");
  CHECK(written("plain text of more than eight bytes") ==
        R"("plain text of more than eight bytes")");
  CHECK(written("say \"hi\" \\ there") == R"("say \"hi\" \\ there")");
  CHECK(written("a\nb\tc\rd\be\ff") == R"("a\nb\tc\rd\be\ff")");
  CHECK(written(std::string_view("\0\x1f\x7f", 3)) == "\"\\u0000\\u001f\x7f\"");
  CHECK(written("h\u00e9llo w\u00f6rld \U0001F600 and on") ==
        "\"h\u00e9llo w\u00f6rld \U0001F600 and on\"");
}

TEST_CASE("bytes that are not UTF-8 are replaced one by one") {
  CHECK(written("a\xFF\xC3\xA9\xC3") == "\"a\uFFFD\u00e9\uFFFD\"");
  CHECK(written("\xED\xA0\x80") == "\"\uFFFD\uFFFD\uFFFD\"");
  CHECK(written("\xF0\x9F\x98") == "\"\uFFFD\uFFFD\uFFFD\"");
}

TEST_CASE("what is written reads back, wherever a special byte stands") {
  for (std::size_t size = 1; size < 40; ++size) {
    for (std::size_t at = 0; at < size; ++at) {
      for (const char special : {'"', '\\', '\n', '\0', '\x1f', ' ', '!', '#', '[', ']'}) {
        std::string text(size, 'x');
        text[at] = special;
        const std::string json = written(text);
        Reader reader(json);
        REQUIRE(reader.next() == Token::string);
        REQUIRE(reader.text() == text);
        REQUIRE(reader.next() == Token::end);
      }
    }
  }
}

TEST_CASE("numbers are the shortest that read back, and what JSON lacks is a string") {
  const auto shown = [](double value) {
    std::string out;
    append_double(out, value);
    return out;
  };
  CHECK(shown(0.1) == "0.1");
  CHECK(shown(1e300) == "1e+300");
  CHECK(shown(-3) == "-3");
  CHECK(shown(std::numeric_limits<double>::infinity()) == "\"Infinity\"");
  CHECK(shown(-std::numeric_limits<double>::infinity()) == "\"-Infinity\"");
  CHECK(shown(std::nan("")) == "\"NaN\"");
  std::string out;
  append_float(out, 0.1F);
  CHECK(out == "0.1");
}

TEST_CASE("the writer puts commas where they belong") {
  std::string out;
  Writer writer(out);
  writer.begin_object();
  writer.key("a");
  writer.integer(1);
  writer.key("b");
  writer.begin_array();
  writer.string("x");
  writer.null();
  writer.begin_object();
  writer.end_object();
  writer.begin_array();
  writer.end_array();
  writer.boolean(true);
  writer.end_array();
  writer.key("c\"");
  writer.raw("{}");
  writer.key("d");
  writer.real(0.5);
  writer.end_object();
  CHECK(out == R"({"a":1,"b":["x",null,{},[],true],"c\"":{},"d":0.5})");
}

}  // namespace
