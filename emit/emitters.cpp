#include <optional>

#include "emit/clients/clients.h"
#include "emit/cpp/cpp.h"
#include "emit/cpp/formats.h"
#include "emit/ddl/ddl.h"
#include "emit/docs/page.h"
#include "emit/emit.h"
#include "emit/graphql/graphql.h"
#include "emit/openapi/openapi.h"
#include "emit/project/project.h"
#include "emit/schema/row_schema.h"
#include "emit/tests/tests.h"

// The list of emitters: what lands in the output folder, in the order of a table of contents.
namespace sqlxc::emit {

std::vector<File> emit(const ir::Module& asked, const Options& options, Diagnostics& diagnostics) {
  std::vector<File> files;
  std::optional<ddl::Schema> sqlite;
  std::optional<ddl::PostgresSchema> postgres;
  if (ddl::has_target(asked, Dialect::sqlite)) sqlite = ddl::sqlite_schema(asked, diagnostics);
  if (ddl::has_target(asked, Dialect::postgres)) {
    postgres = ddl::postgres_schema(asked, diagnostics);
  }
  const ddl::Schema* in_sqlite = sqlite ? &*sqlite : nullptr;
  const ddl::PostgresSchema* in_postgres = postgres ? &*postgres : nullptr;
  const ir::Module module = ddl::held(asked, in_sqlite, in_postgres);
  files.push_back(emit_cmake(module));
  files.push_back(emit_clang_format());

  files.push_back(emit_main(module, options));
  files.push_back(emit_model_header(module));
  files.push_back(emit_model_source(module));
  files.push_back(emit_places(module));
  files.push_back(emit_documents(module));

  files.push_back(emit_rest_header(module));
  if (!module.functions.empty()) files.push_back(emit_functions(module));
  if (!module.handlers.empty()) files.push_back(emit_handlers(module));
  for (const ir::Entity& entity : module.entities)
    files.push_back(emit_rest_entity(module, entity));
  if (auto formats = emit_formats(module)) files.push_back(std::move(*formats));
  for (const ir::Entity& entity : module.entities) {
    if (has_validation(entity)) files.push_back(emit_validation(module, entity));
  }
  for (const ir::Entity& entity : module.entities) {
    if (entity.is_view) continue;
    for (File& file : emit_row_schemas(module, entity)) files.push_back(std::move(file));
  }

  if (has_graphql(module)) {
    std::string sdl = graphql_sdl(module);
    files.push_back({"api/graphql/schema.graphql", sdl});
    files.push_back({"docs/schema.graphql", std::move(sdl)});
    files.push_back(emit_graphql_names(module));
  }

  files.push_back(emit_orm_umbrella(module));
  if (!module.enumerations.empty()) files.push_back(emit_enumerations(module));
  for (const ir::Entity& entity : module.entities) files.push_back(emit_orm_table(module, entity));

  for (File& file : ddl::emit_ddl(asked, options, in_sqlite, in_postgres, diagnostics)) {
    files.push_back(std::move(file));
  }

  files.push_back({"docs/openapi.json", openapi(module, OpenApi::v3_1)});
  files.push_back({"docs/openapi-3.0.json", openapi(module, OpenApi::v3_0)});
  files.push_back({"docs/index.html", docs_page(module)});
  files.push_back(emit_rules_test(module));
  for (File& file : emit_faces_test(module)) files.push_back(std::move(file));
  for (File& file : emit_typescript(module)) files.push_back(std::move(file));
  files.push_back(emit_readme(module, options));
  files.push_back(emit_rules(module));
  return files;
}

}  // namespace sqlxc::emit
