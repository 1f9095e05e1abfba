#include <sqlxc/rest/parse_query.h>

#include <catch2/catch.hpp>

#include <string>

#include <sqlxc/rest/problems.h>

#include "blog_model.h"

namespace sqlxc::rest {
namespace {

using blog::kModel;
using query::Comparison;

std::expected<ParsedQuery, http::Problem> read(query::EntityIndex entity, std::string_view url,
                                               Shape shape = Shape::list) {
  const auto parameters = parse_query_string(url);
  if (!parameters) return std::unexpected(parameters.error());
  return parse_query(kModel, entity, *parameters, shape, query::Dialect::sqlite);
}

int status_of(query::EntityIndex entity, std::string_view url, Shape shape = Shape::list) {
  const auto parsed = read(entity, url, shape);
  return parsed ? 200 : parsed.error().status;
}

std::string hint_of(query::EntityIndex entity, std::string_view url) {
  const auto parsed = read(entity, url);
  return parsed ? "" : parsed.error().hint;
}

TEST_CASE("lists take quoted values with escapes") {
  const auto parsed = read(blog::kUsers, R"(name=in.(a,"b,c","d\"e\\",%C3%A4))");
  REQUIRE(parsed.has_value());
  const auto& values = parsed->query.filter.children.at(0).values;
  REQUIRE(values.size() == 4);
  CHECK(values[1].text == "b,c");
  CHECK(values[2].text == "d\"e\\");
  CHECK(values[3].text == "\xC3\xA4");
}

TEST_CASE("a value outside a list is taken whole") {
  const auto parsed = read(blog::kUsers, "name=eq.a,b).c%22");
  REQUIRE(parsed.has_value());
  CHECK(parsed->query.filter.children.at(0).values.at(0).text == "a,b).c\"");
}

TEST_CASE("not, is and isdistinct") {
  const auto parsed =
      read(blog::kUsers, "age=not.is.null&bio=is.not_null&name=isdistinct.x&age=isdistinct.null");
  REQUIRE(parsed.has_value());
  const auto& children = parsed->query.filter.children;
  REQUIRE(children.size() == 4);
  CHECK(children[0].is_negated);
  CHECK(children[0].comparison == Comparison::is_null);
  CHECK(children[1].is_negated);
  CHECK(children[2].comparison == Comparison::is_distinct);
  CHECK(children[3].values.at(0).is_null());
}

TEST_CASE("filters, order and limits reach embedded relations by name and by alias") {
  const auto parsed =
      read(blog::kUsers,
           "select=id,mine:posts(id,comments(id))&mine.title=eq.x&posts.limit=3&"
           "mine.order=id.desc&mine.comments.body=like.a*&mine.or=(id.eq.1,id.eq.2)");
  REQUIRE(parsed.has_value());
  const query::Query& posts = parsed->query.embeds.at(0).query;
  CHECK(posts.filter.children.size() == 2);
  CHECK(posts.limit == 3);
  CHECK(posts.order.at(0).descending);
  CHECK(posts.embeds.at(0).query.filter.children.size() == 1);
  CHECK(parsed->query.filter.children.empty());
}

TEST_CASE("relations are found by name, by table and by foreign key") {
  CHECK(status_of(blog::kPosts, "select=id,author(name)") == 200);
  CHECK(status_of(blog::kPosts, "select=id,users(name)") == 200);
  CHECK(status_of(blog::kPosts, "select=id,users!posts_author_id_fkey(name)") == 200);
  CHECK(status_of(blog::kPosts, "select=id,author!inner(name)") == 200);
  CHECK(status_of(blog::kPosts, "select=id,writer(name)") == 400);
}

TEST_CASE("mistakes are the client's and name a near candidate") {
  CHECK(hint_of(blog::kUsers, "emial=eq.x") == "did you mean `email`?");
  CHECK(hint_of(blog::kUsers, "age=eqq.1") == "did you mean `eq`?");
  CHECK(hint_of(blog::kPosts, "select=autor(*)") == "did you mean `author`?");
  CHECK(hint_of(blog::kUsers, "order=naem") == "did you mean `name`?");
  CHECK(unknown_table(kModel, "pots").hint == "did you mean `posts`?");
}

TEST_CASE("what cannot be read is a 400") {
  const std::string_view urls[] = {"limit=x",
                                   "offset=99999999999999999999",
                                   "limit=1&limit=2",
                                   "select=id,id,x:id,x:name",
                                   "select=id,",
                                   "select=posts(id",
                                   "select=posts(id))",
                                   "select=id::uuid",
                                   "select=email::int",
                                   "select=...posts",
                                   "select=...posts(id",
                                   "select=id.median()",
                                   "select=id::fakecolumntype",
                                   "select=name->a",
                                   "select=(id)",
                                   "age=eq.abc",
                                   "age=eq.99999999999",
                                   "age=eq",
                                   "age=",
                                   "age=is.maybe",
                                   "age=is.true",
                                   "age=like.1*",
                                   "age=in.1,2",
                                   "name=like.a%5C",
                                   "name=ilike.%5C%5C%5C",
                                   "age=in.(1,2",
                                   "or=age.eq.1",
                                   "or=(age.eq.1",
                                   "or=()",
                                   "or=(age.eq.1))",
                                   "name=eq.%00",
                                   "name=eq.%FF",
                                   "%FF=eq.1",
                                   "after=1,2,3",
                                   "after=x",
                                   "posts.title=eq.x",
                                   "on_conflict=id",
                                   "order=id.sideways",
                                   "order=posts(id)"};
  for (std::string_view url : urls) {
    INFO(url);
    CHECK(status_of(blog::kUsers, url) == 400);
  }
}

TEST_CASE("work is bounded: ten thousand filters, deep logic, deep embedding, long lists") {
  std::string many = "or=(";
  for (int i = 0; i < 10'000; ++i) many += i == 0 ? "age.eq.1" : ",age.eq.1";
  CHECK(status_of(blog::kUsers, many + ")") == 400);
  std::string repeated;
  for (int i = 0; i < 10'000; ++i) repeated += "age=eq.1&";
  CHECK(status_of(blog::kUsers, repeated) == 400);
  CHECK(status_of(blog::kUsers, "or=" + std::string(10'000, '(')) == 400);
  std::string logic;
  for (int i = 0; i < 30; ++i) logic += "and(";
  CHECK(status_of(blog::kUsers, "or=(" + logic + "age.eq.1" + std::string(31, ')')) == 400);
  std::string deep = "select=id";
  for (int i = 0; i < 30; ++i) deep += i % 2 == 0 ? ",posts(id" : ",author(id";
  CHECK(status_of(blog::kUsers, deep + std::string(30, ')')) == 400);
  std::string list = "age=in.(1";
  for (int i = 0; i < 6'000; ++i) list += ",1";
  CHECK(status_of(blog::kUsers, list + ")") == 400);
}

TEST_CASE("writes take what has sense for them") {
  CHECK(status_of(blog::kUsers, "limit=1", Shape::write) == 400);
  CHECK(status_of(blog::kUsers, "id=eq.1", Shape::insert) == 400);
  CHECK(status_of(blog::kUsers, "id=eq.1", Shape::item) == 400);
  CHECK(status_of(blog::kUsers, "on_conflict=email", Shape::insert) == 200);
  CHECK(status_of(blog::kUsers, "on_conflict=name", Shape::insert) == 400);
  CHECK(read(blog::kUsers, "id=eq.1&select=id", Shape::write)->has_filter);
}

TEST_CASE("keys of several columns stand with commas, encoded commas are part of a value") {
  const query::Entity& entity = kModel.entities[blog::kPostTags];
  const auto key = parse_key(entity, "3,1", query::Dialect::sqlite);
  REQUIRE(key.has_value());
  CHECK(key->at(1).integer == 1);
  CHECK_FALSE(parse_key(entity, "3", query::Dialect::sqlite).has_value());
  CHECK_FALSE(parse_key(entity, "3,", query::Dialect::sqlite).has_value());
  CHECK_FALSE(parse_key(entity, "3,1,2", query::Dialect::sqlite).has_value());
  CHECK_FALSE(parse_key(entity, "3%2C1", query::Dialect::sqlite).has_value());
  CHECK_FALSE(parse_key(kModel.entities[blog::kUsers], "1%00", query::Dialect::sqlite).has_value());
}

}  // namespace
}  // namespace sqlxc::rest
