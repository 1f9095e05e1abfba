#include <sqlxc/query/sql.h>

#include <catch2/catch.hpp>

#include <sqlxc/query/bounded.h>
#include <sqlxc/rest/parse_query.h>
#include <sqlxc/rest/url.h>

#include "blog_model.h"

namespace sqlxc {
namespace {

using blog::kModel;
using query::Cost;
using query::Dialect;
using query::Query;

Query parse(query::EntityIndex entity, std::string_view url) {
  const auto parameters = rest::parse_query_string(url);
  REQUIRE(parameters.has_value());
  auto parsed = rest::parse_query(kModel, entity, *parameters, rest::Shape::list, Dialect::sqlite);
  if (!parsed) FAIL(parsed.error().message);
  return std::move(parsed->query);
}

query::Statement print(query::EntityIndex entity, std::string_view url) {
  return query::print_select(kModel, parse(entity, url), Dialect::sqlite).statement;
}

TEST_CASE("a select lists columns, binds every value and orders as PostgreSQL does") {
  const auto statement =
      print(blog::kUsers, "select=id,n:name&age=gte.18&name=like.A*&order=age.desc,id&limit=5");
  CHECK(statement.sql ==
        "SELECT t0.\"id\", t0.\"name\" FROM \"users\" AS t0 WHERE t0.\"age\" >= ? AND "
        "t0.\"name\" GLOB ? ORDER BY t0.\"age\" DESC NULLS FIRST, t0.\"id\" LIMIT ?");
  REQUIRE(statement.binds.size() == 3);
  CHECK(statement.binds[0].integer == 18);
  CHECK(statement.binds[1].text == "A*");
  CHECK(statement.binds[2].integer == 5);
}

TEST_CASE("of many patterns the later ones are no constants, beside which SQLite keeps copies") {
  std::string url = "select=id&or=(name.like.a";
  for (int i = 0; i < 8; ++i) url += ",name.ilike.a";
  const auto statement = print(blog::kUsers, url + ",name.match.a,name.like.a)");
  CHECK(statement.sql.find("t0.\"name\" GLOB ? OR ilike(?, t0.\"name\") OR") != std::string::npos);
  CHECK(statement.sql.find("ilike((SELECT ?), t0.\"name\") OR regexp((SELECT ?), t0.\"name\") OR "
                           "t0.\"name\" GLOB (SELECT ?))") != std::string::npos);
  CHECK(statement.binds.size() == 11);
}

TEST_CASE("logic nests, and negation keeps its parentheses") {
  const auto statement =
      print(blog::kUsers, "select=id&or=(age.lt.18,not.and(age.gt.60,name.eq.Bo))&order=id");
  CHECK(statement.sql ==
        "SELECT t0.\"id\" FROM \"users\" AS t0 WHERE (t0.\"age\" < ? OR NOT (t0.\"age\" > ? AND "
        "t0.\"name\" = ?)) ORDER BY t0.\"id\"");
}

TEST_CASE("a cursor over one direction compares rows, so that an index serves") {
  const auto statement = print(blog::kComments, "select=id&order=post_id&after=4,9&limit=2");
  CHECK(statement.sql.find("(t0.\"post_id\", t0.\"id\") > (?, ?)") != std::string::npos);
}

TEST_CASE("a cursor over nullable columns knows where nulls stand") {
  const auto statement = print(blog::kUsers, "select=id&order=age&after=30,9&limit=2");
  CHECK(statement.sql.find("(t0.\"age\" > ? OR t0.\"age\" IS NULL OR (t0.\"age\" = ? AND "
                           "(t0.\"id\" > ?)))") != std::string::npos);
}

TEST_CASE("embedding is one statement, however deep") {
  const auto statement =
      print(blog::kUsers, "select=id,posts(title,comments(body,author(name)))&order=id");
  CHECK(statement.sql.find(';') == std::string::npos);
  CHECK(statement.sql.find("(SELECT sqlxc_array(j) FROM (SELECT sqlxc_object(") !=
        std::string::npos);
}

TEST_CASE("text of a client is a bind, never a part of the statement") {
  const std::string nasty = "x%5C%22)%3B--";
  const auto statement = print(blog::kUsers, "select=%22" + nasty + "%22:name,p:posts(%22" + nasty +
                                                 "%22:title)&name=eq." + nasty);
  CHECK(statement.sql.find("--") == std::string::npos);
}

TEST_CASE("reads by a key or an indexed order with a limit are bounded") {
  CHECK(query::cost_of(kModel, parse(blog::kUsers, "id=eq.1")) == Cost::bounded);
  CHECK(query::cost_of(kModel, parse(blog::kUsers, "email=eq.a")) == Cost::bounded);
  CHECK(query::cost_of(kModel, parse(blog::kPosts, "order=created_at&limit=10")) == Cost::bounded);
  CHECK(query::cost_of(kModel, parse(blog::kPosts, "author_id=eq.1&order=created_at&limit=9")) ==
        Cost::bounded);
  CHECK(query::cost_of(kModel, parse(blog::kUsers, "limit=10&select=id,posts(id)")) ==
        Cost::likely);
}

TEST_CASE("reads that may touch every row are not bounded") {
  CHECK(query::cost_of(kModel, parse(blog::kUsers, "")) == Cost::unbounded);
  CHECK(query::cost_of(kModel, parse(blog::kUsers, "order=age&limit=10")) == Cost::unbounded);
  CHECK(query::cost_of(kModel, parse(blog::kUsers, "age=eq.3&limit=10")) == Cost::unbounded);
  CHECK(query::cost_of(kModel, parse(blog::kUsers, "id=gt.1&bio=is.null&limit=10")) ==
        Cost::unbounded);
  CHECK(query::cost_of(kModel, parse(blog::kActivity, "limit=1")) == Cost::unbounded);
  CHECK(query::cost_of(kModel, parse(blog::kPosts, "author_id=eq.1&order=title&limit=9")) ==
        Cost::likely);
}

TEST_CASE("a replacing insert gives every writable column its new or default value") {
  query::Insert insert;
  insert.entity = blog::kUsers;
  insert.rows.push_back(std::vector<value::Value>(6));
  insert.rows[0][0] = value::Value::of_integer(1);
  insert.rows[0][2] = value::Value::of_text("N");
  insert.on_conflict = query::Insert::OnConflict::replace;
  insert.target = {0};
  const auto statement = query::print_insert(kModel, insert, 0, {0}, Dialect::sqlite);
  CHECK(statement.sql ==
        "INSERT INTO \"users\" (\"id\", \"name\") VALUES (?, ?) ON CONFLICT (\"id\") DO UPDATE SET "
        "\"email\" = excluded.\"email\", \"name\" = excluded.\"name\", \"age\" = excluded.\"age\", "
        "\"bio\" = excluded.\"bio\" RETURNING \"id\"");
}

}  // namespace
}  // namespace sqlxc
