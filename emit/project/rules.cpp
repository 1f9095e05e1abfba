#include "compiler/base/printer.h"
#include "compiler/ir/verdicts.h"
#include "emit/project/cells.h"
#include "emit/project/project.h"

// docs/rules.md: every constraint of the schema, and who holds it.
namespace sqlxc::emit {
namespace {

void print_table(Printer& out, const ir::Entity& entity,
                 const std::vector<ir::Constraint>& constraints) {
  out.raw("\n");
  out.emit("## $table$\n\n| column | rule | verdict | |\n|---|---|---|---|\n",
           {{"table", cell(entity.table)}});
  for (const ir::Constraint& constraint : constraints) {
    std::string fields;
    for (const std::uint16_t field : constraint.fields) {
      fields += (fields.empty() ? "" : ", ") + cell(entity.fields[field].name);
    }
    const std::string name = constraint.name.empty() ? "" : cell(constraint.name) + ": ";
    out.emit("| $fields$ | $name$`$sql$` | $verdict$ | $reason$ |\n",
             {{"fields", fields},
              {"name", name},
              {"sql", code_cell(constraint.sql)},
              {"verdict", ir::name_of(constraint.verdict)},
              {"reason", cell(constraint.reason)}});
  }
}

}  // namespace

File emit_rules(const ir::Module& module) {
  Printer out;
  out.emit(
      R"(
      # The rules of $name$

      Every constraint of the schema, and who holds it. *exact*: the service tells by itself, before the database has to, and
      names every rule that a request breaks. *weaker*: it tells a part, the database the rest. *server only*: the database
      tells. *service only*: an annotation, which the database does not know.
      $tables$
      )",
      {{"name", module.name}, {"tables", [&] {
                                 for (const ir::Entity& entity : module.entities) {
                                   const auto constraints = ir::verdicts(entity);
                                   if (!constraints.empty()) print_table(out, entity, constraints);
                                 }
                               }}});
  return {"docs/rules.md", out.take()};
}

}  // namespace sqlxc::emit
