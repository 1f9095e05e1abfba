#include "emit/graphql/graphql.h"

#include <string>
#include <vector>

#include "compiler/base/printer.h"
#include "compiler/ir/lower_types.h"
#include "emit/cpp/cpp.h"
#include "emit/cpp/names.h"
#include "emit/cpp/rest_view.h"

// Which part of the model each name of the schema means.
namespace sqlxc::emit {
namespace {

using Texts = std::vector<std::string>;

// Labels of a field whose names are others.
struct LabelsView {
  std::size_t field = 0;
  Texts names;
};

struct NamesView {
  Texts fields;
  Texts relations;
  std::vector<LabelsView> labels;
};

NamesView describe_names(const ir::Module& module, const ir::Entity& entity) {
  NamesView view;
  const auto add = [&](const ir::Field& field) {
    const ir::Type& type = ir::element_of(field.type);
    const std::size_t place = view.fields.size();
    view.fields.push_back(field.graphql_name);
    if (type.kind != ir::TypeKind::enumeration || !type.enumeration.is_valid()) return;
    const ir::Enumeration& of = at(module.enumerations, type.enumeration);
    if (of.graphql_labels != of.labels) view.labels.push_back({place, of.graphql_labels});
  };
  for (const ir::Field& field : entity.fields) add(field);
  for (const ir::Field& field : entity.computed) add(field);
  for (const ir::Relation& relation : entity.relations) {
    view.relations.push_back(relation.graphql_name);
  }
  return view;
}

void print_texts(Printer& out, const std::string& name, const Texts& texts) {
  if (texts.empty()) return;
  out.emit("constexpr std::string_view $name$[] = {\n    $items$\n};\n",
           {{"name", name}, {"items", [&] {
                               for (const std::string& text : texts) {
                                 out.raw(cpp_string(text) + ",\n");
                               }
                             }}});
}

// The lists of an entity, or of a function's result: a namespace, and the members that name them.
Texts print_lists(Printer& out, const std::string& scope, const NamesView& view,
                  const Texts& uniques) {
  Texts lines;
  const auto add = [&](std::string_view name, const std::string& list) {
    lines.push_back(member(name, scope + "::" + list));
  };
  out.emit("namespace $scope$ {\n", {{"scope", scope}});
  print_texts(out, "kFields", view.fields);
  print_texts(out, "kRelations", view.relations);
  print_texts(out, "kUniques", uniques);
  std::string labels;
  for (const LabelsView& each : view.labels) {
    const std::string name = "kLabels" + std::to_string(each.field);
    print_texts(out, name, each.names);
    labels += "    {" + std::to_string(each.field) + ", " + name + "},\n";
  }
  if (!labels.empty()) out.raw("constexpr GraphqlLabels kLabels[] = {\n" + labels + "};\n");
  out.emit("}  // namespace $scope$\n\n", {{"scope", scope}});
  if (!view.fields.empty()) add("fields", "kFields");
  if (!view.relations.empty()) add("relations", "kRelations");
  if (!uniques.empty()) add("uniques", "kUniques");
  if (!labels.empty()) add("labels", "kLabels");
  return lines;
}

Texts print_entity(Printer& out, const ir::Module& module, const ir::Entity& entity,
                   const std::string& scope) {
  const ir::GraphqlNames& names = entity.graphql;
  Texts lines;
  if (names.type.empty()) return lines;
  const auto add = [&](std::string_view name, const std::string& value) {
    if (!value.empty()) lines.push_back(member(name, cpp_string(value)));
  };
  add("type", names.type);
  add("types", names.types);
  add("one", names.one);
  add("many", names.many);
  for (std::string& line :
       print_lists(out, scope, describe_names(module, entity), names.by_unique)) {
    lines.push_back(std::move(line));
  }
  return lines;
}

void print_members(Printer& out, const std::vector<Texts>& all) {
  for (const Texts& lines : all) {
    if (lines.empty()) {
      out.raw("{},\n");
    } else {
      out.emit("{\n    $lines$\n},\n", {{"lines", [&] { print_lines(out, lines); }}});
    }
  }
}

}  // namespace

File emit_graphql_names(const ir::Module& module) {
  Printer lists;
  std::vector<Texts> entities;
  std::vector<Texts> functions;
  for (const ir::Entity& entity : module.entities) {
    entities.push_back(print_entity(lists, module, entity, entity_name(entity)));
  }
  for (const ir::Entity& result : module.results) {
    entities.push_back(print_entity(lists, module, result, result_name(result)));
  }
  for (std::size_t i = 0; i < module.functions.size(); ++i) {
    const ir::Function& function = module.functions[i];
    Texts& lines = functions.emplace_back();
    if (function.graphql_name.empty()) continue;
    lines.push_back(member("name", cpp_string(function.graphql_name)));
    Texts arguments;
    for (const ir::Parameter& parameter : function.parameters) {
      arguments.push_back(parameter.field.graphql_name);
    }
    if (arguments.empty()) continue;
    const std::string name = "kArguments" + std::to_string(i + 1);
    print_texts(lists, name, arguments);
    lists.raw("\n");
    lines.push_back(member("arguments", name));
  }
  Printer out;
  out.emit(
      R"(
      #include <sqlxc/query/graphql_names.h>

      #include "server/model.h"

      // What everything is called in GraphQL, in the order of the model: the schema (schema.graphql, beside this) is
      // printed from the same names.
      namespace $service$ {
      namespace {

      using namespace sqlxc::query;

      $lists$
      constexpr GraphqlEntity kEntities[] = {
          $entities$
      };

      $functions$
      }  // namespace

      const GraphqlNames& graphql_names() {
        static const GraphqlNames kNames = {
            .sdl = graphql_schema(),
            .node_id = $node_id$,
            .entities = kEntities,
            $with_functions$
        };
        return kNames;
      }

      }  // namespace $service$
      )",
      {{"service", service_namespace(module)},
       {"lists", [&] { out.raw(lists.text()); }},
       {"entities", [&] { print_members(out, entities); }},
       {"functions",
        [&] {
          if (functions.empty()) return;
          out.emit("constexpr GraphqlFunction kFunctions[] = {\n    $items$\n};\n\n",
                   {{"items", [&] { print_members(out, functions); }}});
        }},
       {"node_id", cpp_string(module.graphql_node_id)},
       {"with_functions", functions.empty() ? "" : ".functions = kFunctions,"}});
  return {"api/graphql/names.cpp", out.take()};
}

}  // namespace sqlxc::emit
