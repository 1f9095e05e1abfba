#include <algorithm>
#include <array>

#include "compiler/passes/passes.h"

// Names and fields that a service cannot serve as one would expect.
namespace sqlxc::passes {
namespace {

// What a list reads from its query string beside filters.
constexpr std::array<std::string_view, 9> kParameters = {
    "select", "order", "limit", "offset", "and", "or", "not", "on_conflict", "columns"};

void check_fields(const ir::Entity& entity, Context& context) {
  for (const ir::Field& field : entity.fields) {
    if (std::ranges::find(kParameters, field.name) != kParameters.end()) {
      context.diagnostics.report<diag::UnservableName>(field.place.range, field.name, entity.table)
          .help("give it a name of its own: `--@ name(" + field.name + "_value)`");
    }
    const bool is_kept_away = (field.is_readonly || field.is_hidden) && !field.is_generated;
    if (!entity.is_view && is_kept_away && !field.is_nullable && !field.has_default) {
      context.diagnostics
          .report<diag::UnwritableRequired>(field.place.range, entity.table, field.name)
          .help("give the column a default");
    }
  }
}

}  // namespace

void check_service(ir::Module& module, Context& context) {
  for (const ir::Entity& entity : module.entities) {
    check_fields(entity, context);
    if (!entity.is_view && !entity.primary_key) {
      context.diagnostics.report<diag::NoKey>(entity.place.range, entity.table)
          .help("declare a PRIMARY KEY");
    }
  }
}

}  // namespace sqlxc::passes
