#include "compiler/base/printer.h"
#include "compiler/ir/names.h"
#include "emit/cpp/cpp.h"
#include "emit/project/cells.h"
#include "emit/project/project.h"

namespace sqlxc::emit {
namespace {

std::string relations_of(const ir::Entity& entity) {
  std::string out;
  for (const ir::Relation& relation : entity.relations) {
    out += (out.empty() ? "`" : ", `") + relation.name + '`';
  }
  return out;
}

std::string key_of(const ir::Entity& entity) {
  if (!entity.primary_key) return "";
  std::string out;
  for (const std::uint16_t field : entity.primary_key->fields) {
    out += (out.empty() ? "`" : ", `") + entity.fields[field].name + '`';
  }
  return out;
}

// The constraints that the service cannot judge: the database answers for them.
void print_left_to_database(Printer& out, const ir::Module& module) {
  bool is_first = true;
  for (const ir::Entity& entity : module.entities) {
    for (const ir::Rule& rule : entity.rules) {
      const bool is_left =
          rule.verdict == ir::Verdict::weaker || rule.verdict == ir::Verdict::server_only;
      if (!is_left) continue;
      if (is_first) {
        out.raw(
            "\n## What only the database checks\n\n"
            "These constraints are left to the database, whole or in part; what breaks one is "
            "answered with 422 all the same, with 409 where other rows decide.\n\n");
        is_first = false;
      }
      out.emit("- `$table$`: `$rule$`, because of $reason$\n",
               {{"table", entity.table}, {"rule", rule.name}, {"reason", rule.reason}});
    }
  }
}

}  // namespace

File emit_readme(const ir::Module& module, const Options& options) {
  Printer out;
  out.emit(
      R"(
      # $name$

      An HTTP service over the tables of `$schema$`, made by sqlxc. The sources are here to be read; they are written anew when the
      schema is compiled again, so changes belong in the schema.

      ```
      bin/service --port 3000                  # serves the embedded database $name$.db
      bin/service --help                       # everything that can be set
      ```

      `/docs` shows the whole interface in a browser, `/openapi.json` is its description, `/health` and `/ready` are for whatever
      watches the service.

      `orm/orm.h` has the tables as types, for C++ programs: `$space$::open("$name$.db")`. With `add_subdirectory()` of this folder,
      such a program links `$project$::orm`.

      ## Rows

      | path | rows | key | relations |
      |---|---|---|---|
      $tables$

      Lists take `select`, `order`, `limit`, `offset` and filters (`?age=gte.18`) as PostgREST does. [rules.md](rules.md) tells who
      holds each constraint of the schema, the service or the database.
      $rules$
      )",
      {{"name", module.name},
       {"space", service_namespace(module)},
       {"project", ir::snake_case(module.name)},
       {"schema", options.schema_file_name.empty() ? module.name : options.schema_file_name},
       {"tables",
        [&] {
          for (const ir::Entity& entity : module.entities) {
            out.emit("| `/api/$path$` | $rows$ | $key$ | $relations$ |\n",
                     {{"path", cell(entity.name)},
                      {"rows", cell(entity.description)},
                      {"key", key_of(entity)},
                      {"relations", relations_of(entity)}});
          }
        }},
       {"rules", [&] { print_left_to_database(out, module); }}});
  return {"docs/README.md", out.take()};
}

}  // namespace sqlxc::emit
