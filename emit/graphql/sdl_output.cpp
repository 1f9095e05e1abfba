#include <algorithm>

#include "compiler/ir/graphql.h"
#include "emit/graphql/sdl_text.h"
#include "emit/graphql/sdl_types.h"

// Objects: rows, connections of them, and what is computed over them.
namespace sqlxc::emit {
namespace {

bool is_number(const ir::Type& type) {
  return type.kind >= ir::TypeKind::int16 && type.kind <= ir::TypeKind::decimal;
}

bool is_integer(const ir::Type& type) {
  return type.kind >= ir::TypeKind::int16 && type.kind <= ir::TypeKind::int64;
}

// Types that max() takes on both databases.
bool has_extremes(const ir::Type& type) {
  switch (type.kind) {
    case ir::TypeKind::boolean:
    case ir::TypeKind::enumeration:
    case ir::TypeKind::bytes:
    case ir::TypeKind::uuid:
    case ir::TypeKind::json:
    case ir::TypeKind::array:
    case ir::TypeKind::other:
      return false;
    default:
      return true;
  }
}

bool has_numbers(const ir::Entity& entity) {
  return std::ranges::any_of(entity.fields, [](const ir::Field& field) {
    return is_shown(field) && is_number(field.type);
  });
}

bool has_extremes(const ir::Entity& entity) {
  return std::ranges::any_of(entity.fields, [](const ir::Field& field) {
    return is_shown(field) && has_extremes(field.type);
  });
}

std::string field_line(const ir::Module& module, const ir::Entity& entity, const ir::Field& field) {
  const bool is_sure = !field.is_nullable && !entity.is_view;
  return sdl_description(field.description, 2) + "  " + field.graphql_name + ": " +
         sdl_shown_type(module, field) + (is_sure ? "!" : "") + sdl_deprecated(field.deprecated) +
         '\n';
}

std::string relation_lines(const ir::Module& module, const ir::Relation& relation) {
  const ir::Entity& target = at(module.entities, relation.target);
  const std::string& type = target.graphql.type;
  const std::string& name = relation.graphql_name;
  const std::string description = sdl_description(relation.description, 2);
  if (relation.cardinality == ir::Cardinality::to_one) {
    return description + "  " + name + ": " + type + '\n';
  }
  std::string out = description + "  " + name + rows_arguments(target) + ": [" + type + "!]!\n";
  if (target.primary_key) {
    out +=
        "  " + name + "Connection" + connection_arguments(target) + ": " + type + "Connection!\n";
  }
  return out + "  " + name + "Aggregate(where: " + type + "Where): " + type + "Aggregate!\n";
}

std::string aggregate_members(const ir::Entity& entity) {
  const std::string& type = entity.graphql.type;
  std::string out = "  count: BigInt!\n";
  if (has_numbers(entity)) out += "  sum: " + type + "Sum!\n  average: " + type + "Average!\n";
  if (has_extremes(entity)) out += "  min: " + type + "Min!\n  max: " + type + "Max!\n";
  return out;
}

// A type whose fields are the columns that `takes`, each of the type that `type_of` says.
template <typename Takes, typename TypeOf>
std::string computed_type(const ir::Entity& entity, std::string_view ending, const Takes& takes,
                          const TypeOf& type_of) {
  std::string out = "type " + entity.graphql.type + std::string(ending) + " {\n";
  for (const ir::Field& field : entity.fields) {
    if (is_shown(field) && takes(field.type)) {
      out += "  " + field.graphql_name + ": " + type_of(field) + '\n';
    }
  }
  return out + "}\n\n";
}

std::string aggregate_types(const ir::Module& module, const ir::Entity& entity) {
  const std::string& type = entity.graphql.type;
  std::string out = "type " + type + "Aggregate {\n" + aggregate_members(entity) +
                    "  groups(by: [" + type + "Column!]!, limit: Int, offset: Int): [" + type +
                    "Group!]!\n}\n\n";
  out += "type " + type + "Group {\n  key: " + type + "GroupKey!\n" + aggregate_members(entity) +
         "}\n\n";
  const auto shown = [&](const ir::Field& of) { return sdl_shown_type(module, of); };
  // What is computed is a value of the database, whatever form the domain has.
  const auto own = [&](const ir::Field& of) { return sdl_type(module, of.type); };
  out += computed_type(entity, "GroupKey", [](const ir::Type&) { return true; }, shown);
  out += "enum " + type + "Column {\n";
  for (const ir::Field& field : entity.fields) {
    if (is_shown(field)) out += "  " + field.graphql_name + '\n';
  }
  out += "}\n\n";
  if (has_numbers(entity)) {
    out += computed_type(entity, "Sum", is_number, [](const ir::Field& of) {
      return std::string(is_integer(of.type) ? "Decimal" : ir::graphql_scalar(of.type));
    });
    out += computed_type(entity, "Average", is_number, [](const ir::Field& of) {
      const ir::TypeKind kind = of.type.kind;
      const bool is_real = kind == ir::TypeKind::float32 || kind == ir::TypeKind::float64;
      return std::string(is_real ? "Float" : "Decimal");
    });
  }
  if (has_extremes(entity)) {
    const auto takes = [](const ir::Type& of) { return has_extremes(of); };
    out += computed_type(entity, "Min", takes, own) + computed_type(entity, "Max", takes, own);
  }
  return out;
}

}  // namespace

std::string rows_arguments(const ir::Entity& entity) {
  const std::string& type = entity.graphql.type;
  return "(limit: Int, offset: Int, where: " + type + "Where, orderBy: [" + type + "OrderBy!])";
}

std::string connection_arguments(const ir::Entity& entity) {
  const std::string& type = entity.graphql.type;
  return "(first: Int, after: String, last: Int, before: String, where: " + type +
         "Where, orderBy: [" + type + "OrderBy!])";
}

std::string sdl_output_types(const ir::Module& module, const ir::Entity& entity) {
  const std::string& type = entity.graphql.type;
  std::string out = sdl_description(entity.description, 0);
  out += "type " + type + (entity.primary_key ? " implements Node {\n" : " {\n");
  if (entity.primary_key) out += "  " + module.graphql_node_id + ": ID!\n";
  for (const ir::Field& field : entity.fields) {
    if (is_shown(field)) out += field_line(module, entity, field);
  }
  for (const ir::Field& field : entity.computed) {
    if (is_shown(field)) out += field_line(module, entity, field);
  }
  for (const ir::Relation* relation : relations_of(entity)) {
    out += relation_lines(module, *relation);
  }
  out += "}\n\n";
  // A cursor stands for a row by its key.
  if (entity.primary_key) {
    out += "type " + type + "Connection {\n  edges: [" + type + "Edge!]!\n  nodes: [" + type +
           "!]!\n  pageInfo: PageInfo!\n  totalCount: BigInt!\n}\n\n";
    out += "type " + type + "Edge {\n  cursor: String!\n  node: " + type + "!\n}\n\n";
  }
  return out + aggregate_types(module, entity);
}

std::string sdl_result_type(const ir::Module& module, const ir::Entity& result) {
  if (result.graphql.type.empty()) return {};
  std::string out = sdl_description(result.description, 0) + "type " + result.graphql.type + " {\n";
  for (const ir::Field& field : result.fields) {
    if (!is_shown(field)) continue;
    out += "  " + field.graphql_name + ": " + sdl_shown_type(module, field) + '\n';
  }
  return out + "}\n\n";
}

}  // namespace sqlxc::emit
