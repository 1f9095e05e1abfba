#include <sqlxc/query/sql.h>

#include <catch2/catch.hpp>

#include <string>
#include <vector>

#include <sqlxc/rest/parse_query.h>
#include <sqlxc/rest/url.h>

#include "query_library_model.h"

namespace sqlxc {
namespace {

using library::kModel;
using query::Dialect;
using query::Query;
using value::Value;

Query parse(query::EntityIndex entity, std::string_view url,
            rest::Shape shape = rest::Shape::list) {
  const auto parameters = rest::parse_query_string(url);
  REQUIRE(parameters.has_value());
  auto parsed = rest::parse_query(kModel, entity, *parameters, shape, Dialect::postgres);
  if (!parsed) FAIL(parsed.error().code << " " << parsed.error().message);
  return std::move(parsed->query);
}

query::Select print(query::EntityIndex entity, std::string_view url) {
  return query::print_select(kModel, parse(entity, url), Dialect::postgres);
}

std::string sql_of(query::EntityIndex entity, std::string_view url) {
  return print(entity, url).statement.sql;
}

std::string where_of(std::string_view url) {
  const std::string sql = sql_of(library::kBooks, "select=id&" + std::string(url));
  const std::size_t at = sql.find(" WHERE ");
  return at == sql.npos ? sql : sql.substr(at + 7);
}

TEST_CASE("PostgreSQL's binds are numbered, and a list is one bind however long it is") {
  const auto select = print(library::kBooks, "select=id&id=in.(1,2)&title=eq.x&limit=87&offset=4");
  CHECK(select.statement.sql ==
        "SELECT t0.\"id\" FROM \"books\" AS t0 WHERE t0.\"id\" = ANY($1) AND t0.\"title\" = $2 "
        "LIMIT $3 OFFSET $4");
  CHECK(select.statement.binds[0].text == "{\"1\",\"2\"}");
  CHECK(where_of("id=in.()") == "t0.\"id\" = ANY($1)");
  const auto quoted = print(library::kBooks, "title=in.(\"a,b\",\"c%5C%22d\")");
  CHECK(quoted.statement.binds[0].text == "{\"a,b\",\"c\\\"d\"}");
}

TEST_CASE("conditions may stand in spaces") {
  const std::string spaced =
      where_of("and=( and ( id.in.( 1, 2 ) , id.eq.2 ) , not.or ( id.eq.2 , id.gt.3 ) )");
  CHECK(spaced == where_of("and=(and(id.in.(1,2),id.eq.2),not.or(id.eq.2,id.gt.3))"));
  CHECK(spaced.find("NOT (t0.\"id\" = $3 OR t0.\"id\" > $4)") != spaced.npos);
}

TEST_CASE("the planner is told the limits that are common") {
  for (const std::string limit : {"0", "1", "20", "25", "100", "1000"}) {
    CHECK(sql_of(library::kBooks, "select=id&limit=" + limit).ends_with(" LIMIT " + limit));
  }
  for (const std::string limit : {"21", "99", "110", "1001", "5000"}) {
    CHECK(sql_of(library::kBooks, "select=id&limit=" + limit).ends_with(" LIMIT $1"));
  }
}

TEST_CASE("every operator has PostgreSQL's word") {
  CHECK(where_of("title=match.^a") == "t0.\"title\" ~ $1");
  CHECK(where_of("title=imatch.^a") == "t0.\"title\" ~* $1");
  CHECK(where_of("title=ilike.a*") == "t0.\"title\" ILIKE $1");
  CHECK(where_of("title=isdistinct.null") == "t0.\"title\" IS DISTINCT FROM $1");
  CHECK(where_of("tags=cs.{a}") == "t0.\"tags\" @> $1");
  CHECK(where_of("tags=not.cd.{a}") == "NOT (t0.\"tags\" <@ $1)");
  CHECK(where_of("tags=ov.{a}") == "t0.\"tags\" && $1");
  CHECK(where_of("lent=sl.[2026-01-01,2026-02-01)") == "t0.\"lent\" << $1");
  CHECK(where_of("lent=sr.[2026-01-01,2026-02-01)") == "t0.\"lent\" >> $1");
  CHECK(where_of("lent=nxr.[2026-01-01,2026-02-01)") == "t0.\"lent\" &< $1");
  CHECK(where_of("lent=nxl.[2026-01-01,2026-02-01)") == "t0.\"lent\" &> $1");
  CHECK(where_of("lent=adj.[2026-01-01,2026-02-01)") == "t0.\"lent\" -|- $1");
  CHECK(where_of("data->>a=eq.1") == "(t0.\"data\"->>$1::text) = $2");
  CHECK(where_of("tags->0=eq.%22a%22") == "(to_jsonb(t0.\"tags\")->$1::int4) = $2");
  CHECK(where_of("is_old=is.true") == "\"public\".\"is_old\"(t0) IS TRUE");
}

TEST_CASE("full text asks vectors as they are and makes one of everything else") {
  CHECK(where_of("words=fts.cat") == "t0.\"words\" @@ to_tsquery($1)");
  CHECK(where_of("words=plfts(french).chat") ==
        "t0.\"words\" @@ plainto_tsquery($1::regconfig, $2)");
  CHECK(where_of("title=wfts.cat") == "to_tsvector(t0.\"title\") @@ websearch_to_tsquery($1)");
  CHECK(where_of("data=phfts(english).cat") ==
        "to_tsvector($1::regconfig, t0.\"data\") @@ phraseto_tsquery($2::regconfig, $3)");
}

TEST_CASE("any and all take a list as one bind") {
  CHECK(where_of("id=gt(all).{4,3}") == "t0.\"id\" > ALL($1)");
  const auto select = print(library::kBooks, "title=like(any).{*a*,%22b,c%22}");
  CHECK(select.statement.sql.ends_with("WHERE t0.\"title\" LIKE ANY($1)"));
  CHECK(select.statement.binds[0].text == "{\"%a%\",\"b,c\"}");
}

TEST_CASE("rows of PostgreSQL have numbered members, so that no key is text of the statement") {
  const auto select =
      print(library::kPeople, "select=%22a'b%22:name,edited(%22c;d%22:title,cover)");
  CHECK(select.statement.sql ==
        "SELECT t0.\"name\", (SELECT coalesce(json_agg(x), '[]') FROM (SELECT t1.\"title\" AS f1, "
        "translate(encode(t1.\"cover\", 'base64'), chr(10), '') AS f2 FROM \"books\" AS t1 WHERE "
        "t1.\"editor_id\" = t0.\"id\") AS x) FROM \"people\" AS t0");
  REQUIRE(select.columns.size() == 2);
  REQUIRE(select.columns[1].shape.size() == 2);
  CHECK(select.columns[1].shape[0].key == "{\"c;d\":");
  CHECK(select.columns[1].shape[1].key == ",\"cover\":");
}

TEST_CASE("a row by a key is joined, and an inner one leaves rows out") {
  CHECK(sql_of(library::kBooks, "select=id,author!inner(name)&author.name=eq.Bo") ==
        "SELECT t0.\"id\", t1.\"id\", t1.\"name\" FROM \"books\" AS t0 JOIN \"people\" AS t1 ON "
        "t1.\"id\" = t0.\"author_id\" AND t1.\"name\" = $1");
  CHECK(sql_of(library::kPeople, "select=id,edited!inner()") ==
        "SELECT t0.\"id\" FROM \"people\" AS t0 WHERE EXISTS (SELECT 1 FROM \"books\" AS t1 WHERE "
        "t1.\"editor_id\" = t0.\"id\")");
}

TEST_CASE("types that only PostgreSQL knows come as its JSON, or as text for CSV") {
  CHECK(sql_of(library::kBooks, "select=lent") ==
        "SELECT to_json(t0.\"lent\") FROM \"books\" AS t0");
  const auto text = query::print_select(kModel, parse(library::kBooks, "select=lent"),
                                        Dialect::postgres, {.as_text = true});
  CHECK(text.statement.sql == "SELECT t0.\"lent\" FROM \"books\" AS t0");
}

TEST_CASE("aggregates group by what stands beside them") {
  CHECK(sql_of(library::kBooks, "select=title,price.sum(),n:count()") ==
        "SELECT t0.\"title\", sum(t0.\"price\"), count(*) FROM \"books\" AS t0 GROUP BY "
        "t0.\"title\"");
  CHECK(sql_of(library::kBooks, "select=k:data->>kind,price::numeric.avg()::text") ==
        "SELECT (t0.\"data\"->>$1::text), avg(t0.\"price\"::numeric)::text FROM \"books\" AS t0 "
        "GROUP BY 1");
  CHECK(sql_of(library::kBooks, "select=...author(name),price.max()") ==
        "SELECT t1.\"name\", max(t0.\"price\") FROM \"books\" AS t0 LEFT JOIN \"people\" AS t1 ON "
        "t1.\"id\" = t0.\"author_id\" GROUP BY t1.\"name\"");
  const auto count = query::print_count(
      kModel, parse(library::kBooks, "select=title,count()&limit=1"), Dialect::postgres);
  CHECK(count.sql ==
        "SELECT count(*) FROM (SELECT t0.\"title\", count(*) FROM \"books\" AS t0 GROUP BY "
        "t0.\"title\") AS x");
}

TEST_CASE("an order may be of a path or of a relation to one row") {
  CHECK(sql_of(library::kBooks, "select=id&order=data->a.desc.nullslast,id.desc") ==
        "SELECT t0.\"id\" FROM \"books\" AS t0 ORDER BY (t0.\"data\"->$1::text) DESC NULLS LAST, "
        "t0.\"id\" DESC");
  CHECK(sql_of(library::kBooks, "select=id,author(name)&order=author(name)") ==
        "SELECT t0.\"id\", t1.\"id\", t1.\"name\" FROM \"books\" AS t0 LEFT JOIN \"people\" AS t1 "
        "ON t1.\"id\" = t0.\"author_id\" ORDER BY t1.\"name\"");
  CHECK(sql_of(library::kBooks, "select=id,author()&order=author(name)") ==
        "SELECT t0.\"id\" FROM \"books\" AS t0 ORDER BY (SELECT t1.\"name\" FROM \"people\" AS t1 "
        "WHERE t1.\"id\" = t0.\"author_id\" LIMIT 1)");
}

TEST_CASE("functions are read from, arguments by name, missing ones left to their defaults") {
  Query query = parse(library::kBooks, "select=id&id=gt.1");
  query.call = query::Call{.function = 0, .arguments = {Value::of_text("x"), Value()}};
  CHECK(query::print_select(kModel, query, Dialect::postgres).statement.sql ==
        "SELECT t0.\"id\" FROM \"public\".\"search\"(\"term\" := $1::text) AS t0 WHERE t0.\"id\" > "
        "$2");
  query.call->arguments[1] = Value::of_text("[\"a\",\"b c\"]");
  const auto variadic = query::print_select(kModel, query, Dialect::postgres).statement;
  CHECK(variadic.sql.find("VARIADIC \"kinds\" := $2::text[]") != variadic.sql.npos);
  CHECK(variadic.binds[1].text == "{\"a\",\"b c\"}");
  Query scalar = parse(library::kFound, "");
  scalar.call = query::Call{.function = 1, .arguments = {Value::of_integer(7)}};
  CHECK(query::print_select(kModel, scalar, Dialect::postgres).statement.sql ==
        "SELECT t0.\"found\" FROM \"public\".\"count_of\"(\"id\" := $1::bigint) AS t0(\"found\")");
}

TEST_CASE("a named query's parameters are binds of the statement around it") {
  Query query = parse(library::kBooks, "select=id&title=eq.x");
  query.call = query::Call{.function = 2, .arguments = {Value::of_integer(7)}};
  CHECK(query::print_select(kModel, query, Dialect::postgres).statement.sql ==
        "SELECT t0.\"id\" FROM (SELECT * FROM books WHERE id = $1::bigint OR author_id = "
        "$1::bigint OR title = '$1') AS t0 WHERE t0.\"title\" = $2");
  CHECK(query::print_select(kModel, query, Dialect::sqlite).statement.sql ==
        "SELECT t0.\"id\" FROM (SELECT * FROM books WHERE id = ? OR author_id = ?1 OR title = "
        "'$1') AS t0 WHERE t0.\"title\" = ?");
}

TEST_CASE("rows of a function of the row come from it, as do computed columns") {
  CHECK(sql_of(library::kBooks, "select=is_old,readers(name)") ==
        "SELECT \"public\".\"is_old\"(t0), (SELECT coalesce(json_agg(x), '[]') FROM (SELECT "
        "t1.\"name\" AS f1 FROM \"public\".\"readers\"(t0) AS t1) AS x) FROM \"books\" AS t0");
}

std::vector<Value> book(std::int64_t id, std::string title) {
  std::vector<Value> row(std::size(library::kBookFields));
  row[0] = Value::of_integer(id);
  row[1] = Value::of_text(std::move(title));
  return row;
}

std::string change_of(const query::Change& change, std::string_view url) {
  return query::print_change(kModel, change, parse(library::kBooks, url, rest::Shape::write), false)
      .statement.sql;
}

TEST_CASE("a write that shows its rows alone is one command") {
  query::Insert insert{.entity = library::kBooks, .rows = {book(1, "a")}, .target = {}};
  CHECK(change_of(insert, "select=id") ==
        "INSERT INTO \"books\" AS t0 (\"id\", \"title\") VALUES ($1, $2) RETURNING t0.\"id\"");
  insert.rows = {std::vector<Value>(std::size(library::kBookFields))};
  CHECK(change_of(insert, "select=id") ==
        "INSERT INTO \"books\" AS t0 DEFAULT VALUES RETURNING t0.\"id\"");
  query::Update update{.entity = library::kBooks, .values = book(1, "b"), .filter = {}};
  update.filter = parse(library::kBooks, "title=eq.a").filter;
  CHECK(change_of(update, "select=is_old") ==
        "UPDATE \"books\" AS t0 SET \"id\" = $1, \"title\" = $2 WHERE t0.\"title\" = $3 RETURNING "
        "\"public\".\"is_old\"(t0)");
  update.values.assign(std::size(library::kBookFields), Value());
  CHECK(change_of(update, "select=title") ==
        "SELECT t0.\"title\" FROM \"books\" AS t0 WHERE t0.\"title\" = $1");
  query::Delete del{.entity = library::kBooks, .filter = update.filter};
  Query nothing;
  nothing.entity = library::kBooks;
  CHECK(query::print_change(kModel, del, nothing, false).statement.sql ==
        "DELETE FROM \"books\" AS t0 WHERE t0.\"title\" = $1");
}

TEST_CASE("many rows of the same columns are one text however many they are") {
  query::Insert insert{
      .entity = library::kBooks, .rows = {book(1, "a"), book(2, "b\"")}, .target = {}};
  const auto two = query::print_change(kModel, insert, parse(library::kBooks, "select=id"), true);
  CHECK(two.statement.sql ==
        "INSERT INTO \"books\" AS t0 (\"id\", \"title\") SELECT v.c0::bigint, v.c1::text FROM "
        "unnest($1::text[], $2::text[]) AS v(c0, c1) RETURNING t0.\"id\", t0.\"id\"");
  CHECK(two.statement.binds[1].text == "{\"a\",\"b\\\"\"}");
  CHECK(two.key_columns == std::vector<int>{1});
  insert.rows.push_back(book(3, "c"));
  CHECK(query::print_change(kModel, insert, parse(library::kBooks, "select=id"), true)
            .statement.sql == two.statement.sql);
  insert.rows[0][0] = Value();
  CHECK(change_of(insert, "select=id") ==
        "INSERT INTO \"books\" AS t0 (\"id\", \"title\") VALUES (DEFAULT, $1), ($2, $3), ($4, $5) "
        "RETURNING t0.\"id\"");
}

TEST_CASE("an upsert says which rows are new") {
  query::Insert insert{.entity = library::kBooks,
                       .rows = {book(1, "a")},
                       .on_conflict = query::Insert::OnConflict::merge,
                       .target = {0}};
  Query nothing;
  nothing.entity = library::kBooks;
  const auto merged = query::print_change(kModel, insert, nothing, false);
  CHECK(merged.statement.sql ==
        "INSERT INTO \"books\" AS t0 (\"id\", \"title\") VALUES ($1, $2) ON CONFLICT (\"id\") DO "
        "UPDATE SET \"title\" = excluded.\"title\" RETURNING NOT EXISTS (SELECT 1 FROM \"books\" "
        "AS t1 WHERE t1.\"id\" = t0.\"id\")");
  CHECK(merged.new_column == 0);
  insert.on_conflict = query::Insert::OnConflict::ignore;
  insert.target = {};
  CHECK(change_of(insert, "select=id") ==
        "INSERT INTO \"books\" AS t0 (\"id\", \"title\") VALUES ($1, $2) ON CONFLICT DO NOTHING "
        "RETURNING t0.\"id\", TRUE");
}

TEST_CASE("an insert takes as many statements as its values need") {
  query::Insert insert{.entity = library::kBooks, .rows = {}, .target = {}};
  std::vector<Value> row(std::size(library::kBookFields));
  row[0] = Value::of_integer(1);
  insert.rows.assign(100'000, row);
  CHECK(query::rows_at_once(kModel, insert, 0) == 100'000);
  insert.rows[1][1] = Value::of_text("b");
  CHECK(query::rows_at_once(kModel, insert, 0) == 65'534);
  CHECK(query::rows_at_once(kModel, insert, 65'534) == 34'466);
  insert.rows.resize(2);
  CHECK(query::rows_at_once(kModel, insert, 0) == 2);
}

TEST_CASE("what a write shows beyond its rows is read from what it returned, in one statement") {
  query::Delete del{.entity = library::kBooks, .filter = {}};
  del.filter = parse(library::kBooks, "id=eq.1").filter;
  CHECK(change_of(del, "select=title,is_old,author(name),readers(name)&order=price") ==
        "WITH w AS (DELETE FROM \"books\" AS t0 WHERE t0.\"id\" = $1 RETURNING t0.\"title\", "
        "t0.\"author_id\", t0.\"price\", \"public\".\"is_old\"(t0) AS c12, t0 AS r) SELECT "
        "t0.\"title\", t0.c12, t1.\"id\", t1.\"name\", (SELECT coalesce(json_agg(x), '[]') FROM "
        "(SELECT t2.\"name\" AS f1 FROM \"public\".\"readers\"(t0.r) AS t2) AS x) FROM w AS t0 "
        "LEFT JOIN \"people\" AS t1 ON t1.\"id\" = t0.\"author_id\" ORDER BY t0.\"price\"");
}

TEST_CASE("values are bound in the forms that PostgreSQL reads") {
  std::vector<Value> row(std::size(library::kBookFields));
  row[3] = Value::of_text("[\"a\",null,\"b\\\"c\"]");
  row[10] = Value::of_text("2026-01-02 03:04:05");
  const query::Insert insert{.entity = library::kBooks, .rows = {row}, .target = {}};
  const auto binds =
      query::print_change(kModel, insert, parse(library::kBooks, ""), false).statement.binds;
  CHECK(binds[0].text == "{\"a\",NULL,\"b\\\"c\"}");
  CHECK(binds[1].text == "2026-01-02 03:04:05+00");
}

}  // namespace
}  // namespace sqlxc
