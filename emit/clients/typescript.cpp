#include <algorithm>
#include <set>
#include <span>

#include "compiler/base/embedded.h"
#include "compiler/base/printer.h"
#include "compiler/ir/names.h"
#include "emit/clients/clients.h"
#include "emit/clients/ts_names.h"
#include "emit/clients/ts_table.h"

namespace sqlxc {
std::span<const EmbeddedFile> stdlib_typescript();
}

namespace sqlxc::emit {
namespace {

const std::string kFolder = "clients/typescript/";

File emit_package(const ir::Module& module) {
  Printer out;
  out.emit(
      R"(
      {
        "name": $name$,
        "version": "0.0.0",
        "description": $description$,
        "private": true,
        "type": "module",
        "exports": {
          ".": { "types": "./dist/index.d.ts", "default": "./dist/index.js" }
        },
        "files": ["dist"],
        "scripts": {
          "build": "tsc",
          "prepare": "tsc"
        },
        "peerDependencies": {
          "zod": "^3.25.0 || ^4.0.0"
        },
        "devDependencies": {
          "typescript": "^5.5.0",
          "zod": "^3.25.0"
        }
      }
      )",
      {{"name", ts_string(ir::snake_case(module.name) + "-client")},
       {"description", ts_string("Types, rules and a client of the service " + module.name)}});
  return {kFolder + "package.json", out.take()};
}

bool is_table(const ir::Entity& entity) { return !entity.is_view; }

std::string class_of(const ir::Module& module, const ir::Entity& entity) {
  const std::string& name = entity.cpp_name;
  if (entity.is_view) return "View<" + name + "Row>";
  const std::string types = name + "Row, " + name + "Insert, " + name + "Update";
  const std::string key = ts_key_type(module, entity);
  const std::string searched = entity.search.empty() ? "" : "Searched";
  return searched +
         (key.empty() ? "Table<" + types + '>' : "KeyedTable<" + types + ", " + key + '>');
}

File emit_index(const ir::Module& module) {
  Printer out;
  std::string classes;
  for (const std::string_view name :
       {"KeyedTable", "SearchedKeyedTable", "SearchedTable", "Table", "View"}) {
    const bool is_used = std::ranges::any_of(module.entities, [&](const ir::Entity& entity) {
      return class_of(module, entity).starts_with(std::string(name) + '<');
    });
    if (is_used) classes += ", " + std::string(name);
  }
  out.emit(
      R"(
      $imports$

      export * from "./forms.js";
      export * from "./rest.js";
      export type { Rule, Tri } from "./rules.js";
      $exports$

      /** Every table and view of the service, typed: `client.tables.users.list({ limit: 10 })`. */
      export const createClient = (base: string, options: ClientOptions = {}) => {
        const connection = new Connection(base, options);
        return {
          connection,
          tables: {
            $tables$
          },
        };
      };

      export type Client = ReturnType<typeof createClient>;
      )",
      {{"imports",
        [&] {
          out.raw("import { type ClientOptions, Connection" + classes + " } from \"./rest.js\";\n");
          for (const ir::Entity& entity : module.entities) {
            const std::string& name = entity.cpp_name;
            const std::string types = is_table(entity)
                                          ? name + "Insert, " + name + "Row, " + name + "Update"
                                          : name + "Row";
            out.raw("import type { " + types + " } from \"./tables/" + entity.file_name +
                    ".js\";\n");
          }
        }},
       {"exports",
        [&] {
          for (const ir::Entity& entity : module.entities)
            out.raw("export * from \"./tables/" + entity.file_name + ".js\";\n");
        }},
       {"tables", [&] {
          for (const ir::Entity& entity : module.entities) {
            const std::string name =
                entity.schema.empty() ? entity.name : entity.schema + '.' + entity.name;
            out.raw(ts_property(name) + ": new " + class_of(module, entity) +
                    "(connection, \"/api/\" + encodeURIComponent(" + ts_string(name) + ")),\n");
          }
        }}});
  return {kFolder + "src/index.ts", out.take()};
}

}  // namespace

std::vector<File> emit_typescript(const ir::Module& module) {
  std::vector<File> files = {emit_package(module)};
  for (const EmbeddedFile& file : stdlib_typescript()) {
    const bool is_source = file.name.ends_with(".ts");
    files.push_back(
        {kFolder + (is_source ? "src/" : "") + std::string(file.name), std::string(file.text)});
  }
  files.push_back(emit_index(module));
  for (const ir::Entity& entity : module.entities) files.push_back(emit_ts_table(module, entity));
  return files;
}

}  // namespace sqlxc::emit
