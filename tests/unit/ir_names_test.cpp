#include "compiler/ir/names.h"

#include <catch2/catch.hpp>

using namespace sqlxc::ir;

TEST_CASE("the last word of a table's name is put in the singular") {
  CHECK(singular("users") == "user");
  CHECK(singular("categories") == "category");
  CHECK(singular("order_addresses") == "order_address");
  CHECK(singular("boxes") == "box");
  CHECK(singular("people") == "person");
  CHECK(singular("OrderLines") == "OrderLine");
  CHECK(singular("STATUSES") == "STATUS");
}

TEST_CASE("a word that is singular already stays so") {
  for (const char* word :
       {"status", "news", "address", "bus", "series", "analysis", "data", "user", "gas", "is"}) {
    CHECK(singular(word) == word);
  }
}

TEST_CASE("plural undoes singular") {
  for (const char* word :
       {"users", "categories", "addresses", "boxes", "people", "children", "branches", "days"}) {
    CHECK(plural(singular(word)) == word);
  }
}

TEST_CASE("words are found in every style of naming") {
  CHECK(camel_case("post_status") == "PostStatus");
  CHECK(camel_case("createdAt") == "CreatedAt");
  CHECK(camel_case("HTTPServer") == "HttpServer");
  CHECK(snake_case("OrderLine-Item") == "order_line_item");
  CHECK(camel_case("2fa_codes") == "N2faCodes");
}

TEST_CASE("an identifier is one that C++ leaves to its users") {
  CHECK(cpp_identifier("class") == "class_");
  CHECK(cpp_identifier("_Reserved__name") == "Reserved_name");
  CHECK(cpp_identifier("två ord") == "tva_ord");
  CHECK(cpp_identifier("日") == "u65e5");
  CHECK(cpp_identifier("") == "unnamed");
  CHECK(cpp_identifier("1st") == "n1st");
  CHECK(cpp_identifier("created_at") == "created_at");
}

TEST_CASE("a name is given once, whatever its letter case") {
  UniqueNames names;
  CHECK(names.take({"User"}) == "User");
  CHECK(names.take({"user", "UserRow"}) == "UserRow");
  CHECK(names.take({"USER"}) == "USER_2");
}
