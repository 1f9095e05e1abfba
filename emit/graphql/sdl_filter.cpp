#include <algorithm>
#include <set>

#include "compiler/ir/graphql.h"
#include "compiler/ir/lower_types.h"
#include "emit/graphql/sdl_text.h"
#include "emit/graphql/sdl_types.h"

// Inputs that find and sort rows, the scalars, and how values of them are compared.
namespace sqlxc::emit {
namespace {

using ir::TypeKind;

std::string comparisons(std::string_view type, bool has_order, bool is_text) {
  const std::string name(type);
  std::string out = "  eq: " + name + "\n  neq: " + name + "\n  in: [" + name + "!]\n  notIn: [" +
                    name + "!]\n  isNull: Boolean\n";
  if (has_order) {
    for (const std::string_view op : {"gt", "gte", "lt", "lte"}) {
      out += "  " + std::string(op) + ": " + name + '\n';
    }
  }
  if (!is_text) return out;
  return out +
         "  \"`%` is any text, `_` any character.\"\n  like: String\n  ilike: String\n"
         "  \"A regular expression.\"\n  match: String\n  imatch: String\n"
         "  contains: String\n  startsWith: String\n  endsWith: String\n";
}

std::string filter(std::string_view type, bool has_order, bool is_text) {
  return "input " + std::string(type) + "Filter {\n" + comparisons(type, has_order, is_text) +
         "}\n\n";
}

std::string array_filter(std::string_view type) {
  const std::string list = "[" + std::string(type) + "!]";
  return "input " + std::string(type) + "ArrayFilter {\n  eq: " + list + "\n  neq: " + list +
         "\n  contains: " + list + "\n  containedBy: " + list + "\n  overlaps: " + list +
         "\n  isNull: Boolean\n}\n\n";
}

// What is filtered: only then is there a use for the filter.
struct Used {
  std::set<std::string, std::less<>> scalars;
  std::set<std::string, std::less<>> filters;
};

void use(const ir::Module& module, const ir::Field& field, Used& used) {
  if (field.graphql_name.empty()) return;
  used.scalars.emplace(ir::graphql_scalar(ir::element_of(field.type)));
  const ir::Representation& form = field.represented;
  if (!form.to_json.empty() || !form.from_json.empty() || !form.from_text.empty())
    used.scalars.emplace("JSON");
  used.filters.insert(sdl_filter(module, field));
}

Used used_of(const ir::Module& module) {
  Used used;
  // Counts, sums and averages.
  used.scalars = {"BigInt", "Decimal", "JSON"};
  for (const ir::Entity& entity : module.entities) {
    for (const ir::Field& field : entity.fields) use(module, field, used);
    for (const ir::Field& field : entity.computed) use(module, field, used);
  }
  for (const ir::Entity& result : module.results) {
    for (const ir::Field& field : result.fields) {
      used.scalars.emplace(ir::graphql_scalar(ir::element_of(field.type)));
    }
  }
  for (const ir::Function& function : module.functions) {
    for (const ir::Parameter& parameter : function.parameters) {
      used.scalars.emplace(ir::graphql_scalar(ir::element_of(parameter.field.type)));
    }
  }
  return used;
}

// The database keeps a key in order, whatever the types of its columns are.
bool is_in_key(const ir::Entity& entity, std::uint16_t field) {
  const auto has = [&](const ir::Key& key) {
    return std::ranges::find(key.fields, field) != key.fields.end();
  };
  return (entity.primary_key && has(*entity.primary_key)) ||
         std::ranges::any_of(entity.uniques, has);
}

}  // namespace

std::string sdl_scalars(const ir::Module& module) {
  const Used used = used_of(module);
  std::string out;
  for (const ir::GraphqlScalar& scalar : ir::graphql_scalars()) {
    if (scalar.description.empty() || !used.scalars.contains(scalar.name)) continue;
    out += sdl_description(scalar.description, 0) + "scalar " + std::string(scalar.name);
    if (!scalar.specified_by.empty()) {
      out += " @specifiedBy(url: " + sdl_string(scalar.specified_by) + ")";
    }
    out += "\n\n";
  }
  for (const ir::GraphqlScalar& scalar : ir::graphql_scalars()) {
    const std::string name(scalar.name);
    if (used.filters.contains(name + "Filter")) {
      out += filter(name, scalar.has_order, name == "String");
    }
    if (used.filters.contains(name + "ArrayFilter")) out += array_filter(name);
  }
  for (const ir::Enumeration& enumeration : module.enumerations) {
    const std::string& name = enumeration.graphql_name;
    const bool is_used = !enumeration.labels.empty();
    if (is_used && used.filters.contains(name + "Filter")) out += filter(name, false, false);
    if (is_used && used.filters.contains(name + "ArrayFilter")) out += array_filter(name);
  }
  return out;
}

std::string sdl_enumeration(const ir::Enumeration& enumeration) {
  if (enumeration.labels.empty()) return {};
  std::string out =
      sdl_description(enumeration.description, 0) + "enum " + enumeration.graphql_name + " {\n";
  for (std::size_t i = 0; i < enumeration.labels.size(); ++i) {
    const std::string& name = enumeration.graphql_labels[i];
    if (name != enumeration.labels[i]) out += sdl_description(enumeration.labels[i], 2);
    out += "  " + name + '\n';
  }
  return out + "}\n\n";
}

std::string sdl_filter_types(const ir::Module& module, const ir::Entity& entity) {
  const std::string& type = entity.graphql.type;
  std::string out = "input " + type + "Where {\n  and: [" + type + "Where!]\n  or: [" + type +
                    "Where!]\n  not: " + type + "Where\n";
  for (const ir::Field& field : entity.fields) {
    if (!is_shown(field)) continue;
    out += "  " + field.graphql_name + ": " + sdl_filter(module, field) + '\n';
  }
  for (const ir::Relation* relation : relations_of(entity)) {
    const bool is_one = relation->cardinality == ir::Cardinality::to_one;
    out += "  " + relation->graphql_name + ": " +
           at(module.entities, relation->target).graphql.type +
           (is_one ? "Filter\n" : "ManyFilter\n");
  }
  out += "}\n\ninput " + type + "Filter {\n  \"`null`: there is none.\"\n  is: " + type +
         "Where\n  isNot: " + type + "Where\n}\n\n";
  out += "input " + type + "ManyFilter {\n  some: " + type + "Where\n  none: " + type +
         "Where\n  every: " + type + "Where\n}\n\n";
  out += "input " + type + "OrderBy {\n";
  const std::size_t start = out.size();
  for (std::uint16_t i = 0; i < entity.fields.size(); ++i) {
    const ir::Field& field = entity.fields[i];
    if (is_shown(field) && (has_order(field.type) || is_in_key(entity, i))) {
      out += "  " + field.graphql_name + ": OrderDirection\n";
    }
  }
  for (const ir::Relation* relation : relations_of(entity)) {
    if (relation->cardinality != ir::Cardinality::to_one) continue;
    out += "  " + relation->graphql_name + ": " +
           at(module.entities, relation->target).graphql.type + "OrderBy\n";
  }
  // An input has a field, whatever the columns are.
  if (out.size() == start) out += "  _: OrderDirection\n";
  return out + "}\n\n";
}

}  // namespace sqlxc::emit
