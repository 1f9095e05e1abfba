#include <catch2/catch.hpp>
#include <ctime>
#include <string>

#include <sqlxc/graphql/parser.h>
#include <sqlxc/graphql/validate.h>

namespace sqlxc::graphql {
namespace {

constexpr std::string_view kSdl = R"(
interface Node { id: ID! }
type User implements Node { id: ID! name: String posts(first: Int): [Post!]! best: Post }
type Post implements Node { id: ID! title: String author: User }
input Where { name: String and: [Where!] }
type Query { node(id: ID!): Node users(where: Where): [User!]! user: User }
)";

const Schema& schema() {
  static const Schema kSchema = build_schema(kSdl).value();
  return kSchema;
}

std::string show(const Errors& errors) {
  std::string text;
  for (const Error& error : errors) {
    if (!text.empty()) text += " | ";
    text += error.message;
    for (const Location& at : error.locations)
      text += " " + std::to_string(at.line) + ":" + std::to_string(at.column);
  }
  return text;
}

std::string judge(const std::string& text) {
  const auto document = parse(text);
  return document ? show(validate(schema(), *document)) : document.error().message;
}

TEST_CASE("a sound document has no errors, fragments and variables and all") {
  CHECK(
      judge(
          "query Q($id: ID!, $n: String = \"x\") { node(id: $id) { ...F } users(where: {name: $n}) "
          "{ name } } fragment F on Node { id ... on User { posts(first: 3) { title } } }") == "");
}

TEST_CASE("errors have graphql-js's words and places, of several rules in one answer") {
  CHECK(
      judge("{ usr { name } node { id } }") ==
      "Cannot query field \"usr\" on type \"Query\". Did you mean \"user\" or \"users\"? 1:3 | "
      "Field \"node\" argument \"id\" of type \"ID!\" is required, but it was not provided. 1:16");
  CHECK(judge("{ user { n: name n: id posts } }") ==
        "Field \"posts\" of type \"[Post!]!\" must have a selection of subfields. Did you mean "
        "\"posts { ... }\"? 1:24 | Fields \"n\" conflict because \"name\" and \"id\" are different "
        "fields. Use different aliases on the fields to fetch both if this was intentional. 1:10 "
        "1:18");
}

// What a document of any make may take of the processor, whatever else the machine does; sanitizers
// multiply it.
class Watch {
 public:
  ~Watch() { CHECK((std::clock() - start_) / CLOCKS_PER_SEC < 20); }

 private:
  std::clock_t start_ = std::clock();
};

std::string repeat(std::string_view text, int times) {
  std::string all;
  for (int i = 0; i < times; ++i) all += text;
  return all;
}

TEST_CASE("a document that nests without end is refused where its depth passes the limit") {
  const Watch watch;
  CHECK(judge(repeat("{user", 100'000)) ==
        "Syntax Error: Document nests more than 200 levels. Parsing aborted.");
  CHECK(judge("{users(where:" + repeat("{and:[", 100'000)) ==
        "Syntax Error: Document nests more than 200 levels. Parsing aborted.");
  CHECK(judge("query ($a: " + repeat("[", 100'000)) ==
        "Syntax Error: Type nests more than 30 lists.");
}

TEST_CASE("a document of too many bytes or tokens is refused before anything is made of it") {
  const Watch watch;
  CHECK(judge(repeat("#", 10'000'000)) ==
        "Syntax Error: Document has more than 1048576 bytes. Parsing aborted.");
  CHECK(judge("{" + repeat("a ", 200'000) + "}") ==
        "Syntax Error: Document contains more than 100000 tokens. Parsing aborted.");
}

TEST_CASE("cyclic fragments are errors, however long the cycle, and end every walk") {
  const Watch watch;
  std::string text = "{ user { ...F0 } }";
  constexpr int kLength = 10'000;
  for (int i = 0; i < kLength; ++i) {
    text += "fragment F" + std::to_string(i) + " on User { ...F" +
            std::to_string((i + 1) % kLength) + " }";
  }
  const std::string errors = judge(text);
  CHECK(errors.find("Cannot spread fragment \"F0\" within itself via \"F1\"") == 0);
  CHECK(errors.size() < 10'000);
}

TEST_CASE("fragments that spread fragments twice, twenty times over, cost what they are long") {
  const Watch watch;
  std::string text = "{ user { ...F0 } }";
  for (int i = 0; i < 3'000; ++i) {
    const std::string next = i == 2'999 ? "id" : "...F" + std::to_string(i + 1);
    text += "fragment F" + std::to_string(i) + " on User { a: best { author { " + next +
            " } } b: best { author { " + next + " } } }";
  }
  CHECK(judge(text) == "");
}

TEST_CASE("ten thousand fields of one name are compared at once, not in pairs") {
  const Watch watch;
  CHECK(judge("{ user { " + repeat("x: best { id } ", 10'000) + "} }") == "");
  // A hundred conflicts are enough to say.
  const std::string errors = judge("{ user { " + repeat("x: id x: name ", 10'000) + "} }");
  CHECK(errors.ends_with("Too many validation errors, error limit reached. Validation aborted."));
}

TEST_CASE("a hundred errors of a hundred places each are found in one long line") {
  const Watch watch;
  std::string text = "{" + repeat(" ", 900'000);
  for (int i = 0; i < 150; ++i) text += "node(" + repeat("id:1 ", 100) + ") { id } ";
  const std::string errors = judge(text + "}");
  CHECK(errors.find("There can be only one argument named \"id\". 1:900007") != errors.npos);
}

TEST_CASE("columns count UTF-16 units, lines end with any of their three endings") {
  CHECK(judge("{ # ü 😀\r\n  \r user(a: \"😀ü\") { id } }") ==
        "Unknown argument \"a\" on field \"Query.user\". 3:7");
  CHECK(judge("{ user(b: \"😀ü\", a: 1) { id } }").ends_with("1:18"));
}

TEST_CASE("operations that share many variables in many fragments are refused, not looked at") {
  const Watch watch;
  std::string text;
  for (int i = 0; i < 8'000; ++i) text += "query Q" + std::to_string(i) + " {...F}";
  text += "fragment F on Query { " + repeat("users(where: $v) { id } ", 5'000) + "}";
  const std::string errors = judge(text);
  CHECK(!errors.empty());
  CHECK(errors.size() < 20'000);
}

TEST_CASE("a field with ten thousand directives has two errors for each name, not for each pair") {
  const Watch watch;
  const std::string errors = judge("{ user { id " + repeat("@include(if: true) ", 10'000) + " } }");
  CHECK(errors.ends_with("Too many validation errors, error limit reached. Validation aborted."));
}

}  // namespace
}  // namespace sqlxc::graphql
