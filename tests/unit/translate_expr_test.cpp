#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "compiler/syntax/parse.h"
#include "compiler/syntax/print.h"
#include "compiler/translate/translate.h"

namespace sqlxc {
namespace {

using translate::Kind;
using translate::Place;

const translate::Relation& orders() {
  static const translate::Relation kOrders = {
      "orders",
      "orders",
      {{"id", "id", {Kind::integer, {}}, false},
       {"name", "name", {Kind::text, {}}, true},
       {"price", "price", {Kind::decimal, {}}, true},
       {"total", "total", {Kind::wide_decimal, {}}, true},
       {"day", "day", {Kind::date, {}}, true},
       {"created", "created", {Kind::timestamptz, {}}, true},
       {"is_open", "is_open", {Kind::boolean, {}}, true},
       {"tags", "tags", {Kind::array, Kind::text}, true},
       {"data", "data", {Kind::json, {}}, true}}};
  return kOrders;
}

std::string in_sqlite(std::string_view text, Dialect from, Place place = Place::check) {
  const auto expr = syntax::parse_expression_text(text, from);
  if (!expr) return "(not parsed)";
  translate::World world;
  translate::Request request;
  request.from = from;
  request.world = &world;
  request.row = &orders();
  request.place = place;
  const auto out = translate::translate(*expr, request);
  return out ? syntax::print(*out, Dialect::sqlite) : "refused: " + out.error().what;
}

std::string default_in_sqlite(std::string_view text, Kind kind, Dialect from) {
  const auto expr = syntax::parse_expression_text(text, from);
  if (!expr) return "(not parsed)";
  translate::World world;
  translate::Request request;
  request.from = from;
  request.world = &world;
  const auto out = translate::translate_default(*expr, {kind, Kind::text}, request);
  return out ? syntax::print(*out, Dialect::sqlite) : "refused: " + out.error().what;
}

struct Case {
  std::string from;
  std::string to;
};

TEST_CASE("PostgreSQL's expressions in SQLite") {
  const std::vector<Case> cases = {
      {"name::text = any (array['a'::character varying, 'b'::character varying]::text[])",
       "name in ('a', 'b')"},
      {"name <> all ('{a,b}'::text[])", "name not in ('a', 'b')"},
      {"(price > (0)::numeric)", "price > 0"},
      {"total >= 0.5", "total >= '0.5'"},
      {"total * 2 > 10", "dec_cmp(dec_mul(total, 2), '10') > 0"},
      {"name ~ '^[a-z]+$'", "name regexp '^[a-z]+$'"},
      {"name !~* 'x'", "not iregexp('x', name)"},
      {"name ilike 'a%'", "ilike('a%', name)"},
      {"name like 'a\\_%'", "name glob 'a_*'"},
      {"name not like '[a*?_' escape '*'", "name not glob '[[]a[?]?'"},
      {"name like '[!_b*?_' escape '!'", "name glob '[[]_b[*][?]?'"},
      {"name like 'a\\'", "like_case('a\\', name, '\\')"},
      {"name like nickname", "like_case(nickname, name, '\\')"},
      {"char_length(name) <= 10", "length(name) <= 10"},
      {"day + 7 > current_date", "date(day, '+7 days') > date(now())"},
      {"created > now() - interval '1 day 2 hours'",
       "created > rtrim(rtrim(strftime('%Y-%m-%d %H:%M:%f', now(), '-1 days', '-2 hours'), '0'), "
       "'.')"},
      {"extract(year from day) > 2000", "cast(strftime('%Y', day) as integer) > 2000"},
      {"is_open = 't'", "is_open = true"},
      {"data ->> 'a' = 'b'", "cast(data->>'a' as text) = 'b'"},
      {"data ? 'a'", "json_type(data, '$.\"a\"') is not null"},
      {"name is distinct from 'a'", "name is not 'a'"},
      {"position('a' in name) > 0", "instr(name, 'a') > 0"},
      {"substring(name from 1 for 2) = 'ab'", "substr(name, 1, 2) = 'ab'"},
      {"num_nonnulls(name, day) = 1", "(name is not null) + (day is not null) = 1"},
      {"orders.id > 0", "id > 0"},
      {"price / 2 > 1", "cast(price as real) / 2 > 1"},
      {"id / 2 > 1", "id / 2 > 1"},
      {"cardinality(tags) > 0", "json_array_length(tags) > 0"},
      {"to_tsvector(name) is not null", "refused: the function `to_tsvector`"},
      {"tags @> array['a']", "refused: the operator `@>`"},
      {"id in (select 1)", "refused: a subquery"},
  };
  for (const Case& one : cases) {
    INFO(one.from);
    CHECK(in_sqlite(one.from, Dialect::postgres) == one.to);
  }
}

TEST_CASE("MySQL's expressions in SQLite") {
  const std::vector<Case> cases = {
      {"name like 'a%'", "ilike('a%', name)"},
      {"name regexp '^a'", "iregexp('^a', name)"},
      {"id / 2 > 1", "cast(id as real) / 2 > 1"},
      {"id div 2 = 1", "cast(id / 2 as integer) = 1"},
      {"concat(name, '-', id) = 'a'", "name || '-' || id = 'a'"},
      {"if(id > 1, 'a', 'b') = 'a'", "iif(id > 1, 'a', 'b') = 'a'"},
      {"date_add(day, interval 1 month) > curdate()", "date(day, '+1 months') > date(now())"},
      {"date_format(day, '%Y-%m') = '2020-01'", "strftime('%Y-%m', day) = '2020-01'"},
      {"length(name) > 3", "octet_length(name) > 3"},
      {"name <=> 'a'", "name is 'a'"},
      {"json_valid(data)", "iif(data is null, null, json_valid(data))"},
  };
  for (const Case& one : cases) {
    INFO(one.from);
    CHECK(in_sqlite(one.from, Dialect::mysql) == one.to);
  }
}

TEST_CASE("a default takes the form that its storage has") {
  const std::string kNow = "rtrim(rtrim(strftime('%Y-%m-%d %H:%M:%f', 'now'), '0'), '.')";
  CHECK(default_in_sqlite("'t'::boolean", Kind::boolean, Dialect::postgres) == "true");
  CHECK(default_in_sqlite("'{a,b}'::text[]", Kind::array, Dialect::postgres) == "'[\"a\",\"b\"]'");
  CHECK(default_in_sqlite("array[]::text[]", Kind::array, Dialect::postgres) == "'[]'");
  CHECK(default_in_sqlite("'\\x00ff'::bytea", Kind::bytes, Dialect::postgres) == "x'00ff'");
  CHECK(default_in_sqlite("now()", Kind::timestamptz, Dialect::postgres) == kNow);
  CHECK(default_in_sqlite("('now'::text)::date", Kind::date, Dialect::postgres) == "current_date");
  CHECK(default_in_sqlite("timezone('utc', now())", Kind::timestamp, Dialect::postgres) == kNow);
  CHECK(default_in_sqlite("current_timestamp", Kind::timestamp, Dialect::mysql) ==
        "current_timestamp");
  CHECK(default_in_sqlite("b'1'", Kind::boolean, Dialect::mysql) == "true");
  CHECK(default_in_sqlite("0.00", Kind::wide_decimal, Dialect::postgres) == "'0.00'");
  CHECK(default_in_sqlite("gen_random_uuid()", Kind::uuid, Dialect::postgres) ==
        "gen_random_uuid()");
  CHECK(default_in_sqlite("'-1'::integer", Kind::integer, Dialect::postgres) == "-1");
  CHECK(default_in_sqlite("'2020-01-01T10:00:00.50Z'", Kind::timestamptz, Dialect::postgres) ==
        "'2020-01-01 10:00:00.5'");
}

}  // namespace
}  // namespace sqlxc
