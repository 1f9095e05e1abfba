#pragma once

#include <sqlxc/query/model.h>

// A library as the compiler declares it, with what the blog lacks: json, arrays, ranges, bytes,
// texts to search, a table that references itself and another twice, functions.
namespace sqlxc::library {

using query::Cardinality;
using query::Entity;
using query::Field;
using query::FieldIndex;
using query::Relation;
using value::Type;

enum Entities : query::EntityIndex { kBooks, kPeople, kFound };

constexpr Field make_field(std::string_view name, std::string_view sql, Type type,
                           std::string_view pg_type) {
  Field field;
  field.name = name;
  field.sql = sql;
  field.type = type;
  field.pg_type = pg_type;
  return field;
}

constexpr Field array_field(std::string_view name, std::string_view sql, Type element,
                            std::string_view pg_type) {
  Field field = make_field(name, sql, Type::array, pg_type);
  field.element = element;
  return field;
}

constexpr Field computed_field(std::string_view name, std::string_view sql, Type type) {
  Field field = make_field(name, sql, type, {});
  field.computed = true;
  return field;
}

constexpr Field required(Field field) {
  field.nullable = false;
  return field;
}

inline constexpr Field kBookFields[] = {
    required(make_field("id", "\"id\"", Type::int64, "bigint")),
    make_field("title", "\"title\"", Type::text, "text"),
    make_field("data", "\"data\"", Type::json, "jsonb"),
    array_field("tags", "\"tags\"", Type::text, "text[]"),
    make_field("lent", "\"lent\"", Type::other, "daterange"),
    make_field("cover", "\"cover\"", Type::bytes, "bytea"),
    make_field("words", "\"words\"", Type::other, "tsvector"),
    make_field("author_id", "\"author_id\"", Type::int64, "bigint"),
    make_field("editor_id", "\"editor_id\"", Type::int64, "bigint"),
    make_field("price", "\"price\"", Type::decimal, "numeric"),
    make_field("bought_at", "\"bought_at\"", Type::timestamptz, "timestamp with time zone"),
    make_field("shelf mark", "\"shelf mark\"", Type::text, "text"),
    computed_field("is_old", "\"public\".\"is_old\"", Type::boolean),
};
inline constexpr Field kPeopleFields[] = {
    required(make_field("id", "\"id\"", Type::int64, "bigint")),
    make_field("name", "\"name\"", Type::text, "text"),
    make_field("teacher_id", "\"teacher_id\"", Type::int64, "bigint"),
};
inline constexpr Field kFoundFields[] = {make_field("found", "\"found\"", Type::int64, "bigint")};

inline constexpr FieldIndex kId[] = {0};
inline constexpr FieldIndex kTeacher[] = {2};
inline constexpr FieldIndex kAuthor[] = {7};
inline constexpr FieldIndex kEditor[] = {8};

struct Ends {
  std::span<const FieldIndex> from;
  std::span<const FieldIndex> to;
};

constexpr Relation make_relation(std::string_view name, Cardinality cardinality,
                                 query::EntityIndex target, std::string_view constraint,
                                 Ends ends) {
  Relation relation;
  relation.name = name;
  relation.cardinality = cardinality;
  relation.target = target;
  relation.constraint = constraint;
  relation.from = ends.from;
  relation.to = ends.to;
  return relation;
}

constexpr Relation computed_relation(std::string_view name, std::string_view sql,
                                     Cardinality cardinality, query::EntityIndex target) {
  Relation relation;
  relation.name = name;
  relation.cardinality = cardinality;
  relation.target = target;
  relation.function = sql;
  return relation;
}

inline constexpr Relation kBookRelations[] = {
    make_relation("author", Cardinality::to_one, kPeople, "books_author_fkey", {kAuthor, kId}),
    make_relation("editor", Cardinality::to_one, kPeople, "books_editor_fkey", {kEditor, kId}),
    computed_relation("readers", "\"public\".\"readers\"", Cardinality::to_many, kPeople),
};
inline constexpr Relation kPeopleRelations[] = {
    make_relation("books", Cardinality::to_many, kBooks, "books_author_fkey", {kId, kAuthor}),
    make_relation("edited", Cardinality::to_many, kBooks, "books_editor_fkey", {kId, kEditor}),
    make_relation("teacher", Cardinality::to_one, kPeople, "people_teacher_fkey", {kTeacher, kId}),
    make_relation("pupils", Cardinality::to_many, kPeople, "people_teacher_fkey", {kId, kTeacher}),
};

inline constexpr Entity make_entity(std::string_view name, std::string_view sql,
                                    std::span<const Field> fields,
                                    std::span<const Relation> relations) {
  Entity entity;
  entity.name = name;
  entity.sql = sql;
  entity.fields = fields;
  entity.primary_key = {"pkey", kId};
  entity.relations = relations;
  return entity;
}

inline constexpr Entity kEntities[] = {
    make_entity("books", "\"books\"", kBookFields, kBookRelations),
    make_entity("people", "\"people\"", kPeopleFields, kPeopleRelations),
    make_entity("found", {}, kFoundFields, {}),
};

inline constexpr query::Parameter kSearchParameters[] = {
    {make_field("term", "\"term\"", Type::text, "text"), false, false},
    {array_field("kinds", "\"kinds\"", Type::text, "text[]"), true, true},
};
inline constexpr query::Parameter kIdParameters[] = {
    {make_field("id", "\"id\"", Type::int64, "bigint"), false, false}};

constexpr query::Function make_function(std::string_view name, std::string_view sql,
                                        query::Function::Returns returns, query::EntityIndex result,
                                        std::span<const query::Parameter> parameters) {
  query::Function function;
  function.name = name;
  function.sql = sql;
  function.returns = returns;
  function.result = result;
  function.parameters = parameters;
  return function;
}

constexpr query::Function as_query(query::Function function) {
  function.is_query = true;
  return function;
}

inline constexpr query::Function kFunctions[] = {
    make_function("search", "\"public\".\"search\"", query::Function::Returns::rows, kBooks,
                  kSearchParameters),
    make_function("count_of", "\"public\".\"count_of\"", query::Function::Returns::value, kFound,
                  kIdParameters),
    as_query(make_function("near",
                           "SELECT * FROM books WHERE id = $1 OR author_id = $1 OR title = '$1'",
                           query::Function::Returns::rows, kBooks, kIdParameters)),
};

inline query::Model make_model() {
  query::Model model;
  model.name = "library";
  model.entities = kEntities;
  model.functions = kFunctions;
  return model;
}

inline const query::Model kModel = make_model();

}  // namespace sqlxc::library
