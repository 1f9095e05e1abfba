#include <catch2/catch.hpp>

#include <sqlxc/rules/regex.h>
#include <sqlxc/value/pattern.h>

#include <string>

namespace {

using namespace sqlxc;
using value::translate_pattern;

std::string translated(std::string_view pattern) {
  const auto result = translate_pattern(pattern);
  return result ? result->re2 : "no: " + result.error();
}

TEST_CASE("a regular expression is translated as PostgreSQL means it, or not at all") {
  CHECK(translated("^[a-z]+$") == "^[a-z]+$");
  CHECK(translated("^\\d{4}$") == "^[[:digit:]]{4}$");
  CHECK(translated("[\\w.-]\\s") == "[[:alnum:]_.-][[:space:]]");
  CHECK(translated("\\Aa\\Z") == "\\Aa\\z");
  CHECK(translated("\\u0041\\n") == "\\x{0041}\\n");
  CHECK(translated("[]a]") == "[\\]a]");
  CHECK(translated("[[]") == "[\\[]");
  CHECK(translated("a\\B") == "a\\\\");
  CHECK(translated("\\mword\\M") == "\\bword\\b");
  CHECK(translated("(a)\\1") == "no: a back reference");
  CHECK(translated("a(?=b)") == "no: a look ahead");
  CHECK(translated("***=a.b") == "no: a pattern that is no regular expression");
  CHECK(translated("[[.hyphen.]]") == "no: a collating element");
  CHECK(translate_pattern("(?i)abc")->ignores_case);
  CHECK_FALSE(translate_pattern("^[a-z0-9]+$")->depends_on_locale);
  CHECK(translate_pattern("\\w")->depends_on_locale);
  CHECK(translate_pattern("a", true)->depends_on_locale);
}

TEST_CASE(
    "\\s is any space, \\v among them; a class knows letters beyond ASCII only by the locale") {
  const rules::Regex space("^a\\sb$");
  CHECK(space.search("a\vb") == rules::Tri::yes);
  CHECK(space.search("a-b") == rules::Tri::no);
  CHECK(space.search("a\u2003b") == rules::Tri::unknown);
}

TEST_CASE("looks ahead at the beginning are conditions of their own") {
  const auto parts = value::split_looks_ahead("^(?=.*[A-Z])(?!.*x)[^ ]{8,}$");
  REQUIRE(parts.size() == 3);
  CHECK(parts[0].pattern == "^(?:.*[A-Z])");
  CHECK(parts[1].pattern == "^(?:.*x)");
  CHECK(parts[1].is_negated);
  CHECK(parts[2].pattern == "^[^ ]{8,}$");
  CHECK(value::split_looks_ahead("^(?=a)b|c").size() == 1);
  CHECK(value::split_looks_ahead("^(?=a").size() == 1);
  CHECK(value::split_looks_ahead("^(?=[)])a$").size() == 2);
}

TEST_CASE("SIMILAR TO and GLOB are regular expressions") {
  const auto similar = [](std::string_view pattern, std::string_view text) {
    return rules::Regex(*value::pattern_of_similar(pattern, '\\')).search_ascii(text);
  };
  CHECK(similar("(a|b)%", "axyz"));
  CHECK_FALSE(similar("(a|b)%", "cxyz"));
  CHECK(similar("a.c", "a.c"));
  CHECK_FALSE(similar("a.c", "abc"));
  CHECK(similar("a\\%", "a%"));
  CHECK(similar("[a-c]_", "b\n"));
  CHECK_FALSE(value::pattern_of_similar("a\\", '\\'));
  const auto glob = [](std::string_view pattern, std::string_view text) {
    return rules::Regex(value::pattern_of_glob(pattern)).search_ascii(text);
  };
  CHECK(glob("*.txt", "a.txt"));
  CHECK_FALSE(glob("*.txt", "atxt"));
  CHECK(glob("[0-9][0-9]?", "12x"));
  CHECK(glob("[^a]", "b"));
  CHECK_FALSE(glob("[^a]", "a"));
  CHECK(glob("[]x]", "]"));
  CHECK_FALSE(glob("a[", "a["));
}

TEST_CASE("a pattern of LIKE as one of GLOB") {
  CHECK(value::glob_of_like("a%_b", '\\') == "a*?b");
  CHECK(value::glob_of_like("\\%*?[", '\\') == "%[*][?][[]");
  CHECK(value::glob_of_like("\\%", '\0') == "\\*");
  CHECK_FALSE(value::glob_of_like("a\\", '\\').has_value());
}

}  // namespace
