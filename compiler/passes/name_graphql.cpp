#include <algorithm>
#include <cctype>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "compiler/ir/graphql.h"
#include "compiler/ir/names.h"
#include "compiler/passes/passes.h"

// What everything is called in GraphQL: `User` for `users`, fields in camelCase. No name is given
// twice, none begins with `__`, and none is left to be found out when a request comes.
namespace sqlxc::passes {
namespace {

using Names = std::vector<std::string>;

// Whether it is a name of GraphQL that a schema may use (October 2021, section 2.1.9).
bool is_name(std::string_view text) {
  const auto is_letter = [](char c) {
    return c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  };
  return !text.empty() && is_letter(text[0]) && !text.starts_with("__") &&
         std::ranges::all_of(text, [&](char c) { return is_letter(c) || (c >= '0' && c <= '9'); });
}

std::string capitalized(std::string text) {
  const std::size_t at = text.find_first_not_of('_');
  if (at != std::string::npos && text[at] >= 'a' && text[at] <= 'z') text[at] -= 'a' - 'A';
  return text.substr(at == std::string::npos ? 0 : at);
}

// A scope whose names come in families: one is taken only if all that is made of it by the endings
// is free.
class Scope {
 public:
  void reserve(std::string name) { taken_.take({std::move(name)}); }
  bool has(std::string_view name) const { return taken_.is_taken(name); }

  std::string take(Names candidates, std::span<const std::string_view> endings) {
    for (const std::string& name : candidates) {
      if (take_all(name, endings)) return name;
    }
    for (int number = 2;; ++number) {
      std::string name = candidates.back() + std::to_string(number);
      if (take_all(name, endings)) return name;
    }
  }
  std::string take(Names candidates) {
    static constexpr std::string_view kAlone[] = {""};
    return take(std::move(candidates), kAlone);
  }

 private:
  bool take_all(const std::string& name, std::span<const std::string_view> endings) {
    const auto is_taken = [&](std::string_view end) {
      return taken_.is_taken(name + std::string(end));
    };
    if (std::ranges::any_of(endings, is_taken)) return false;
    for (const std::string_view end : endings) taken_.take({name + std::string(end)});
    return true;
  }

  ir::UniqueNames taken_;
};

constexpr std::string_view kVerbs[] = {"create", "upsert", "update", "delete"};

bool has_face(const ir::Field& field) { return !field.is_hidden; }

class Namer {
 public:
  Namer(ir::Module& module, Context& context) : module_(module), context_(context) {}

  void run() {
    for (const std::string_view name : ir::kGraphqlTypes) types_.reserve(std::string(name));
    for (const ir::GraphqlScalar& scalar : ir::graphql_scalars()) {
      const std::string name(scalar.name);
      if (!types_.has(name)) types_.reserve(name);
      types_.reserve(name + "Filter");
      types_.reserve(name + "ArrayFilter");
    }
    queries_.reserve("node");
    for (ir::Entity& entity : module_.entities) name_type(entity);
    for (ir::Entity& result : module_.results) name_result(result);
    for (ir::Enumeration& enumeration : module_.enumerations) name_enumeration(enumeration);
    for (const ir::Entity& entity : module_.entities) reserve_writes(entity.graphql.type);
    for (ir::Entity& entity : module_.entities) name_roots(entity);
    name_node_id();
    for (ir::Entity& entity : module_.entities) name_members(entity);
    for (ir::Entity& result : module_.results) name_members(result);
    for (ir::Function& function : module_.functions) name_function(function);
  }

 private:
  void name_type(ir::Entity& entity) {
    const auto shows = [](const ir::Field& field) {
      return has_face(field) && !field.is_writeonly;
    };
    if (!std::ranges::any_of(entity.fields, shows)) return;
    const std::string type = ir::camel_case(ir::singular(entity.name));
    const std::string within = ir::camel_case(entity.schema) + type;
    Names candidates = {type};
    if (!entity.schema.empty()) candidates.push_back(within);
    candidates.push_back(type + "Row");
    entity.graphql.type = types_.take(candidates, ir::kGraphqlTypeEndings);
    if (entity.graphql.type != type)
      report(entity, "another type of GraphQL", type, entity.graphql.type);
  }

  void name_result(ir::Entity& result) {
    if (result.fields.empty()) return;
    result.graphql.type = types_.take({ir::camel_case(result.name) + "Result"});
  }

  void name_enumeration(ir::Enumeration& enumeration) {
    static constexpr std::string_view kEndings[] = {"", "Filter", "ArrayFilter"};
    const std::string name = ir::camel_case(enumeration.cpp_name);
    enumeration.graphql_name = types_.take({name, name + "Value"}, kEndings);
    Scope labels;
    for (const std::string_view word : {"true", "false", "null"}) labels.reserve(std::string(word));
    enumeration.graphql_labels.clear();
    // Labels that are names already keep them, whatever stands before.
    std::vector<bool> is_kept;
    for (const std::string& label : enumeration.labels) {
      is_kept.push_back(is_name(label) && !labels.has(label));
      if (is_kept.back()) labels.reserve(label);
    }
    for (std::size_t i = 0; i < enumeration.labels.size(); ++i) {
      const std::string& label = enumeration.labels[i];
      enumeration.graphql_labels.push_back(is_kept[i] ? label : labels.take({label_name(label)}));
    }
  }

  // `in progress` -> `in_progress`, `2nd` -> `_2nd`, `+` -> `_`.
  static std::string label_name(std::string_view label) {
    const std::vector<std::string> words = ir::words_of(label);
    if (words.empty()) return "_";
    std::string name;
    for (const std::string& word : words) name += (name.empty() ? "" : "_") + word;
    return name[0] >= '0' && name[0] <= '9' ? '_' + name : name;
  }

  void name_roots(ir::Entity& entity) {
    ir::GraphqlNames& names = entity.graphql;
    if (names.type.empty()) return;
    // A table whose type had to be called otherwise is called so everywhere.
    const bool is_plain = names.type == ir::camel_case(ir::singular(entity.name));
    const std::string one = ir::lower_camel_case(is_plain ? ir::singular(entity.name) : names.type);
    const std::string many = ir::lower_camel_case(ir::plural(is_plain ? entity.name : names.type));
    names.many = queries_.take({many, many + "List"}, ir::kGraphqlRowsEndings);
    if (entity.primary_key) names.one = queries_.take({one, one + "Item"});
    for (const ir::Key& key : entity.uniques) {
      std::string name = one + "By";
      bool has_faces = true;
      for (std::size_t i = 0; i < key.fields.size(); ++i) {
        const ir::Field& field = entity.fields[key.fields[i]];
        has_faces = has_faces && has_face(field) && !field.is_writeonly;
        name += (i > 0 ? "And" : "") + capitalized(ir::lower_camel_case(field.name));
      }
      names.by_unique.push_back(has_faces ? queries_.take({name}) : std::string());
    }
    names.types = capitalized(names.many);
    const bool is_searched = !entity.search.empty();
    while (is_taken(names.types) || (is_searched && queries_.has("search" + names.types))) {
      names.types += "List";
    }
    reserve_writes(names.types);
    if (is_searched) queries_.reserve("search" + names.types);
  }

  bool is_taken(const std::string& types) const {
    return std::ranges::any_of(
        kVerbs, [&](std::string_view verb) { return mutations_.has(std::string(verb) + types); });
  }

  void reserve_writes(const std::string& name) {
    for (const std::string_view verb : kVerbs) mutations_.reserve(std::string(verb) + name);
  }

  // One name for all tables: it is an interface's.
  void name_node_id() {
    Scope fields;
    for (const ir::Entity& entity : module_.entities) {
      for (const ir::Field& field : entity.fields) {
        const std::string name = ir::lower_camel_case(field.name);
        if (!fields.has(name)) fields.reserve(name);
      }
    }
    module_.graphql_node_id = fields.take({"nodeId", "globalId"});
  }

  void name_members(ir::Entity& entity) {
    if (entity.graphql.type.empty()) return;
    Scope members;
    members.reserve(module_.graphql_node_id);
    // Where-inputs have words of their own, and columns are values of an enum.
    for (const std::string_view word : {"and", "or", "not", "true", "false", "null"}) {
      members.reserve(std::string(word));
    }
    const auto name_field = [&](ir::Field& field) {
      if (!has_face(field)) return;
      const std::string name = ir::lower_camel_case(field.name);
      field.graphql_name = members.take({name, name + "Value"});
      if (field.graphql_name == name) return;
      context_.diagnostics
          .report<diag::NameCollision>(field.place.range, field.name, "another field of GraphQL",
                                       name, field.graphql_name)
          .help("give it a name of its own: `--@ name(...)`");
    };
    std::ranges::for_each(entity.fields, name_field);
    std::ranges::for_each(entity.computed, name_field);
    static constexpr std::string_view kOne[] = {""};
    for (ir::Relation& relation : entity.relations) {
      const bool is_one = relation.cardinality == ir::Cardinality::to_one;
      const std::string name = ir::lower_camel_case(relation.name);
      const std::string target = ir::lower_camel_case(at(module_.entities, relation.target).name);
      if (at(module_.entities, relation.target).graphql.type.empty()) continue;
      relation.graphql_name =
          members.take({name, name + "By" + capitalized(target), name + (is_one ? "Row" : "Rows")},
                       is_one ? std::span<const std::string_view>(kOne) : ir::kGraphqlRowsEndings);
    }
  }

  void name_function(ir::Function& function) {
    if (function.entity.is_valid() && at(module_.entities, function.entity).graphql.type.empty()) {
      return;
    }
    Scope& scope = function.volatility == ir::Volatility::changes && !function.is_query ? mutations_
                                                                                        : queries_;
    const std::string name = ir::lower_camel_case(function.name);
    function.graphql_name = scope.take({name, name + "Call"});
    Scope arguments;
    for (std::size_t i = 0; i < function.parameters.size(); ++i) {
      ir::Field& field = function.parameters[i].field;
      const std::string argument =
          field.name.empty() ? "arg" + std::to_string(i + 1) : ir::lower_camel_case(field.name);
      field.graphql_name = arguments.take({argument});
    }
  }

  void report(const ir::Entity& entity, std::string_view with, std::string_view wanted,
              std::string_view taken) {
    // The same was said of its C++ type.
    if (entity.cpp_name != wanted) return;
    context_.diagnostics
        .report<diag::NameCollision>(entity.place.range, entity.table, with, wanted, taken)
        .help("give it a name of its own: `--@ name(" + std::string(taken) + ")`");
  }

  ir::Module& module_;
  Context& context_;
  Scope types_;
  Scope queries_;
  Scope mutations_;
};

}  // namespace

void name_graphql(ir::Module& module, Context& context) { Namer(module, context).run(); }

}  // namespace sqlxc::passes
