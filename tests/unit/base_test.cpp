#include <catch2/catch.hpp>
#include <set>
#include <string>
#include <vector>

#include "compiler/base/diagnostic.h"
#include "compiler/base/json_text.h"
#include "compiler/base/nearest.h"
#include "compiler/base/source.h"
#include "compiler/base/utf8.h"

namespace sqlxc {
namespace {

TEST_CASE("a position counts lines and code points from one") {
  SourceMap sources;
  const SourceId id = sources.add("a.sql", "ab\nc\xC3\xA9x\r\n\nlast");
  CHECK(sources.position(id, 0).line == 1);
  CHECK(sources.position(id, 2).column == 3);
  CHECK(sources.position(id, 6).line == 2);
  CHECK(sources.position(id, 6).column == 3);
  CHECK(sources.line(id, 2) == "c\xC3\xA9x");
  CHECK(sources.line(id, 3).empty());
  CHECK(sources.line(id, 4) == "last");
  CHECK(sources.line(id, 5).empty());
  CHECK(sources.position(id, 9999).line == 4);
}

TEST_CASE("a join covers both ranges and ignores one that is unknown") {
  const SourceRange a{{0}, 4, 6};
  const SourceRange b{{0}, 1, 5};
  CHECK(join(a, b) == SourceRange{{0}, 1, 6});
  CHECK(join(a, {}) == a);
  CHECK(join({}, b) == b);
}

TEST_CASE("UTF-8 is read strictly") {
  CHECK(find_not_utf8("plain text that is longer than a word") == std::string_view::npos);
  CHECK(find_not_utf8("\xF0\x9F\x98\x80 \xE6\xBC\xA2 \xC3\xA9") == std::string_view::npos);
  CHECK(find_not_utf8("12345678\xE9t\xE9") == 8);
  CHECK(find_not_utf8("\xC0\xAF") == 0);          // overlong
  CHECK(find_not_utf8("a\xED\xA0\x80") == 1);     // surrogate
  CHECK(find_not_utf8("\xF4\x90\x80\x80") == 0);  // above U+10FFFF
  CHECK(find_not_utf8("ok\xE2\x82") == 2);        // cut off
}

TEST_CASE("a JSON string escapes what JSON asks for and mends what is not UTF-8") {
  CHECK(json_string("a\"b\\c\n\t\x01") == R"("a\"b\\c\n\t\u0001")");
  CHECK(json_string("\xC3\xA9\xFF") == "\"\xC3\xA9\\ufffd\"");
}

TEST_CASE("the nearest name is found across a swap, a case and a missing letter") {
  const std::vector<std::string_view> names = {"users", "orders", "order_items"};
  CHECK(nearest("usres", names) == "users");
  CHECK(nearest("Users", names) == "users");
  CHECK(nearest("order_item", names) == "order_items");
  CHECK(nearest("customers", names).empty());
  CHECK(nearest("x", names).empty());
  CHECK(did_you_mean("users") == "did you mean `users`?");
  CHECK(did_you_mean("").empty());
}

TEST_CASE("edit distance stops at its limit") {
  CHECK(edit_distance("kitten", "sitting", 9) == 3);
  CHECK(edit_distance("abcd", "badc", 9) == 2);
  CHECK(edit_distance("abcdefgh", "12345678", 3) == 4);
}

TEST_CASE("numbers and names of diagnostics are unique and their texts keep the rules") {
  std::set<int> numbers;
  std::set<std::string_view> names;
  for (const DiagnosticKind* kind : all_diagnostic_kinds()) {
    INFO(kind->name);
    CHECK(numbers.insert(kind->number).second);
    CHECK(names.insert(kind->name).second);
    CHECK(kind->number / 1000 >= 1);
    CHECK(kind->number / 1000 <= 9);
    CHECK_FALSE(kind->text.ends_with('.'));
    for (const char* word : {"invalid", "illegal", "allowed", "please"}) {
      CHECK(kind->text.find(word) == std::string_view::npos);
    }
  }
}

TEST_CASE("a message takes its arguments in order") {
  CHECK(fill("{} and {}", {"a {}", "b"}) == "a {} and b");
  Diagnostics diagnostics;
  CHECK_FALSE(diagnostics.has_errors());
  diagnostics.report<diag::StatementSkipped>({}, "vacuum");
  CHECK_FALSE(diagnostics.has_errors());
  diagnostics.report<diag::SyntaxError>({}, "`x`", "a name");
  CHECK(diagnostics.error_count() == 1);
  CHECK(diagnostics.all().back().message == "unexpected `x`, expected a name");
}

}  // namespace
}  // namespace sqlxc
