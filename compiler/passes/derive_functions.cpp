#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "compiler/catalog/to_ast.h"
#include "compiler/ir/lower_types.h"
#include "compiler/ir/names.h"
#include "compiler/ir/place.h"
#include "compiler/ir/schemas.h"
#include "compiler/passes/passes.h"
#include "compiler/syntax/print.h"

// PostgreSQL's functions: what can be called at /api/rpc, and those of a table's row, which read as
// a field or a relation of it.
namespace sqlxc::passes {
namespace {

using catalog::RoutineType;
using ir::Entity;
using ir::Returns;

// What only the database itself calls, or can make no value of.
constexpr std::array<std::string_view, 9> kInternal = {
    "trigger",     "event_trigger",    "internal",         "language_handler", "fdw_handler",
    "tsm_handler", "index_am_handler", "table_am_handler", "cstring"};

bool is_internal(const RoutineType& one) {
  return std::ranges::find(kInternal, one.type.spelled) != kInternal.end();
}

bool is_in(const ast::FunctionParameter& parameter) { return parameter.mode != "out"; }

bool is_out(const ast::FunctionParameter& parameter) {
  return parameter.mode == "out" || parameter.mode == "inout";
}

class Functions {
 public:
  Functions(ir::Module& module, Context& context) : module_(module), context_(context) {
    for (std::size_t i = 0; i < module.entities.size(); ++i) {
      entity_of_.emplace(module.entities[i].source, Id<Entity>(i));
    }
  }

  void run() {
    for (const catalog::Function& function : alive()) add(function);
    std::ranges::stable_sort(module_.functions, {}, &ir::Function::name);
  }

 private:
  // Of CREATE OR REPLACE the last one holds.
  std::vector<catalog::Function> alive() const {
    std::vector<catalog::Function> out;
    std::map<std::string, std::size_t> places;
    for (const catalog::Function& function : module_.catalog.functions) {
      std::string key = function.schema + '.' + function.name + '(';
      for (std::size_t i = 0; i < function.parameters.size(); ++i) {
        if (is_in(function.definition.parameters[i])) {
          key += function.parameters[i].type.spelled + ',';
        }
      }
      const auto [place, is_new] = places.emplace(std::move(key), out.size());
      if (is_new) {
        out.push_back(function);
      } else {
        out[place->second] = function;
      }
    }
    return out;
  }

  std::optional<Id<Entity>> entity_of(Id<catalog::Table> table) const {
    const auto found = entity_of_.find(table);
    if (!table.is_valid() || found == entity_of_.end()) return std::nullopt;
    return found->second;
  }

  // What a domain, or a domain over one, restricts: of a composite, the database gives its columns.
  const catalog::Type& without_domains(const catalog::Type& type) const {
    const catalog::Type* at_type = &type;
    while (at_type->domain.is_valid() && at_type->array_dimensions == 0) {
      at_type = &at(module_.catalog.domains, at_type->domain).type;
    }
    return *at_type;
  }

  ir::Field field(std::string_view name, const RoutineType& of) const {
    ir::Field out;
    out.name = out.column = out.pg_column = name;
    out.cpp_name = ir::cpp_identifier(name);
    out.type = ir::lower_type(of.type, module_.catalog);
    out.pg_type = syntax::print(catalog::to_ast(module_.catalog, of.type), Dialect::postgres);
    return out;
  }

  void add(const catalog::Function& from) {
    const ast::CreateFunction& definition = from.definition;
    const bool is_kept_away = definition.is_aggregate || definition.is_procedure ||
                              std::ranges::any_of(from.parameters, is_internal) ||
                              (from.returns && is_internal(*from.returns));
    const std::string called = ir::schema_called(from.schema);
    const bool is_served = std::ranges::find(module_.schemas, called) != module_.schemas.end();
    if (is_kept_away || !is_served) return;
    ir::Function out;
    out.schema = ir::schema_in_module(module_, from.schema);
    out.name = from.name;
    out.sql = ir::sql_name(module_, from.schema, from.name);
    out.description = from.comment.value_or("");
    out.place = ir::place_of(context_.sources, from.range);
    if (definition.volatility == "stable") out.volatility = ir::Volatility::stable;
    if (definition.volatility == "immutable") out.volatility = ir::Volatility::immutable;
    for (std::size_t i = 0; i < from.parameters.size(); ++i) {
      const ast::FunctionParameter& parameter = definition.parameters[i];
      if (!is_in(parameter)) continue;
      const std::string name = parameter.name ? parameter.name->text : std::string();
      out.parameters.push_back({.field = field(name, from.parameters[i]),
                                .is_optional = !parameter.default_value.empty(),
                                .is_variadic = parameter.mode == "variadic"});
    }
    if (!set_result(from, out)) return;
    add_computed(from, out);
    module_.functions.push_back(std::move(out));
  }

  // False where nothing can be told of what it gives.
  bool set_result(const catalog::Function& from, ir::Function& out) {
    const ast::CreateFunction& definition = from.definition;
    const bool is_set =
        (definition.returns && definition.returns->is_setof) || !definition.returns_table.empty();
    Entity result;
    result.name = from.name;
    for (std::size_t i = 0; i < definition.returns_table.size(); ++i) {
      result.fields.push_back(field(definition.returns_table[i].name.text, from.columns[i]));
    }
    for (std::size_t i = 0; i < definition.parameters.size(); ++i) {
      const ast::FunctionParameter& parameter = definition.parameters[i];
      if (!is_out(parameter)) continue;
      const std::string name = parameter.name ? parameter.name->text
                                              : "column" + std::to_string(result.fields.size() + 1);
      result.fields.push_back(field(name, from.parameters[i]));
    }
    const Returns many = is_set ? Returns::rows : Returns::row;
    if (!result.fields.empty()) return keep(std::move(result), many, out);
    if (!from.returns) return true;
    if (from.returns->type.spelled == "void") {
      // What is selected from the call, for nobody.
      result.fields.push_back(field(from.name, *from.returns));
      return keep(std::move(result), Returns::nothing, out);
    }
    const catalog::Type& type = without_domains(from.returns->type);
    const bool is_array = type.array_dimensions > 0;
    if (const auto entity = entity_of(from.returns->row); entity && !is_array) {
      out.entity = *entity;
      out.returns = many;
      return true;
    }
    if (from.returns->row.is_valid() && !is_array) {
      for (const catalog::Column& column : at(module_.catalog.tables, from.returns->row).columns) {
        result.fields.push_back(field(column.name, {column.type, {}}));
      }
      return keep(std::move(result), many, out);
    }
    if (type.composite.is_valid() && !is_array) {
      const auto& composite = at(module_.catalog.composites, type.composite);
      for (const catalog::Column& attribute : composite.attributes) {
        result.fields.push_back(field(attribute.name, {attribute.type, {}}));
      }
      if (!result.fields.empty()) return keep(std::move(result), many, out);
    }
    if (from.returns->type.spelled == "record") return false;
    result.fields.push_back(field(from.name, *from.returns));
    return keep(std::move(result), is_set ? Returns::values : Returns::value, out);
  }

  bool keep(Entity result, Returns returns, ir::Function& out) {
    result.file_name = names_.take({ir::cpp_identifier(ir::snake_case(result.name))});
    ir::UniqueNames members;
    for (ir::Field& one : result.fields) one.cpp_name = members.take({one.cpp_name});
    out.result = static_cast<std::uint32_t>(module_.results.size());
    out.returns = returns;
    module_.results.push_back(std::move(result));
    return true;
  }

  // A function of one row is a part of that row.
  void add_computed(const catalog::Function& from, const ir::Function& function) {
    if (from.parameters.size() != 1 || function.is_query) return;
    const auto of = entity_of(from.parameters[0].row);
    if (!of || from.parameters[0].type.array_dimensions > 0) return;
    Entity& entity = at(module_.entities, *of);
    const auto has_name = [&](const auto& one) { return one.name == from.name; };
    const bool is_taken = std::ranges::any_of(entity.fields, has_name) ||
                          std::ranges::any_of(entity.computed, has_name);
    if (function.entity.is_valid()) {
      // A relation that was asked for hides the foreign keys' of that name.
      std::erase_if(entity.relations, has_name);
      ir::Relation relation;
      relation.name = from.name;
      relation.cpp_name = ir::camel_case(from.name);
      relation.target = function.entity;
      relation.function = function.sql;
      const bool is_one = function.returns == Returns::row || gives_one_row(from.text);
      relation.cardinality = is_one ? ir::Cardinality::to_one : ir::Cardinality::to_many;
      relation.description = function.description;
      entity.relations.push_back(std::move(relation));
    } else if (function.returns == Returns::value && !is_taken) {
      ir::Field computed = at_result(function);
      computed.description = function.description;
      computed.column = computed.pg_column = function.sql;
      computed.place = function.place;
      computed.is_readonly = true;
      entity.computed.push_back(std::move(computed));
    }
  }

  const ir::Field& at_result(const ir::Function& function) const {
    return module_.results[function.result].fields.front();
  }

  // ROWS 1 in the header.
  static bool gives_one_row(std::string_view text) {
    std::string lower(text);
    std::ranges::transform(lower, lower.begin(), [](char c) {
      return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    for (std::size_t at = lower.find("rows"); at != std::string::npos;
         at = lower.find("rows", at + 1)) {
      std::size_t digit = lower.find_first_not_of(" \t\n", at + 4);
      const bool is_one =
          digit != std::string::npos && digit > at + 4 && lower[digit] == '1' &&
          (digit + 1 == lower.size() || lower[digit + 1] < '0' || lower[digit + 1] > '9') &&
          lower[digit + 1] != '.';
      if (is_one) return true;
    }
    return false;
  }

  ir::Module& module_;
  Context& context_;
  std::map<Id<catalog::Table>, Id<Entity>> entity_of_;
  ir::UniqueNames names_;
};

}  // namespace

void derive_functions(ir::Module& module, Context& context) {
  const bool is_callable =
      module.dialect == Dialect::postgres &&
      std::ranges::find(module.targets, Dialect::postgres) != module.targets.end();
  if (is_callable) Functions(module, context).run();
}

}  // namespace sqlxc::passes
