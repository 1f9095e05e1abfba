#include <catch2/catch.hpp>

#include <memory>
#include <string>

#include <sqlxc/db/connection.h>
#include <sqlxc/query/sql.h>
#include <sqlxc/rest/parse_query.h>
#include <sqlxc/rest/render.h>
#include <sqlxc/rest/sqlite_row.h>
#include <sqlxc/rest/url.h>

#include "query_library_model.h"

namespace sqlxc {
namespace {

using library::kBooks;
using library::kModel;
using library::kPeople;
using query::Dialect;

std::unique_ptr<db::Connection> open_library() {
  auto opened = db::Connection::open({.path = ":memory:"});
  REQUIRE(opened.has_value());
  auto connection = std::move(*opened);
  const std::string_view statements[] = {
      R"(CREATE TABLE people (id INTEGER PRIMARY KEY, name TEXT, teacher_id INTEGER))",
      R"(CREATE TABLE books (id INTEGER PRIMARY KEY, title TEXT, data TEXT, tags TEXT, lent TEXT,
           cover BLOB, words TEXT, author_id INTEGER, editor_id INTEGER,
           price TEXT COLLATE sqlxc_decimal, bought_at TEXT, "shelf mark" TEXT))",
      R"(INSERT INTO people VALUES (1, 'Ada', NULL), (2, 'Bo', 1), (3, 'Cy', 1))",
      R"(INSERT INTO books (id, title, data, tags, author_id, editor_id, price) VALUES
           (1, 'One', '{"a":{"b":[10, {"c d":"x\"y"}]},"$.n":null,"n": 1.50}', '["x","y"]', 1, 2, '1.10'),
           (2, 'Two', '[1,[2,3]]', '["y"]', 1, NULL, '2.20'),
           (3, 'Six', NULL, NULL, 2, 2, NULL))"};
  for (std::string_view sql : statements) {
    auto cursor = connection->query(sql);
    REQUIRE(cursor.has_value());
    cursor->next();
  }
  return connection;
}

std::string rows_of(query::EntityIndex entity, std::string_view url) {
  static const std::unique_ptr<db::Connection> connection = open_library();
  const auto parameters = rest::parse_query_string(url);
  REQUIRE(parameters.has_value());
  const auto parsed =
      rest::parse_query(kModel, entity, *parameters, rest::Shape::list, Dialect::sqlite);
  if (!parsed) FAIL(parsed.error().code << " " << parsed.error().message);
  const auto select = query::print_select(kModel, parsed->query, Dialect::sqlite);
  INFO(select.statement.sql);
  auto cursor = connection->query(select.statement.sql, select.statement.binds);
  REQUIRE(cursor.has_value());
  std::string rows;
  while (cursor->next()) {
    rest::append_row(rows, select.columns, rest::SqliteRow{*cursor});
  }
  if (cursor->has_failed()) FAIL(cursor->error().message);
  return rows;
}

TEST_CASE("paths walk stored JSON as PostgreSQL's arrows do, whatever the keys") {
  CHECK(rows_of(kBooks, "select=data->a->b->0,x:data->a->b->-1->>\"c d\"&id=eq.1") ==
        R"({"b":10,"x":"x\"y"})");
  CHECK(rows_of(kBooks, "select=j:data->\"$.n\",t:data->>\"$.n\",n:data->n&id=eq.1") ==
        R"({"j":null,"t":null,"n":1.50})");
  CHECK(rows_of(kBooks, "select=data->1->>0,x:data->9,y:data->k&id=eq.2") ==
        R"({"data":"2","x":null,"y":null})");
  CHECK(rows_of(kBooks, "select=id&data->a->b->>0=eq.10") == R"({"id":1})");
  CHECK(rows_of(kBooks, "select=id&order=data->>n.desc.nullslast,id.desc&limit=2") ==
        R"({"id":1}{"id":3})");
}

TEST_CASE("arrays are compared by their elements") {
  CHECK(rows_of(kBooks, "select=id&tags=cs.{y}&order=id") == R"({"id":1}{"id":2})");
  CHECK(rows_of(kBooks, "select=id&tags=cd.{y,z}") == R"({"id":2})");
  CHECK(rows_of(kBooks, "select=id&tags=ov.{x,z}") == R"({"id":1})");
  CHECK(rows_of(kBooks, "select=id&tags=not.cs.{x}") == R"({"id":2})");
  CHECK(rows_of(kBooks, "select=id&tags->>0=eq.y") == R"({"id":2})");
}

TEST_CASE("spread rows stand in their parent, many of them as arrays, however nested") {
  CHECK(rows_of(kBooks, "select=id,...author(by:name)&order=id&limit=1") ==
        R"({"id":1,"by":"Ada"})");
  CHECK(rows_of(kPeople,
                "select=name,...books!books_author_fkey(titles:title,...editor(by:name))"
                "&books.order=id&order=id&limit=2") ==
        R"({"name":"Ada","titles":["One","Two"],"by":["Bo",null]})"
        R"({"name":"Bo","titles":["Six"],"by":["Bo"]})");
  CHECK(
      rows_of(kPeople, "select=...people(pupils:name,...books!author_id(titles:title))&id=eq.1") ==
      R"({"pupils":["Bo","Cy"],"titles":[["Six"],[]]})");
  CHECK(rows_of(kPeople,
                "select=people(name,...edited(titles:title))&people.edited.order=id&id=eq.1") ==
        R"({"people":[{"name":"Bo","titles":["One","Six"]},{"name":"Cy","titles":[]}]})");
}

TEST_CASE("aggregates have PostgreSQL's digits") {
  CHECK(rows_of(kBooks, "select=author_id,price.sum(),n:count(),p:price.count()&order=author_id") ==
        R"({"author_id":1,"sum":3.30,"n":2,"p":2}{"author_id":2,"sum":null,"n":1,"p":0})");
  CHECK(rows_of(kBooks, "select=price.avg(),i:id.avg(),m:price.max()") ==
        R"({"avg":1.6500000000000000,"i":2.0000000000000000,"m":2.20})");
  CHECK(rows_of(kBooks, "select=i:author_id.avg()") == R"({"i":1.3333333333333333})");
  CHECK(rows_of(kPeople, "select=name,edited(author_id,count())&id=eq.2&edited.order=author_id") ==
        R"({"name":"Bo","edited":[{"author_id":1,"count":1},{"author_id":2,"count":1}]})");
  CHECK(rows_of(kBooks, "select=...author(name),n:count()&order=author(name)") ==
        R"({"name":"Ada","n":2}{"name":"Bo","n":1})");
}

TEST_CASE("a relation with no members filters, and one row sorts") {
  CHECK(rows_of(kPeople, "select=id,edited()&edited=is.null&order=id") == R"({"id":1}{"id":3})");
  CHECK(rows_of(kBooks, "select=id,editor()&or=(editor.is.null,title.eq.Six)&order=id") ==
        R"({"id":2}{"id":3})");
  CHECK(rows_of(kBooks, "select=id,author(name)&order=author(name).desc,id&limit=1") ==
        R"({"id":3,"author":{"name":"Bo"}})");
  CHECK(rows_of(kBooks, "select=id,author()&order=author(name).desc,id&limit=1") == R"({"id":3})");
}

TEST_CASE("any and all are the comparisons of a list") {
  CHECK(rows_of(kBooks, "select=id&title=like(any).{O*,*x}&order=id") == R"({"id":1}{"id":3})");
  CHECK(rows_of(kBooks, "select=id&id=gt(all).{1,2}") == R"({"id":3})");
  CHECK(rows_of(kBooks, "select=id&title=imatch(all).{^t,O$}") == R"({"id":2})");
}

TEST_CASE("like minds case, and what GLOB alone means has no meaning in it") {
  CHECK(rows_of(kBooks, "select=id&title=like.o*") == "");
  CHECK(rows_of(kBooks, "select=id&title=like.O_e") == R"({"id":1})");
  CHECK(rows_of(kBooks, "select=id&title=like.O?e") == "");
  CHECK(rows_of(kBooks, "select=id&title=like.[O]ne") == "");
  CHECK(rows_of(kBooks, "select=id&title=like.O\\_e") == "");
}

}  // namespace
}  // namespace sqlxc
