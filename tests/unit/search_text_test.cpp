#include <catch2/catch.hpp>

#include <string>
#include <string_view>

#include <sqlxc/query/search_text.h>

namespace sqlxc::query {
namespace {

constexpr SearchField kFields[] = {{0, 'A'}};
const Entity kSearched = {.name = "posts", .search = {kFields, "\"f\"", "\"id\""}};
const Entity kUnsearched = {.name = "posts", .search = {kFields}};

TEST_CASE("words must all be there, and each is a quoted string of FTS5") {
  CHECK(fts5_query("engine") == R"(("engine"))");
  CHECK(fts5_query(" the \t engine\n") == R"(("the" "engine"))");
  CHECK(fts5_query("title:x NEAR(a b) c* ^d NOT e") ==
        R"(("title" "x" "NEAR" "a" "b" "c*" "^d" "NOT" "e"))");
  CHECK(fts5_query("a AND b") == R"(("a" "AND" "b"))");
  CHECK(fts5_query("O'Reilly naïve") == R"(("O'Reilly" "naïve"))");
}

TEST_CASE("phrases stand between quotes, the last to the end of the text") {
  CHECK(fts5_query(R"("machine code" reader)") == R"(("machine code" "reader"))");
  CHECK(fts5_query(R"(a"b c"d)") == R"(("a" "b c" "d"))");
  CHECK(fts5_query(R"("open end)") == R"(("open end"))");
  CHECK(fts5_query(R"("a (b) or -c")") == R"(("a (b) or -c"))");
  CHECK(fts5_query(R"(""a"")") == R"(("a"))");
}

TEST_CASE("a minus leaves out, two of them do not") {
  CHECK(fts5_query("a -b") == R"((("a") NOT ("b")))");
  CHECK(fts5_query("-b a - c") == R"((("a") NOT ("b" OR "c")))");
  CHECK(fts5_query(R"(a -"b c")") == R"((("a") NOT ("b c")))");
  CHECK(fts5_query("--a") == R"(("a"))");
  CHECK(fts5_query("a-b") == R"(("a-b"))");
  CHECK(fts5_query("a -") == R"(("a"))");
  CHECK(fts5_query("a -...") == R"(("a"))");
}

TEST_CASE("`or` stands between two terms, else it is a word") {
  CHECK(fts5_query("a or b c") == R"(("a") OR ("b" "c"))");
  CHECK(fts5_query("a OR b or c -d") == R"(("a") OR ("b") OR (("c") NOT ("d")))");
  CHECK(fts5_query(R"(a or"b")") == R"(("a") OR ("b"))");
  CHECK(fts5_query("or") == R"(("or"))");
  CHECK(fts5_query("a or") == R"(("a" "or"))");
  CHECK(fts5_query("a or ") == R"(("a" "or"))");
  CHECK(fts5_query("orange nor a") == R"(("orange" "nor" "a"))");
}

TEST_CASE("each side of an `or` names something to be found") {
  for (const std::string_view text :
       {"", "-a", "a or -b", "-a or b", "...", "\"\"", "- - !", "a or !"}) {
    INFO(text);
    CHECK(fts5_query(text).empty());
    CHECK(!read_search(kSearched, text, Dialect::sqlite).has_value());
    CHECK(!read_search(kSearched, text, Dialect::postgres).has_value());
  }
}

TEST_CASE("a search has a text of a bounded length, and a database that can") {
  CHECK(read_search(kSearched, "a b", Dialect::sqlite)->text == R"(("a" "b"))");
  CHECK(read_search(kSearched, "a b", Dialect::postgres)->text == "a b");
  CHECK(read_search(kUnsearched, "a", Dialect::sqlite).error().find("cannot be searched") !=
        std::string::npos);
  CHECK(read_search(kUnsearched, "a", Dialect::postgres).has_value());
  CHECK(read_search(kSearched, std::string(kMaxSearchText, 'a'), Dialect::sqlite).has_value());
  CHECK(!read_search(kSearched, std::string(kMaxSearchText + 1, 'a'), Dialect::sqlite).has_value());
  CHECK(!read_search(kSearched, std::string_view("a\0b", 3), Dialect::sqlite).has_value());
}

}  // namespace
}  // namespace sqlxc::query
