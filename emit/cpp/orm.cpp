#include <algorithm>
#include <set>

#include "compiler/base/printer.h"
#include "compiler/ir/names.h"
#include "emit/cpp/cpp.h"
#include "emit/cpp/names.h"
#include "emit/cpp/orm_view.h"

// The typed tables: a struct for rows, one for what a write says of a row, one for the columns and
// relations.
namespace sqlxc::emit {
namespace {

// Not the name of a header that every service has.
std::string header_name(const ir::Entity& entity) {
  const std::string name = ir::snake_case(entity.cpp_name);
  return name + (name == "orm" || name == "enumerations" ? "_row.h" : ".h");
}

// `struct Comment;` for each of the names but the entity's own.
void print_declarations(Printer& out, const TypedTable& view, bool is_input) {
  std::set<std::string> names;
  for (const RelationMember& relation : view.relations) {
    if (!is_input || relation.is_input) names.insert(relation.target);
  }
  names.erase(view.name);
  for (const std::string& name : names) out.emit("struct $name$;\n", {{"name", name}});
  if (!names.empty()) out.raw("\n");
}

void print_input(Printer& out, const TypedTable& view) {
  if (!view.is_written) return;
  out.emit(R"(
      namespace input {

      $declarations$
      /// What a write says of a row of `$table$`.
      struct $name$ {
        $members$
        $relations$
      };

      }  // namespace input

      )",
           {{"name", view.name},
            {"table", view.table},
            {"declarations", [&] { print_declarations(out, view, true); }},
            {"members",
             [&] {
               for (const Member& member : view.members) {
                 if (!member.is_written) continue;
                 out.emit("orm::Set<$type$> $member${};\n",
                          {{"type", member.type}, {"member", member.name}});
               }
             }},
            {"relations", [&] {
               for (const RelationMember& relation : view.relations) {
                 if (!relation.is_input) continue;
                 out.emit("orm::Along<$target$> $relation${};\n",
                          {{"target", relation.target}, {"relation", relation.name}});
               }
             }}});
}

void print_columns(Printer& out, const TypedTable& view) {
  std::size_t index = 0;
  for (const Member& member : view.members) {
    out.emit("static constexpr orm::Column<$name$, $type$> $member${$index$};\n",
             {{"type", member.type}, {"member", member.name}, {"index", index++}});
  }
  for (const RelationMember& relation : view.relations) {
    out.emit("static constexpr orm::$kind$<$name$, $target$, $index$> $relation${};\n",
             {{"kind", relation.kind},
              {"target", relation.target},
              {"relation", relation.name},
              {"index", relation.index}});
  }
}

// How columns and members are brought together.
void print_visits(Printer& out, const TypedTable& view) {
  const bool has_members = !view.members.empty();
  out.emit(R"(
      static void each_column($row$, $take$) {
        $members$
      }
      )",
           {{"row", has_members ? "auto& row" : "auto&"},
            {"take", has_members ? "auto&& take" : "auto&&"},
            {"members", [&] {
               for (const Member& member : view.members) {
                 out.emit("take(row.$member$);\n", {{"member", member.name}});
               }
             }}});
  if (!view.is_written) return;
  out.raw("\n");
  const auto is_written = [](const Member& member) { return member.is_written; };
  const bool has_input = std::ranges::any_of(view.members, is_written) ||
                         std::ranges::any_of(view.relations, &RelationMember::is_input);
  out.emit(R"(
      static void each_input($input$, $take$) {
        $members$
        $relations$
      }
      )",
           {{"input", has_input ? "const Input& input" : "const Input&"},
            {"take", has_input ? "auto&& take" : "auto&&"},
            {"members",
             [&] {
               for (const Member& member : view.members) {
                 if (!member.is_written) continue;
                 out.emit("take($name$::$member$, input.$member$);\n", {{"member", member.name}});
               }
             }},
            {"relations", [&] {
               for (const RelationMember& relation : view.relations) {
                 if (!relation.is_input) continue;
                 out.emit("take($name$::$member$, input.$member$);\n", {{"member", relation.name}});
               }
             }}});
}

void print_row(Printer& out, const TypedTable& view) {
  out.emit(R"(
      $comment$
      struct $name$ {
        $members$

        bool operator==(const $name$&) const = default;
      };

      )",
           {{"comment", view.comment}, {"members", [&] {
                                          for (const Member& member : view.members) {
                                            out.emit("$c$\n$type$ $n$$initial$;\n",
                                                     {{"c", member.comment},
                                                      {"type", member.row_type()},
                                                      {"n", member.name},
                                                      {"initial", member.initial}});
                                          }
                                        }}});
}

void print_table(Printer& out, const TypedTable& view) {
  out.emit(R"(
      namespace table {

      $declarations$
      /// The columns and relations of `$table$`.
      struct $name$ {
        using Row = $service$::$name$;
        $input$
        $key$

        static constexpr sqlxc::query::EntityIndex kEntity = $index$;

        $columns$

        $visits$
      };

      }  // namespace table

      inline constexpr table::$name$ $constant$;

      table::$name$ table_of(const $name$&);
      )",
           {{"declarations", [&] { print_declarations(out, view, false); }},
            {"table", view.table},
            {"input", view.is_written ? "using Input = input::" + view.name + ';' : std::string()},
            {"key", view.key.empty() ? std::string() : "using Key = " + view.key + ';'},
            {"index", view.index},
            {"constant", view.constant},
            {"columns", [&] { print_columns(out, view); }},
            {"visits", [&] { print_visits(out, view); }}});
}

}  // namespace

File emit_orm_table(const ir::Module& module, const ir::Entity& entity) {
  const TypedTable view = describe_table(module, entity);
  Printer out;
  out.emit(
      R"(
      #pragma once

      #include <sqlxc/orm/table.h>

      $includes$
      namespace $service$ {

      namespace orm = sqlxc::orm;

      $row$
      $input$
      $table$

      }  // namespace $service$
      )",
      {{"service", service_namespace(module)},
       {"name", view.name},
       {"includes",
        [&] {
          for (const std::string& include : view.includes)
            out.emit("#include <$i$>\n", {{"i", include}});
          if (!view.includes.empty()) out.raw("\n");
          if (view.has_enumerations) out.emit("#include \"orm/enumerations.h\"\n\n");
        }},
       {"row", [&] { print_row(out, view); }},
       {"input", [&] { print_input(out, view); }},
       {"table", [&] { print_table(out, view); }}});
  return {"orm/" + header_name(entity), out.take()};
}

File emit_orm_umbrella(const ir::Module& module) {
  std::vector<std::string> headers;
  for (const ir::Entity& entity : module.entities) headers.push_back(header_name(entity));
  if (!module.enumerations.empty()) headers.push_back("enumerations.h");
  std::ranges::sort(headers);
  Printer out;
  out.emit(
      R"(
      #pragma once

      #include <sqlxc/orm/database.h>

      #include <string_view>

      $includes$
      #include "server/model.h"

      // The tables of the service, typed: rows, columns, relations and what can be asked of them.
      namespace $service$ {

      using sqlxc::orm::every_row;
      using sqlxc::orm::from;
      using sqlxc::orm::null;
      using sqlxc::orm::use_default;

      /// The database: a file, or `postgresql://...`; one that is empty gets the schema.
      inline sqlxc::orm::Result<sqlxc::orm::Database> open(std::string_view url) {
        return sqlxc::orm::Database::open(model(), url);
      }

      }  // namespace $service$
      )",
      {{"service", service_namespace(module)}, {"includes", [&] {
                                                  for (const std::string& header : headers)
                                                    out.emit("#include \"orm/$h$\"\n",
                                                             {{"h", header}});
                                                }}});
  return {"orm/orm.h", out.take()};
}

}  // namespace sqlxc::emit
