#include "emit/cpp/cpp.h"
#include "emit/cpp/names.h"
#include "emit/cpp/rest_view.h"

// api/rest/functions.cpp: what can be called, with its parameters and what it gives.
namespace sqlxc::emit {
namespace {

std::string_view word_of(ir::Returns returns) {
  switch (returns) {
    case ir::Returns::nothing:
      return "nothing";
    case ir::Returns::value:
      return "value";
    case ir::Returns::values:
      return "values";
    case ir::Returns::row:
      return "row";
    case ir::Returns::rows:
      return "rows";
  }
  return "";
}

struct FunctionView {
  std::string name;  // of its parameters' namespace
  EntityView parameters;
  std::vector<std::string> lines;
};

FunctionView describe_function(const ir::Module& module, const ir::Function& function,
                               std::size_t index) {
  FunctionView view;
  view.name = "call_" + std::to_string(index);
  ir::Entity parameters;
  for (const ir::Parameter& parameter : function.parameters) {
    parameters.fields.push_back(parameter.field);
  }
  view.parameters = describe(module, parameters);
  const auto add = [&](std::string_view name, std::string_view value) {
    view.lines.push_back(member(name, value));
  };
  add("name", cpp_string(function.name));
  if (!function.schema.empty()) add("schema", cpp_string(function.schema));
  if (!function.is_query) add("sql", cpp_string(function.sql));
  if (!function.sql.empty() && function.is_query) add("sql", cpp_raw_string(function.sql));
  if (function.pg_sql != function.sql && !function.pg_sql.empty()) {
    add("pg_sql", cpp_raw_string(function.pg_sql));
  }
  if (function.is_query) add("is_query", "true");
  if (function.is_query && function.pg_sql.empty()) add("only_sqlite", "true");
  if (!function.reads.empty()) add("reads", entities_of(module, function.reads));
  if (function.volatility == ir::Volatility::stable) add("volatility", "Volatility::stable");
  if (function.volatility == ir::Volatility::immutable) add("volatility", "Volatility::immutable");
  if (!function.parameters.empty()) add("parameters", view.name + "::kParameters");
  if (function.returns != ir::Returns::nothing) {
    add("returns", "Function::Returns::" + std::string(word_of(function.returns)));
  }
  if (function.entity.is_valid() || function.result != UINT32_MAX) {
    add("result",
        "at::" + (function.entity.is_valid() ? entity_name(at(module.entities, function.entity))
                                             : result_name(module.results[function.result])));
  }
  if (!function.order.empty()) add("order", view.name + "::kOrder");
  if (!function.description.empty()) add("description", cpp_string(function.description));
  return view;
}

void print_parameters(Printer& out, const ir::Function& function, const FunctionView& view) {
  out.emit(
      "namespace $name$ {\n$labels$\nconstexpr Parameter kParameters[] = {\n    $items$\n};\n}  // "
      "namespace $name$\n\n",
      {{"name", view.name},
       {"labels",
        [&] {
          for (const auto& [name, values] : view.parameters.labels) {
            out.emit("constexpr std::string_view $label$[] = {$values$};\n",
                     {{"label", name}, {"values", values}});
          }
        }},
       {"items", [&] {
          for (std::size_t i = 0; i < function.parameters.size(); ++i) {
            const ir::Parameter& parameter = function.parameters[i];
            std::vector<std::string> after;
            if (parameter.is_optional) after.push_back(member("is_optional", "true"));
            if (parameter.is_variadic) after.push_back(member("is_variadic", "true"));
            if (!parameter.default_sql.empty()) {
              after.push_back(member("default_sql", cpp_string(parameter.default_sql)));
            }
            if (!parameter.pg_default_sql.empty() &&
                parameter.pg_default_sql != parameter.default_sql) {
              after.push_back(member("pg_default_sql", cpp_string(parameter.pg_default_sql)));
            }
            out.emit("{\n    .field = {\n        $lines$\n    },\n    $after$\n},\n",
                     {{"lines", [&] { print_lines(out, view.parameters.fields[i].lines); }},
                      {"after", [&] { print_lines(out, after); }}});
          }
        }}});
}

// The order of a named query's rows, by the places of their fields.
void print_order(Printer& out, const ir::Function& function, const FunctionView& view) {
  out.emit(
      "namespace $name$ {\nconstexpr Order kOrder[] = {\n    $items$\n};\n}  // namespace "
      "$name$\n\n",
      {{"name", view.name}, {"items", [&] {
                               for (const ir::Order& order : function.order) {
                                 out.raw("{" + std::to_string(order.field) +
                                         (order.is_descending ? ", true},\n" : "},\n"));
                               }
                             }}});
}

void print_result(Printer& out, const ir::Module& module, const ir::Entity& result) {
  const EntityView view = describe(module, result);
  out.emit(
      R"(
      namespace $name$ {
      namespace {

      $arrays$
      }  // namespace

      const Entity entity = {
          .name = $text$,
          .is_result = true,
          .fields = kColumns,
      };

      }  // namespace $name$

      )",
      {{"name", result_name(result)}, {"text", cpp_string(result.name)}, {"arrays", [&] {
                                                                            print_arrays(out, view);
                                                                          }}});
}

}  // namespace

File emit_functions(const ir::Module& module) {
  std::vector<FunctionView> views;
  for (std::size_t i = 0; i < module.functions.size(); ++i) {
    views.push_back(describe_function(module, module.functions[i], i + 1));
  }
  Printer out;
  out.emit(
      R"(
      #include "api/rest/rest.h"

      // What can be called at /api/rpc, its parameters, and what it gives that is no table's row.
      namespace $service$::rest {

      $results$
      namespace {

      $parameters$
      constexpr Function kFunctions[] = {
          $functions$
      };

      }  // namespace

      std::span<const Function> functions() { return kFunctions; }

      }  // namespace $service$::rest
      )",
      {{"service", service_namespace(module)},
       {"results",
        [&] {
          for (const ir::Entity& result : module.results) print_result(out, module, result);
        }},
       {"parameters",
        [&] {
          for (std::size_t i = 0; i < views.size(); ++i) {
            if (!module.functions[i].parameters.empty()) {
              print_parameters(out, module.functions[i], views[i]);
            }
            if (!module.functions[i].order.empty()) {
              print_order(out, module.functions[i], views[i]);
            }
          }
        }},
       {"functions", [&] {
          for (const FunctionView& view : views) {
            out.emit("{\n    $lines$\n},\n", {{"lines", [&] { print_lines(out, view.lines); }}});
          }
        }}});
  return {"api/rest/functions.cpp", out.take()};
}

}  // namespace sqlxc::emit
