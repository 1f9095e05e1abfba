#include <map>

#include "compiler/base/printer.h"
#include "emit/cpp/cpp.h"
#include "emit/cpp/names.h"
#include "emit/cpp/rest_view.h"
#include "emit/ddl/ddl.h"
#include "emit/graphql/graphql.h"
#include "runtime/sqlxc/core/hash.h"

// The server: the model of all entities, the documents inside the binary, and a main() that says
// what it serves.
namespace sqlxc::emit {
namespace {

// The emitted switch has a case a hash: two equal ones would not compile, and are met by a longer
// switch.
bool has_collision(const ir::Module& module) {
  std::map<std::uint64_t, std::string_view> seen;
  for (const ir::Entity& entity : module.entities) {
    if (!seen.emplace(hash(entity.name), entity.name).second) return true;
  }
  return false;
}

void print_find(Printer& out, const ir::Module& module) {
  if (has_collision(module)) {
    for (const ir::Entity& entity : module.entities) {
      out.emit("if (name == $text$) return at::$name$;\n",
               {{"text", cpp_string(entity.name)}, {"name", entity_name(entity)}});
    }
    out.raw("return -1;\n");
    return;
  }
  out.emit("switch (sqlxc::hash(name)) {\n  $cases$\n  default:\n    return -1;\n}\n",
           {{"cases", [&] {
               for (const ir::Entity& entity : module.entities) {
                 out.emit("case sqlxc::hash($text$):\n  return name == $text$ ? at::$name$ : -1;\n",
                          {{"text", cpp_string(entity.name)}, {"name", entity_name(entity)}});
               }
             }}});
}

}  // namespace

File emit_model_header(const ir::Module& module) {
  Printer out;
  out.emit(
      R"(
      #pragma once

      #include <sqlxc/query/model.h>

      #include <string_view>

      namespace $service$ {

      /// All that the service knows of its schema.
      const sqlxc::query::Model& model();

      /// The entity whose rows are at `/api/{name}`, by its place in the model, or -1.
      int find_entity(std::string_view name);

      // Files of this folder that are compiled in as they are (documents.cpp).
      std::string_view openapi_json();
      std::string_view docs_page();
      $schemas$

      $graphql$

      }  // namespace $service$
      )",
      {{"service", service_namespace(module)},
       {"graphql",
        has_graphql(module)
            ? "std::string_view graphql_schema();\n\n/// What everything is called in GraphQL.\n"
              "const sqlxc::query::GraphqlNames& graphql_names();"
            : ""},
       {"schemas", [&] {
          for (const Dialect target : ddl::databases(module)) {
            out.emit("std::string_view $target$_schema();\n", {{"target", name_of(target)}});
          }
        }}});
  return {"server/model.h", out.take()};
}

File emit_model_source(const ir::Module& module) {
  Printer out;
  out.emit(
      R"(
      #include "server/model.h"

      #include <sqlxc/core/hash.h>

      #include "api/rest/rest.h"

      namespace $service$ {

      const sqlxc::query::Model& model() {
        static const rest::Entity kEntities[] = {
            $entities$
        };
        $schema_list$
        static const rest::Model kModel = {
            .name = $name$,
            .fingerprint = $fingerprint$,
            .entities = kEntities,
            .find_entity = find_entity,
            $functions$
            $handlers$
            $exposed$
            $schemas$
            .openapi = openapi_json(),
            .docs_html = docs_page(),
            $graphql$
        };
        return kModel;
      }

      int find_entity(std::string_view name) {
        namespace at = rest::at;
        $find$
      }

      }  // namespace $service$
      )",
      {{"service", service_namespace(module)},
       {"name", cpp_string(module.name)},
       {"fingerprint", cpp_string(module.fingerprint)},
       {"entities",
        [&] {
          for (const ir::Entity& entity : module.entities) {
            out.emit("rest::$e$::entity,\n", {{"e", entity_name(entity)}});
          }
          for (const ir::Entity& result : module.results) {
            out.emit("rest::$e$::entity,\n", {{"e", result_name(result)}});
          }
        }},
       {"functions", module.functions.empty() ? "" : ".functions = rest::functions(),"},
       {"handlers", module.handlers.empty() ? "" : ".handlers = rest::handlers(),"},
       {"exposed", module.schemas.empty() ? "" : ".schemas = kSchemas,"},
       {"schema_list",
        [&] {
          if (module.schemas.empty()) return;
          std::string names;
          for (const std::string& schema : module.schemas) {
            names += (names.empty() ? "" : ", ") + cpp_string(schema);
          }
          out.emit("static constexpr std::string_view kSchemas[] = {$names$};\n",
                   {{"names", names}});
        }},
       {"schemas",
        [&] {
          for (const Dialect target : ddl::databases(module)) {
            out.emit(".$target$_schema = $target$_schema(),\n", {{"target", name_of(target)}});
          }
        }},
       {"graphql", has_graphql(module) ? ".graphql = &graphql_names()," : ""},
       {"find", [&] { print_find(out, module); }}});
  return {"server/model.cpp", out.take()};
}

File emit_documents(const ir::Module& module) {
  Printer out;
  out.emit(
      R"(
      #include <sqlxc/core/embed.h>

      #include "server/model.h"

      // The assembler copies these files into the binary: nothing to read at the start, nothing to deploy beside it.
      namespace $service$ {

      SQLXC_EMBED(openapi_json, "docs/openapi.json");
      SQLXC_EMBED(docs_page, "docs/index.html");
      $graphql$
      $schemas$

      }  // namespace $service$
      )",
      {{"service", service_namespace(module)},
       {"graphql",
        has_graphql(module) ? "SQLXC_EMBED(graphql_schema, \"api/graphql/schema.graphql\");" : ""},
       {"schemas", [&] {
          for (const Dialect target : ddl::databases(module)) {
            out.emit("SQLXC_EMBED($target$_schema, \"db/schema.$target$.sql\");\n",
                     {{"target", name_of(target)}});
          }
        }}});
  return {"server/documents.cpp", out.take()};
}

File emit_main(const ir::Module& module, const Options& options) {
  Printer out;
  const std::string from =
      options.schema_file_name.empty() ? module.name : options.schema_file_name;
  out.emit(
      R"(
      #include <sqlxc/service/service.h>

      #include "server/model.h"

      $comment$
      int main(int argc, char** argv) { return sqlxc::serve(argc, argv, $service$::model()); }
      )",
      {{"service", service_namespace(module)},
       {"comment", cpp_comment("The service of " + from +
                                   ". What can be set about it - port, host, database, logs, "
                                   "limits - is told by --help and "
                                   "in docs/README.md; flags beat the environment (SQLXC_PORT, "
                                   "DATABASE_URL), which beats "
                                   "the file that --config names.",
                               "// ")}});
  return {"server/main.cpp", out.take()};
}

}  // namespace sqlxc::emit
