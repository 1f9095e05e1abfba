#include <algorithm>

#include "emit/graphql/graphql.h"
#include "emit/graphql/sdl_text.h"
#include "emit/graphql/sdl_types.h"

// The schema as a whole: the root fields, then the types of each entity.
namespace sqlxc::emit {
namespace {

constexpr std::string_view kCommon =
    R"("What a value or a row must meet; the words of JSON Schema where it has them, and those of the schema."
directive @validate(minimum: String, maximum: String, exclusiveMinimum: String, exclusiveMaximum: String, minLength: Int, maxLength: Int, pattern: String, format: String, rule: String, sql: String) repeatable on INPUT_FIELD_DEFINITION | INPUT_OBJECT

"Nulls come last in ascending order and first in descending, unless a word says otherwise."
enum OrderDirection {
  ASC
  DESC
  ASC_NULLS_FIRST
  ASC_NULLS_LAST
  DESC_NULLS_FIRST
  DESC_NULLS_LAST
}

type PageInfo {
  hasNextPage: Boolean!
  hasPreviousPage: Boolean!
  startCursor: String
  endCursor: String
}

)";

bool has_type(const ir::Entity& entity) { return !entity.graphql.type.empty(); }

bool has_node(const ir::Module& module) {
  return std::ranges::any_of(module.entities, [](const ir::Entity& entity) {
    return has_type(entity) && entity.primary_key.has_value();
  });
}

std::string query_fields(const ir::Module& module, const ir::Entity& entity) {
  const ir::GraphqlNames& names = entity.graphql;
  const std::string type = names.type;
  std::string out;
  out += "  " + names.many + rows_arguments(entity) + ": [" + type + "!]" +
         sdl_deprecated(entity.deprecated) + '\n';
  if (entity.primary_key) {
    out += "  " + names.many + "Connection" + connection_arguments(entity) + ": " + type +
           "Connection" + sdl_deprecated(entity.deprecated) + '\n';
  }
  out += "  " + names.many + "Aggregate(where: " + type + "Where): " + type + "Aggregate" +
         sdl_deprecated(entity.deprecated) + '\n';
  const auto add_one = [&](const std::string& name, const ir::Key& key) {
    if (name.empty()) return;
    out += "  " + name + '(' + key_arguments(module, entity, key) + "): " + type +
           sdl_deprecated(entity.deprecated) + '\n';
  };
  if (entity.primary_key) add_one(names.one, *entity.primary_key);
  for (std::size_t i = 0; i < entity.uniques.size(); ++i) {
    add_one(names.by_unique[i], entity.uniques[i]);
  }
  return out;
}

// What only a query asks: a search is no subscription's.
std::string search_field(const ir::Entity& entity) {
  if (entity.search.empty()) return {};
  const std::string& type = entity.graphql.type;
  return "  \"Rows in which the text is found, the best first: words, \\\"phrases\\\", "
         "-exclusions, `or`.\"\n  search" +
         entity.graphql.types + "(query: String!, where: " + type + "Where, orderBy: [" + type +
         "OrderBy!], limit: Int, offset: Int): [" + type + "!]" +
         sdl_deprecated(entity.deprecated) + '\n';
}

std::string mutation_fields(const ir::Module& module, const ir::Entity& entity) {
  const ir::GraphqlNames& names = entity.graphql;
  const std::string& type = names.type;
  std::string out;
  const auto add = [&](const std::string& name, const std::string& arguments, bool is_many) {
    out += "  " + name + '(' + arguments + "): " + (is_many ? '[' + type + "!]" : type) +
           sdl_deprecated(entity.deprecated) + '\n';
  };
  if (!has_create_input(entity)) return out;
  add("create" + type, "input: " + type + "CreateInput!", false);
  add("create" + names.types, "input: [" + type + "CreateInput!]!", true);
  const auto add_bulk = [&] {
    add("update" + names.types, "where: " + type + "Where!, input: " + type + "UpdateInput!", true);
    add("delete" + names.types, "where: " + type + "Where!", true);
  };
  if (!entity.primary_key) {
    add_bulk();
    return out;
  }
  const std::string key = key_arguments(module, entity, *entity.primary_key);
  add("upsert" + type, "input: " + type + "CreateInput!, onConflict: [" + type + "Column!]", false);
  add("upsert" + names.types,
      "input: [" + type + "CreateInput!]!, onConflict: [" + type + "Column!]", true);
  add("update" + type, key + ", input: " + type + "UpdateInput!", false);
  add("delete" + type, key, false);
  add_bulk();
  return out;
}

std::string function_type(const ir::Module& module, const ir::Function& function) {
  const bool has_result = function.result != UINT32_MAX;
  if (function.returns == ir::Returns::nothing) return "Boolean";
  std::string type;
  if (function.entity.is_valid()) {
    type = at(module.entities, function.entity).graphql.type;
  } else if (has_result) {
    const ir::Entity& result = module.results[function.result];
    const bool is_value =
        function.returns == ir::Returns::value || function.returns == ir::Returns::values;
    type = is_value ? sdl_type(module, result.fields.at(0).type) : result.graphql.type;
  }
  const bool is_list =
      function.returns == ir::Returns::values || function.returns == ir::Returns::rows;
  const bool is_row = function.returns == ir::Returns::rows;
  return is_list ? '[' + type + (is_row ? "!]" : "]") : type;
}

std::string function_field(const ir::Module& module, const ir::Function& function) {
  std::string arguments;
  for (const ir::Parameter& parameter : function.parameters) {
    arguments += arguments.empty() ? "(" : ", ";
    arguments += parameter.field.graphql_name + ": " + sdl_type(module, parameter.field.type);
    // A function may be called with null.
  }
  if (!arguments.empty()) arguments += ')';
  return sdl_description(function.description, 2) + "  " + function.graphql_name + arguments +
         ": " + function_type(module, function) + '\n';
}

std::string function_fields(const ir::Module& module, bool changes) {
  std::string out;
  for (const ir::Function& function : module.functions) {
    const bool is_change = function.volatility == ir::Volatility::changes && !function.is_query;
    if (is_change == changes && !function.graphql_name.empty()) {
      out += function_field(module, function);
    }
  }
  return out;
}

void add_root(std::string& out, std::string_view name, const std::string& fields) {
  if (!fields.empty()) out += "type " + std::string(name) + " {\n" + fields + "}\n\n";
}

}  // namespace

bool has_graphql(const ir::Module& module) {
  return std::ranges::any_of(module.entities, has_type);
}

std::string graphql_sdl(const ir::Module& module) {
  std::string queries = has_node(module) ? "  node(id: ID!): Node\n" : "";
  std::string searches;
  std::string mutations;
  for (const ir::Entity& entity : module.entities) {
    if (!has_type(entity)) continue;
    queries += query_fields(module, entity);
    searches += search_field(entity);
    mutations += mutation_fields(module, entity);
  }
  std::string out;
  queries += function_fields(module, false);
  add_root(out, "Query", queries + searches);
  add_root(out, "Mutation", mutations + function_fields(module, true));
  // The same reads: their answer, and again whenever it has become another.
  add_root(out, "Subscription", queries);
  out += kCommon;
  if (has_node(module)) {
    out += "interface Node {\n  \"What `node(id)` finds the row by.\"\n  " +
           module.graphql_node_id + ": ID!\n}\n\n";
  }
  out += sdl_scalars(module);
  for (const ir::Enumeration& enumeration : module.enumerations)
    out += sdl_enumeration(enumeration);
  for (const ir::Entity& entity : module.entities) {
    if (!has_type(entity)) continue;
    out += sdl_output_types(module, entity) + sdl_filter_types(module, entity) +
           sdl_write_types(module, entity);
  }
  for (const ir::Function& function : module.functions) {
    const bool has_rows =
        function.returns == ir::Returns::row || function.returns == ir::Returns::rows;
    if (has_rows && function.result != UINT32_MAX && !function.graphql_name.empty()) {
      out += sdl_result_type(module, module.results[function.result]);
    }
  }
  out.pop_back();
  return out;
}

}  // namespace sqlxc::emit
