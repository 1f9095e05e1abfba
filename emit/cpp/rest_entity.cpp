#include <array>

#include "compiler/base/printer.h"
#include "compiler/ir/lower_types.h"
#include "compiler/ir/names.h"
#include "emit/cpp/cpp.h"
#include "emit/cpp/names.h"
#include "emit/cpp/rest_view.h"
#include "emit/ddl/ddl.h"

// An entity as the service knows it: constant data that reads as a declaration. What is a default
// is left out.
namespace sqlxc::emit {
namespace {

using ddl::has_target;
using ir::TypeKind;

// What the file itself uses: a column of such a name gets a `_`.
constexpr std::array<std::string_view, 27> kTaken = {
    "Cardinality", "Entity",      "EntityIndex", "Field",    "FieldIndex",    "Key",
    "Model",       "Order",       "Places",      "Relation", "Type",          "at",
    "entity",      "kEntities",   "kFields",     "kColumns", "kColumnPlaces", "kIndexes",
    "kOrder",      "kRelations",  "kRulePlaces", "kSearch",  "kUniques",      "places",
    "rest",        "SearchField", "validation"};

std::string sql_name(std::string_view name) {
  std::string out = "\"";
  for (const char c : name) out.append(c == '"' ? 2 : 1, c);
  return out + '"';
}

class Describer {
 public:
  Describer(const ir::Module& module, const ir::Entity& entity)
      : module_(module), entity_(entity) {}

  EntityView run() {
    view_.comment = cpp_comment(
        entity_.description.empty() ? '`' + entity_.table + '`' : entity_.description, "// ");
    name_columns();
    for (std::size_t i = 0; i < entity_.fields.size(); ++i)
      add_field(entity_.fields[i], view_.columns[i]);
    for (const ir::Field& field : entity_.computed) {
      add_field(field, field.name, true);
    }
    if (entity_.primary_key) view_.primary_key = key(*entity_.primary_key);
    for (const ir::Key& each : entity_.uniques) view_.uniques.push_back(key(each));
    for (const ir::Key& each : entity_.indexes) view_.indexes.push_back(key(each));
    for (const ir::Relation& relation : entity_.relations) add_relation(relation);
    for (const ir::Order& order : entity_.default_order) {
      view_.order.push_back('{' + view_.columns[order.field] +
                            (order.is_descending ? ", true}" : "}"));
    }
    for (const ir::SearchField& one : entity_.search) {
      view_.search.push_back('{' + view_.columns[one.field] + ", '" + one.weight + "'}");
    }
    return std::move(view_);
  }

 private:
  void name_columns() {
    CppNames names(kTaken);
    names.take(service_namespace(module_));
    for (const ir::Field& field : entity_.fields) {
      view_.columns.push_back(names.take(field.cpp_name));
    }
  }

  std::string labels_of(const ir::Type& type, const std::string& column) {
    std::string values;
    for (const std::string& label : at(module_.enumerations, type.enumeration).labels) {
      values += (values.empty() ? "" : ", ") + cpp_string(label);
    }
    if (values.empty()) return {};
    const std::string name = "k" + ir::camel_case(column) + "Labels";
    view_.labels.emplace_back(label_names_.take({name}), values);
    return view_.labels.back().first;
  }

  // `sql` of a computed one is a function's whole name.
  void add_field(const ir::Field& field, const std::string& column, bool is_computed = false) {
    const ir::Type& type = field.type;
    const ir::Type& element = ir::element_of(type);
    FieldView out;
    const auto add = [&](std::string_view name, std::string_view value) {
      out.lines.push_back(member(name, value));
    };
    const auto add_if = [&](bool is_set, std::string_view name) {
      if (is_set) add(name, "true");
    };
    add("name", cpp_string(field.name));
    add("sql", cpp_string(is_computed ? field.column : sql_name(field.column)));
    const bool is_renamed = !field.pg_column.empty() && field.pg_column != field.column;
    if (is_renamed) add("pg_sql", cpp_string(sql_name(field.pg_column)));
    add("type", "Type::" + std::string(ir::name_of(type.kind)));
    if (type.kind == TypeKind::array)
      add("element", "Type::" + std::string(ir::name_of(element.kind)));
    if (element.max_length > 0) add("max_length", std::to_string(element.max_length));
    if (element.precision > 0) add("precision", std::to_string(element.precision));
    if (element.scale != 0) add("scale", std::to_string(element.scale));
    if (!field.is_nullable) add("nullable", "false");
    add_if(field.has_default, "has_default");
    add_if(field.is_generated, "generated");
    add_if(field.is_readonly || field.is_hidden, "readonly");
    add_if(field.is_writeonly || field.is_hidden, "writeonly");
    add_if(is_computed, "computed");
    if (element.kind == TypeKind::enumeration) {
      if (const std::string labels = labels_of(element, column); !labels.empty())
        add("labels", labels);
    }
    if (!field.pg_type.empty()) add("pg_type", cpp_string(field.pg_type));
    const ir::Representation& represented = field.represented;
    if (!represented.to_json.empty()) add("pg_to_json", cpp_string(represented.to_json));
    if (!represented.from_json.empty()) add("pg_from_json", cpp_string(represented.from_json));
    if (!represented.from_text.empty()) add("pg_from_text", cpp_string(represented.from_text));
    view_.fields.push_back(std::move(out));
  }

  std::string fields_of(const std::vector<std::uint16_t>& fields) const {
    std::string out;
    for (const std::uint16_t field : fields)
      out += (out.empty() ? "" : ", ") + view_.columns[field];
    return "kFields<" + out + '>';
  }

  static std::string indexes_of(const std::vector<std::uint16_t>& fields) {
    std::string out;
    for (const std::uint16_t field : fields)
      out += (out.empty() ? "" : ", ") + std::to_string(field);
    return "kFields<" + out + '>';
  }

  std::string key(const ir::Key& key) const {
    return '{' + cpp_string(key.name) + ", " + fields_of(key.fields) + '}';
  }

  static std::string names_of(const ir::Entity& entity, const std::vector<std::uint16_t>& fields) {
    std::string out;
    for (const std::uint16_t field : fields)
      out += (out.empty() ? "" : ", ") + entity.fields[field].column;
    return entity.table + (fields.size() == 1 ? '.' + out : " (" + out + ')');
  }

  // `posts.author_id = users.id`: what the numbers of the other entity's fields mean.
  std::string comment_of(const ir::Relation& relation) const {
    if (!relation.function.empty()) {
      return cpp_comment(relation.function + " of a row of " + entity_.table, "// ");
    }
    const ir::Entity& target = at(module_.entities, relation.target);
    std::string text = names_of(entity_, relation.from) + " = ";
    if (relation.cardinality == ir::Cardinality::many_to_many) {
      const ir::Entity& via = at(module_.entities, relation.via);
      text += names_of(via, relation.via_from) + " and " + names_of(via, relation.via_to) + " = ";
    }
    return cpp_comment(text + names_of(target, relation.to), "// ");
  }

  void add_relation(const ir::Relation& relation) {
    const ir::Entity& target = at(module_.entities, relation.target);
    RelationView out;
    out.comment = comment_of(relation);
    const auto add = [&](std::string_view name, std::string_view value) {
      out.lines.push_back(member(name, value));
    };
    add("name", cpp_string(relation.name));
    switch (relation.cardinality) {
      case ir::Cardinality::to_one:
        break;
      case ir::Cardinality::to_many:
        add("cardinality", "Cardinality::to_many");
        break;
      case ir::Cardinality::many_to_many:
        add("cardinality", "Cardinality::many_to_many");
        break;
    }
    add("target", "at::" + entity_name(target));
    if (!relation.constraint.empty()) add("constraint", cpp_string(relation.constraint));
    if (relation.function.empty()) {
      add("from", fields_of(relation.from));
      add("to", indexes_of(relation.to));
    } else {
      add("function", cpp_string(relation.function));
    }
    if (relation.via.is_valid()) {
      add("via", "at::" + entity_name(at(module_.entities, relation.via)));
      add("via_from", indexes_of(relation.via_from));
      add("via_to", indexes_of(relation.via_to));
    }
    view_.relations.push_back(std::move(out));
  }

  const ir::Module& module_;
  const ir::Entity& entity_;
  EntityView view_;
  ir::UniqueNames label_names_;
};

// `constexpr Key kUniques[] = { ... };` with an empty line after it, or nothing.
void print_array(Printer& out, std::string_view declaration,
                 const std::vector<std::string>& items) {
  if (items.empty()) return;
  out.emit("constexpr $declaration$[] = {\n    $items$\n};\n\n",
           {{"declaration", declaration}, {"items", [&] {
                                             for (const std::string& item : items)
                                               out.raw(item + ",\n");
                                           }}});
}

// Qualified where the schema has more than the default one: no search path then changes its
// meaning.
std::string pg_name(const ir::Module& module, const ir::Entity& entity) {
  const bool is_plain = entity.pg_schema.empty() && module.catalog.schemas.empty();
  if (is_plain) return sql_name(entity.pg_table);
  return sql_name(entity.pg_schema.empty() ? "public" : entity.pg_schema) + '.' +
         sql_name(entity.pg_table);
}

// `{kSearch, R"("_sqlxc_search_posts")", R"("id")"}`
std::string search_of(const ir::Entity& entity) {
  if (entity.sqlite_search.empty()) return "{kSearch}";
  return "{kSearch, " + cpp_string(sql_name(entity.sqlite_search)) + ", " +
         cpp_string(sql_name(entity.sqlite_search_row)) + '}';
}

std::vector<std::string> entity_lines(const ir::Module& module, const ir::Entity& entity,
                                      const EntityView& view) {
  std::vector<std::string> lines;
  const auto add = [&](std::string_view name, std::string_view value) {
    lines.push_back(member(name, value));
  };
  add("name", cpp_string(entity.name));
  if (!entity.schema.empty()) add("schema", cpp_string(entity.schema));
  add("sql", cpp_string(sql_name(entity.table)));
  const std::string pg_sql = pg_name(module, entity);
  if (!entity.pg_table.empty() && pg_sql != sql_name(entity.table)) {
    add("pg_sql", cpp_string(pg_sql));
  }
  if (!entity.is_in_sqlite && has_target(module, Dialect::sqlite)) add("only_postgres", "true");
  if (entity.has_sqlite_triggers) add("has_triggers", "true");
  if (entity.is_view) add("is_view", "true");
  if (!entity.fields.empty()) add("fields", "kColumns");
  if (!view.primary_key.empty()) add("primary_key", view.primary_key);
  if (!view.uniques.empty()) add("uniques", "kUniques");
  if (!view.indexes.empty()) add("indexes", "kIndexes");
  if (!view.relations.empty()) add("relations", "kRelations");
  if (has_validation(entity)) add("rules", "validation::" + entity_name(entity) + "::kRules");
  if (!entity.reads.empty()) add("reads", entities_of(module, entity.reads));
  if (!view.order.empty()) add("default_order", "kOrder");
  if (!view.search.empty()) add("search", search_of(entity));
  if (entity.page > 0) add("page", std::to_string(entity.page));
  if (!entity.description.empty()) add("description", cpp_string(entity.description));
  add("places", "&places");
  return lines;
}

}  // namespace

std::string member(std::string_view name, std::string_view value) {
  return '.' + std::string(name) + " = " + std::string(value) + ',';
}

void print_lines(Printer& out, const std::vector<std::string>& lines) {
  for (const std::string& line : lines) out.raw(line + '\n');
}

EntityView describe(const ir::Module& module, const ir::Entity& entity) {
  return Describer(module, entity).run();
}

void print_arrays(Printer& out, const EntityView& view) {
  for (const auto& [name, values] : view.labels) {
    out.emit("constexpr std::string_view $label$[] = {$values$};\n\n",
             {{"label", name}, {"values", values}});
  }
  if (!view.fields.empty()) {
    out.emit("constexpr Field kColumns[] = {\n    $fields$\n};\n\n",
             {{"fields", [&] {
                 for (const FieldView& field : view.fields) {
                   out.emit("{\n    $lines$\n},\n",
                            {{"lines", [&] { print_lines(out, field.lines); }}});
                 }
               }}});
  }
  print_array(out, "Key kUniques", view.uniques);
  print_array(out, "Key kIndexes", view.indexes);
  if (!view.relations.empty()) {
    out.emit("constexpr Relation kRelations[] = {\n    $relations$\n};\n\n",
             {{"relations", [&] {
                 for (const RelationView& relation : view.relations) {
                   out.emit("$comment$\n{\n    $lines$\n},\n",
                            {{"comment", relation.comment},
                             {"lines", [&] { print_lines(out, relation.lines); }}});
                 }
               }}});
  }
  print_array(out, "Order kOrder", view.order);
  print_array(out, "SearchField kSearch", view.search);
}

std::string service_namespace(const ir::Module& module) {
  return cpp_name(ir::snake_case(module.name),
                  {"api", "input", "main", "rest", "table", "validation"});
}

std::string result_name(const ir::Entity& result) { return "result_" + result.file_name; }

std::string entities_of(const ir::Module& module, const std::vector<Id<ir::Entity>>& entities) {
  std::string names;
  for (const Id<ir::Entity> id : entities) {
    names += (names.empty() ? "at::" : ", at::") + entity_name(at(module.entities, id));
  }
  return "kEntities<" + names + '>';
}

std::string entity_name(const ir::Entity& entity) { return cpp_name(entity.file_name, {"at"}); }

File emit_rest_entity(const ir::Module& module, const ir::Entity& entity) {
  const EntityView view = describe(module, entity);
  const std::string path = "/api/" + entity.name;
  Printer out;
  out.emit(
      R"(
      #include "api/rest/rest.h"
      $validation$

      $comment$
      namespace $service$::rest::$name$ {
      namespace {

      enum : FieldIndex {
        $columns$
      };

      $arrays$
      }  // namespace

      const Entity entity = {
          $members$
      };

      }  // namespace $service$::rest::$name$
      )",
      {{"service", service_namespace(module)},
       {"name", entity_name(entity)},
       {"comment", view.comment},
       {"validation", has_validation(entity)
                          ? "\n#include \"validation/" + entity.file_name + ".h\""
                          : std::string()},
       {"columns",
        [&] {
          for (const std::string& column : view.columns) out.raw(column + ",\n");
        }},
       {"arrays", [&] { print_arrays(out, view); }},
       {"members", [&] { print_lines(out, entity_lines(module, entity, view)); }}});
  return {"api/rest/" + entity.file_name + ".cpp", out.take()};
}

File emit_rest_header(const ir::Module& module) {
  Printer out;
  const auto each = [&](std::string_view text) {
    std::size_t index = 0;
    for (const ir::Entity& entity : module.entities) {
      out.emit(text, {{"name", entity_name(entity)}, {"index", index++}});
    }
  };
  out.emit(
      R"(
      #pragma once

      #include <sqlxc/query/model.h>

      // Every entity of the service, and its place in the model.
      namespace $service$::rest {

      using namespace sqlxc::query;

      namespace at {

      enum : EntityIndex {
        $places$
        $results$
      };

      }  // namespace at

      $entities$
      $functions$
      $handlers$

      }  // namespace $service$::rest
      )",
      {{"service", service_namespace(module)},
       {"places", [&] { each("$name$,\n"); }},
       {"results",
        [&] {
          for (const ir::Entity& result : module.results) out.raw(result_name(result) + ",\n");
        }},
       {"functions",
        [&] {
          if (module.functions.empty()) return;
          out.raw(
              "\n// What can be called, and what it gives that is no table's row.\n"
              "std::span<const Function> functions();\n");
          for (const ir::Entity& result : module.results) {
            out.emit("namespace $name$ {\nextern const Entity entity;\n}\n",
                     {{"name", result_name(result)}});
          }
        }},
       {"handlers",
        [&] {
          if (module.handlers.empty()) return;
          out.raw(
              "\n// What rows can be had in beside JSON and CSV.\n"
              "std::span<const Handler> handlers();\n");
        }},
       {"entities", [&] {
          each("namespace $name$ {\nextern const Entity entity;\nextern const Places places;\n}\n");
        }}});
  return {"api/rest/rest.h", out.take()};
}

}  // namespace sqlxc::emit
