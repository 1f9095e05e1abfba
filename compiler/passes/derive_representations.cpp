#include "compiler/catalog/catalog.h"
#include "compiler/ir/schemas.h"
#include "compiler/passes/passes.h"

// A domain with casts of its own to json, from json or from text: its values travel in the form
// that those make of them, and not in that of the type beneath. PostgreSQL alone has such casts.
namespace sqlxc::passes {
namespace {

using catalog::Type;

bool is_plain(const Type& type, std::string_view name) {
  return type.array_dimensions == 0 && !type.domain.is_valid() && type.name == name;
}

bool is_domain(const Type& type, Id<catalog::Domain> domain) {
  return type.array_dimensions == 0 && type.domain == domain;
}

void represent(const ir::Module& module, Id<catalog::Domain> domain, ir::Field& field) {
  for (const catalog::Cast& cast : module.catalog.casts) {
    if (!cast.is_implicit) continue;
    const std::string function = ir::sql_name(module, cast.function_schema, cast.function);
    if (is_domain(cast.source.type, domain) && is_plain(cast.target.type, "json")) {
      field.represented.to_json = function;
    }
    if (!is_domain(cast.target.type, domain)) continue;
    if (is_plain(cast.source.type, "json")) field.represented.from_json = function;
    if (is_plain(cast.source.type, "text")) field.represented.from_text = function;
  }
}

}  // namespace

void derive_representations(ir::Module& module, Context&) {
  if (module.catalog.casts.empty()) return;
  for (ir::Entity& entity : module.entities) {
    const catalog::Table& table = at(module.catalog.tables, entity.source);
    for (std::size_t i = 0; i < entity.fields.size(); ++i) {
      const Type& type = table.columns[i].type;
      const bool has_domain = type.domain.is_valid() && type.array_dimensions == 0;
      if (has_domain) represent(module, type.domain, entity.fields[i]);
    }
  }
}

}  // namespace sqlxc::passes
