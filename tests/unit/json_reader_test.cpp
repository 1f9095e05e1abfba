#include <catch2/catch.hpp>

#include <sqlxc/json/reader.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#ifndef SQLXC_CORPUS_DIR
#define SQLXC_CORPUS_DIR "../shared/corpus"
#endif

namespace {

using sqlxc::json::Reader;
using sqlxc::json::Token;

bool accepts(std::string_view text) {
  Reader reader(text, {.max_depth = 600});
  while (true) {
    const Token token = reader.next();
    if (token == Token::end) return true;
    if (token == Token::error) return false;
  }
}

std::filesystem::path corpus() {
  const char* given = std::getenv("SQLXC_CORPUS");
  return given != nullptr ? given : SQLXC_CORPUS_DIR;
}

std::string read_file(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::string error_at(std::string_view text, std::size_t& offset) {
  Reader reader(text);
  while (true) {
    const Token token = reader.next();
    if (token == Token::end) return "";
    if (token == Token::error) {
      offset = reader.error().offset;
      return std::string(reader.error().message);
    }
  }
}

TEST_CASE("every file of JSONTestSuite is accepted or refused as its name says") {
  const auto folder = corpus() / "json" / "test_parsing";
  if (!std::filesystem::exists(folder)) {
    WARN("skipped: no JSONTestSuite at " << folder);
    return;
  }
  int count = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    const std::string name = entry.path().filename().string();
    const bool is_accepted = accepts(read_file(entry.path()));
    INFO(name);
    if (name.starts_with("y_")) CHECK(is_accepted);
    if (name.starts_with("n_")) CHECK_FALSE(is_accepted);
    ++count;
  }
  CHECK(count > 300);
}

TEST_CASE("tokens come in order, with keys and numbers as they were written") {
  Reader reader(R"( {"a": -12.50e+3, "b": [true, null, "x\n\u00e9\ud83d\ude00"], "c": {}} )");
  REQUIRE(reader.next() == Token::begin_object);
  REQUIRE(reader.next() == Token::key);
  CHECK(reader.text() == "a");
  REQUIRE(reader.next() == Token::number);
  CHECK(reader.text() == "-12.50e+3");
  REQUIRE(reader.next() == Token::key);
  REQUIRE(reader.next() == Token::begin_array);
  REQUIRE(reader.next() == Token::true_value);
  REQUIRE(reader.next() == Token::null_value);
  REQUIRE(reader.next() == Token::string);
  CHECK(reader.text() == "x\n\u00e9\U0001F600");
  REQUIRE(reader.next() == Token::end_array);
  REQUIRE(reader.next() == Token::key);
  REQUIRE(reader.next() == Token::begin_object);
  REQUIRE(reader.next() == Token::end_object);
  REQUIRE(reader.next() == Token::end_object);
  REQUIRE(reader.next() == Token::end);
  REQUIRE(reader.next() == Token::end);
}

TEST_CASE("raw gives the bytes of a value and moves to its end") {
  Reader reader(R"({"a": {"x": [1, "]}"], "x": 2} , "b": 1.50, "c": "\u0041"})");
  reader.next();
  reader.next();
  REQUIRE(reader.next() == Token::begin_object);
  CHECK(reader.raw() == R"({"x": [1, "]}"], "x": 2})");
  REQUIRE(reader.next() == Token::key);
  CHECK(reader.text() == "b");
  REQUIRE(reader.next() == Token::number);
  CHECK(reader.raw() == "1.50");
  REQUIRE(reader.next() == Token::key);
  REQUIRE(reader.next() == Token::string);
  CHECK(reader.raw() == R"("\u0041")");
  CHECK(reader.text() == "A");
  CHECK(reader.next() == Token::end_object);
  CHECK(reader.next() == Token::end);
}

TEST_CASE("an error inside a value that is read raw is an error of the reader") {
  Reader reader(R"([[1, 2 3]])");
  reader.next();
  REQUIRE(reader.next() == Token::begin_array);
  CHECK(reader.raw().empty());
  CHECK(reader.token() == Token::error);
  CHECK(reader.next() == Token::error);
  CHECK(reader.error().offset == 7);
}

TEST_CASE("U+0000 is reported, in strings, keys and raw values") {
  Reader reader(R"(["a\u0000b", "c", {"k\u0000": 1}, {"d": ["\u0000"]}])");
  reader.next();
  REQUIRE(reader.next() == Token::string);
  CHECK(reader.has_nul());
  CHECK(reader.text() == std::string_view("a\0b", 3));
  REQUIRE(reader.next() == Token::string);
  CHECK_FALSE(reader.has_nul());
  reader.next();
  REQUIRE(reader.next() == Token::key);
  CHECK(reader.has_nul());
  reader.next();
  reader.next();
  REQUIRE(reader.next() == Token::begin_object);
  CHECK_FALSE(reader.has_nul());
  CHECK_FALSE(reader.raw().empty());
  CHECK(reader.has_nul());
}

TEST_CASE("a repeated key is reported, however it is spelt and however many there are") {
  Reader few(R"({"a": 1, "\u0061": 2, "b": {"a": 3}, "b": 4, "c": 5})");
  std::vector<bool> repeats;
  while (few.next() != Token::end) {
    if (few.token() == Token::key) repeats.push_back(few.is_duplicate());
  }
  CHECK(repeats == std::vector<bool>{false, true, false, false, true, false});

  std::string text = "[{";
  for (int i = 0; i < 200; ++i) text += "\"k" + std::to_string(i) + "\": {\"k1\": 0}, ";
  text += "\"k7\": 1, \"k199\": 2, \"new\": 3}, {\"k7\": 1}]";
  Reader many(text);
  std::vector<std::string> found;
  while (many.next() != Token::end) {
    REQUIRE(many.token() != Token::error);
    if (many.token() == Token::key && many.is_duplicate()) found.emplace_back(many.text());
  }
  CHECK(found == std::vector<std::string>{"k7", "k199"});
}

TEST_CASE("an error names the byte and what was expected there") {
  std::size_t at = 0;
  CHECK(error_at(R"({"a" 1})", at) == "expected `:`");
  CHECK(at == 5);
  CHECK(error_at("[1, 2", at) == "expected `,` or `]`");
  CHECK(at == 5);
  CHECK(error_at("\"a\xFF\"", at) == "the text is not UTF-8");
  CHECK(at == 2);
  CHECK(error_at(R"("\ud800")", at) == "a lone surrogate is no character");
  CHECK(error_at(R"("\udc00")", at) == "a lone surrogate is no character");
  CHECK(error_at("\"\xED\xA0\x80\"", at) == "the text is not UTF-8");
  CHECK(error_at("\"a\tb\"", at) == "a control character in a string must be escaped");
  CHECK(error_at("", at) == "expected a value, found the end");
  CHECK(error_at("1 1", at) == "something follows the value");
  CHECK(error_at("{,}", at) == "expected a key in quotes");
}

TEST_CASE("nesting has a limit") {
  const std::string deep(100'000, '[');
  Reader reader(deep);
  Token token = reader.next();
  while (token == Token::begin_array) token = reader.next();
  CHECK(token == Token::error);
  CHECK(reader.error().message == "nested too deeply");
  CHECK(accepts(std::string(64, '[') + std::string(64, ']')));
}

}  // namespace
