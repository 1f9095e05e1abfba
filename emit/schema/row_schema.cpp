#include "emit/schema/row_schema.h"

#include <algorithm>

#include "compiler/stdlib/formats.h"
#include "emit/openapi/schema.h"

namespace sqlxc::emit {
namespace {

using ir::TypeKind;

bool is_new(Shape shape) { return shape == Shape::create; }

bool is_standard_format(std::string_view name) {
  const stdlib::FormatRow* format = stdlib::find_format(name);
  return format != nullptr && format->is_standard;
}

// What a file that stands alone says in keywords that every validator obeys, and what it must not
// say: of the formats that an annotation names, those that validators do not know describe a value;
// what is asked of it is its pattern.
void say_type(Json& property, const ir::Field& field) {
  switch (field.type.kind) {
    case TypeKind::int32:
      if (!property.contains("minimum") && !property.contains("exclusiveMinimum"))
        property["minimum"] = INT32_MIN;
      if (!property.contains("maximum") && !property.contains("exclusiveMaximum"))
        property["maximum"] = INT32_MAX;
      break;
    case TypeKind::time:
    case TypeKind::timetz:
      // JSON Schema's `time` is one with an offset.
      property.erase("format");
      break;
    case TypeKind::text:
      if (!property.contains("format") || is_standard_format(field.format)) break;
      property["x-format"] = property["format"];
      property.erase("format");
      break;
    case TypeKind::json:
      if (!field.is_nullable) property["not"] = {{"type", "null"}};
      break;
    case TypeKind::array:
      // Elements may be null, and arrays themselves.
      property.erase("items");
      break;
    default:
      break;
  }
}

// Types of which a schema says less than the service asks.
bool is_type_weaker(TypeKind kind) {
  switch (kind) {
    case TypeKind::boolean:
    case TypeKind::int16:
    case TypeKind::int32:
    case TypeKind::text:
    case TypeKind::date:
    case TypeKind::uuid:
    case TypeKind::json:
    case TypeKind::enumeration:
      return false;
    case TypeKind::int64:  // most readers of JSON round what is beyond 2^53
    case TypeKind::float32:
    case TypeKind::float64:
    case TypeKind::decimal:
    case TypeKind::bytes:
    case TypeKind::time:
    case TypeKind::timetz:
    case TypeKind::timestamp:
    case TypeKind::timestamptz:
    case TypeKind::interval:
    case TypeKind::array:
    case TypeKind::other:
      return true;
  }
  return true;
}

// A new row may come with the rows that hang on it, and those that it refers to.
void allow_relations(Json& schema, const ir::Module& module, const ir::Entity& entity) {
  for (const ir::Relation& relation : entity.relations) {
    if (!is_nestable(module, relation) || schema["properties"].contains(relation.name)) continue;
    const bool is_one = relation.cardinality == ir::Cardinality::to_one;
    schema["properties"][relation.name] = {{"type", is_one ? "object" : "array"}};
  }
}

// A reference that must be there is given by itself, or with the row that it refers to.
void require_references(Json& schema, const ir::Module& module, const ir::Entity& entity) {
  for (std::uint16_t i = 0; i < entity.fields.size(); ++i) {
    const ir::Field& field = entity.fields[i];
    const bool is_optional = field.is_nullable || field.has_default || field.is_identity;
    if (is_optional || !schema["properties"].contains(field.name)) continue;
    Json any = Json::array({Json{{"required", Json::array({field.name})}}});
    for (const ir::Relation& relation : entity.relations) {
      const bool refers = relation.cardinality == ir::Cardinality::to_one &&
                          is_nestable(module, relation) && std::ranges::count(relation.from, i) > 0;
      if (refers && relation.name != field.name)
        any.push_back({{"required", Json::array({relation.name})}});
    }
    if (any.size() > 1) schema["allOf"].push_back({{"anyOf", std::move(any)}});
  }
}

Json unchecked(const ir::Rule& rule) {
  Json out = {{"rule", rule.name}, {"sql", rule.sql}};
  if (!rule.reason.empty()) out["because"] = rule.reason;
  return out;
}

Json row_schema(const ir::Module& module, const ir::Entity& entity, Shape shape) {
  const Json row = schema_of(module, entity, shape, OpenApi::v3_1);
  Json schema = {
      {"$schema", "https://json-schema.org/draft/2020-12/schema"},
      {"$id", entity.file_name + (is_new(shape) ? ".insert" : ".update") + ".schema.json"},
      {"title", (is_new(shape) ? "A new row of " : "A change of a row of ") + entity.name}};
  schema.update(row);
  for (const ir::Field& field : entity.fields) {
    if (!schema["properties"].contains(field.name)) continue;
    say_type(schema["properties"][field.name], field);
    if (is_type_weaker(field.type.kind)) schema["properties"][field.name]["x-weaker"] = true;
  }
  if (is_new(shape)) {
    require_references(schema, module, entity);
    allow_relations(schema, module, entity);
  }
  schema["additionalProperties"] = false;
  Json left = Json::array();
  const Absent absent = is_new(shape) ? Absent::becomes_default : Absent::stays;
  for (const ir::Rule& rule : entity.rules) {
    if (rule.is_redundant) continue;
    bool is_exact = false;
    if (rule.predicate) {
      const RuleSchema asked = rule_schema(*rule.predicate, entity, absent);
      if (!is_about_properties(asked.schema)) merge_row_schema(schema, asked.schema, rule.sql);
      is_exact = asked.is_exact && rule.verdict != ir::Verdict::weaker;
    }
    if (!is_exact) left.push_back(unchecked(rule));
  }
  if (!left.empty()) schema["x-unchecked"] = std::move(left);
  return schema;
}

}  // namespace

std::vector<File> emit_row_schemas(const ir::Module& module, const ir::Entity& entity) {
  const std::string stem = "validation/" + entity.file_name;
  return {{stem + ".insert.schema.json", row_schema(module, entity, Shape::create).dump(2) + '\n'},
          {stem + ".update.schema.json", row_schema(module, entity, Shape::change).dump(2) + '\n'}};
}

}  // namespace sqlxc::emit
