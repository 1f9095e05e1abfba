#include <sqlxc/rest/parse_query.h>

#include <catch2/catch.hpp>

#include <algorithm>
#include <expected>
#include <string>
#include <vector>

#include <sqlxc/rest/parse_relation.h>
#include <sqlxc/rest/url.h>

#include "query_library_model.h"

namespace sqlxc::rest {
namespace {

using library::kBooks;
using library::kModel;
using library::kPeople;
using query::Dialect;
using query::Filter;
using query::Item;

std::expected<ParsedQuery, http::Problem> read(query::EntityIndex entity, std::string_view url,
                                               Dialect dialect = Dialect::postgres,
                                               Shape shape = Shape::list) {
  const auto parameters = parse_query_string(url);
  REQUIRE(parameters.has_value());
  return parse_query(kModel, entity, *parameters, shape, dialect);
}

query::Query query_of(query::EntityIndex entity, std::string_view url) {
  auto parsed = read(entity, url);
  if (!parsed) FAIL(parsed.error().code << " " << parsed.error().message);
  return std::move(parsed->query);
}

std::string refusal(query::EntityIndex entity, std::string_view url,
                    Dialect dialect = Dialect::postgres) {
  const auto parsed = read(entity, url, dialect);
  if (parsed) return "none";
  return std::to_string(parsed.error().status) + " " + std::string(parsed.error().code);
}

std::string keys_of(std::string_view select) {
  std::string keys;
  const auto query = query_of(kBooks, "select=" + std::string(select));
  for (const Item& item : query.items) {
    keys += (keys.empty() ? "" : " ") + item.key;
  }
  return keys;
}

TEST_CASE("a member goes by its alias, else by the last key of its path, else by its name") {
  CHECK(keys_of("id,n:title,data->a->>b,data->0,data->a->>1,x:data->0") == "id n b data a x");
  CHECK(keys_of("data->>a-b::int,shelf mark, title ") == "a-b shelf mark title");
  CHECK(keys_of("price.sum(),m:price.max(),id.count()::text") == "sum m count");
}

TEST_CASE("paths have keys and indices, the last step may be text") {
  const auto query = query_of(kBooks, "select=data->a->-1->>b::int");
  const Item& item = query.items[0];
  REQUIRE(item.path.size() == 3);
  CHECK(item.path[0].key == "a");
  CHECK(item.path[1].index == -1);
  CHECK(item.path[2].is_text);
  REQUIRE(item.cast.has_value());
  CHECK(item.cast->sql == "int4");
  CHECK(refusal(kBooks, "select=data->>a->b") == "400 PGRST100");
  CHECK(refusal(kBooks, "select=data->") == "400 PGRST100");
  CHECK(refusal(kBooks, "select=title->a") == "400 42883");
}

TEST_CASE("casts are of types that PostgreSQL or the schema has") {
  CHECK(query_of(kBooks, "select=id::character varying").items[0].cast->sql == "varchar");
  CHECK(query_of(kBooks, "select=tags::int[]").items[0].cast->sql == "int4[]");
  CHECK(refusal(kBooks, "select=id::fakecolumntype") == "400 42704");
  CHECK(refusal(kBooks, "select=id::text;drop table books") == "400 42704");
  CHECK(refusal(kBooks, "select=title::int", Dialect::sqlite) == "400 42846");
}

TEST_CASE("aggregates stand behind a column, and count() alone counts rows") {
  const auto query = query_of(kBooks, "select=count(),n:price::numeric.avg()::int");
  CHECK(query.items[0].field == Item::kAllRows);
  CHECK(query.items[0].key == "count");
  CHECK(query.items[1].aggregate == query::Aggregate::avg);
  CHECK(query.items[1].aggregate_cast->sql == "int4");
  CHECK(query.order.empty());
  CHECK(refusal(kBooks, "select=price.median()") == "400 PGRST100");
}

std::string relation_of(query::EntityIndex entity, std::string_view select) {
  const auto parsed = read(entity, "select=" + std::string(select));
  if (!parsed) return std::to_string(parsed.error().status);
  const query::Embed& embed = parsed->query.embeds.at(0);
  return std::string(kModel.entities[entity].relations[embed.relation].name);
}

TEST_CASE("a relation goes by its name, its table, its key or the key's column, with hints") {
  CHECK(relation_of(kBooks, "author(name)") == "author");
  CHECK(relation_of(kBooks, "author_id(name)") == "author");
  CHECK(relation_of(kBooks, "books_editor_fkey(name)") == "editor");
  CHECK(relation_of(kBooks, "people(name)") == "300");
  CHECK(relation_of(kBooks, "people!editor_id(name)") == "editor");
  CHECK(relation_of(kBooks, "people!books_author_fkey!inner(name)") == "author");
  CHECK(relation_of(kBooks, "readers(name)") == "readers");
  CHECK(relation_of(kPeople, "books(title)") == "300");
  CHECK(relation_of(kPeople, "books!author_id(title)") == "books");
  CHECK(relation_of(kPeople, "books!books_editor_fkey(title)") == "edited");
  CHECK(relation_of(kBooks, "nobody(name)") == "400");
  CHECK(relation_of(kBooks, "people!nobody(name)") == "400");
}

TEST_CASE("of a table with itself its name means the many, the key's column the one") {
  CHECK(relation_of(kPeople, "people(name)") == "pupils");
  CHECK(relation_of(kPeople, "people!teacher_id(name)") == "pupils");
  CHECK(relation_of(kPeople, "teacher_id(name)") == "teacher");
}

TEST_CASE("of keys without a name each is told from the others by its relation's name") {
  const query::Relation relations[] = {
      library::make_relation("mentor", query::Cardinality::to_one, 1, "",
                             {library::kTeacher, library::kId}),
      library::make_relation("senior", query::Cardinality::to_one, 1, "",
                             {library::kTeacher, library::kId})};
  query::Entity entities[] = {
      library::make_entity("pupils", "\"pupils\"", library::kPeopleFields, relations),
      library::make_entity("people", "\"people\"", library::kPeopleFields, {})};
  query::Model model;
  model.entities = entities;
  const auto either = find_relation(model, entities[0], {"people", ""}, Dialect::sqlite);
  REQUIRE_FALSE(either.has_value());
  CHECK(either.error().hint == "say which one: `people!mentor` `people!senior`");
  const auto found = find_relation(model, entities[0], {"people", "senior"}, Dialect::sqlite);
  REQUIRE(found.has_value());
  CHECK(relations[*found].name == "senior");
}

TEST_CASE("of a view's column the view itself is meant before other views") {
  const query::Relation relations[] = {
      library::make_relation("mentor", query::Cardinality::to_one, 1, "fkey",
                             {library::kTeacher, library::kId}),
      library::make_relation("senior", query::Cardinality::to_one, 0, "fkey",
                             {library::kTeacher, library::kId})};
  query::Entity views[] = {
      library::make_entity("pupils", "\"pupils\"", library::kPeopleFields, relations),
      library::make_entity("mentors", "\"mentors\"", library::kPeopleFields, {})};
  for (query::Entity& view : views) view.is_view = true;
  query::Model model;
  model.entities = views;
  const auto found = find_relation(model, views[0], {"teacher_id", ""}, Dialect::postgres);
  REQUIRE(found.has_value());
  CHECK(relations[*found].name == "senior");
}

TEST_CASE("an embedded relation goes before a column of its name, and may be spread or empty") {
  const auto query = query_of(kBooks, "select=*,title:author(name),...editor(by:name),readers()");
  const auto title = std::ranges::find(query.items, "title", &Item::key);
  REQUIRE(title != query.items.end());
  CHECK(title->embed == 0);
  CHECK(query.embeds[1].is_spread);
  CHECK(query.embeds[2].query.items.empty());
  CHECK(refusal(kBooks, "select=x:...author(name)") == "400 PGRST100");
  CHECK(refusal(kBooks, "select=author(name),author(id)") == "400 42712");
}

TEST_CASE("filters on relations ask for a row, alone and in logic") {
  const auto query = query_of(
      kBooks, "select=id,a:author(),readers()&a=not.is.null&or=(readers.is.null,a.not.is.null)");
  REQUIRE(query.filter.children.size() == 2);
  CHECK(query.filter.children[0].kind == Filter::Kind::embedded);
  CHECK_FALSE(query.filter.children[0].is_negated);
  CHECK(query.filter.children[1].children[0].is_negated);
  CHECK(query.filter.children[1].children[0].embed == 1);
  CHECK(refusal(kBooks, "select=author(name)&author=eq.1") == "400 PGRST120");
  CHECK(refusal(kBooks, "author.name=eq.x") == "400 PGRST108");
  CHECK(refusal(kBooks, "select=author(name)&authors.name=eq.x") == "400 PGRST108");
}

TEST_CASE("filters on relations reach any depth by name or alias") {
  const auto query = query_of(
      kPeople, "select=b:edited(author(name))&b.author.name=like.A*&b.order=id.desc&b.limit=2");
  const query::Query& books = query.embeds[0].query;
  CHECK(books.limit == 2);
  CHECK(books.order[0].descending);
  CHECK(books.embeds[0].query.filter.children.size() == 1);
}

TEST_CASE("an order may be of a path or a relation to one row") {
  const auto query =
      query_of(kBooks, "select=id,author(name)&order=data->>a.desc.nullslast,author(name).asc,id");
  REQUIRE(query.order.size() == 3);
  CHECK(query.order[0].path[0].key == "a");
  CHECK(query.order[0].nulls == query::Nulls::last);
  CHECK(query.order[1].embed == 0);
  CHECK(refusal(kBooks, "order=author(name)") == "400 PGRST108");
  CHECK(refusal(kPeople, "select=edited(id)&order=edited(title)") == "400 PGRST118");
  CHECK(refusal(kBooks, "order=id.nullslast.desc") == "400 PGRST100");
  CHECK(refusal(kBooks, "order=id.asc.nullslasttt") == "400 PGRST100");
}

TEST_CASE("values in lists and logic are quoted, in braces, or as they stand") {
  const auto values = [](std::string_view url) {
    std::string texts;
    const auto query = query_of(kBooks, url);
    for (const auto& value : query.filter.children[0].values) {
      texts += "<" + value.text + ">";
    }
    return texts;
  };
  CHECK(values("title=in.(\"a,b\",c d,\"e%5C\"f\")") == "<a,b><c d><e\"f>");
  CHECK(values("title=in.(%5C,/%5Ca/)") == "<\\></\\a/>");
  CHECK(values("title=in.(\"a\"b,c)") == "<\"a\"b><c>");
  CHECK(values("title=in.(  )").empty());
  CHECK(values("title=like(any).{*a*,\"b,c\"}") == "<%a%><b,c>");
  const auto query = query_of(kBooks, "or=(tags.cs.{a,b},data.cs.{\"a\":{\"b\":[1,2]}})");
  CHECK(query.filter.children[0].children[0].values[0].text == "{a,b}");
  CHECK(query.filter.children[0].children[1].values[0].text == "{\"a\":{\"b\":[1,2]}}");
  CHECK(refusal(kBooks, "id=eq(some).{1}") == "400 PGRST100");
  CHECK(refusal(kBooks, "id=neq(any).{1}") == "400 PGRST100");
  CHECK(refusal(kBooks, "id=eq(any).1") == "400 22P02");
}

TEST_CASE("what only PostgreSQL has is refused by name on SQLite") {
  const std::string_view urls[] = {"words=fts.cat",     "lent=sl.[1,2)",  "lent=adj.[1,2)",
                                   "data=cs.{\"a\":1}", "is_old=is.true", "select=readers(name)",
                                   "select=is_old"};
  for (std::string_view url : urls) {
    INFO(url);
    CHECK(refusal(kBooks, url, Dialect::sqlite) == "400 0A000");
    CHECK(refusal(kBooks, url, Dialect::postgres) == "none");
  }
  CHECK(refusal(kBooks, "tags=cs.{a}", Dialect::sqlite) == "none");
}

TEST_CASE("a write finds its rows by relations on PostgreSQL alone") {
  const std::string_view url = "select=id,author()&or=(id.eq.1,author.is.null)";
  CHECK(read(kBooks, url, Dialect::postgres, Shape::write).has_value());
  const auto refused = read(kBooks, url, Dialect::sqlite, Shape::write);
  REQUIRE_FALSE(refused.has_value());
  CHECK(refused.error().code == "0A000");
}

TEST_CASE("limits are of the range, offsets start at nothing") {
  CHECK(refusal(kBooks, "limit=-1") == "416 PGRST103");
  CHECK(query_of(kBooks, "offset=-4").offset == 0);
}

TEST_CASE("columns= says what a body may write") {
  const auto parsed = read(kBooks, "columns=id,title", Dialect::postgres, Shape::insert);
  REQUIRE(parsed.has_value());
  CHECK(parsed->columns == std::vector<query::FieldIndex>{0, 1});
  const auto unknown = read(kBooks, "columns=id,helicopters", Dialect::postgres, Shape::insert);
  REQUIRE_FALSE(unknown.has_value());
  CHECK(unknown.error().code == "PGRST204");
}

TEST_CASE("a percent sign without digits stands for itself in a query") {
  CHECK(query_of(kBooks, "title=like.%plan%").filter.children[0].values[0].text == "%plan%");
}

}  // namespace
}  // namespace sqlxc::rest
