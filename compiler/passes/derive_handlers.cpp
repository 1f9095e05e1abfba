#include <algorithm>
#include <string_view>

#include "compiler/ir/lower_types.h"
#include "compiler/ir/schemas.h"
#include "compiler/passes/passes.h"

// Aggregates whose result is a domain named like a media type, `"application/geo+json"`: rows can
// be had in it. The domain `"*/*"` stands for every type.
namespace sqlxc::passes {
namespace {

bool is_token(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
           c == '+' || c == '-';
  });
}

bool is_media_type(std::string_view name) {
  const std::size_t slash = name.find('/');
  return name == "*/*" || (slash != std::string_view::npos && is_token(name.substr(0, slash)) &&
                           is_token(name.substr(slash + 1)));
}

// Whose rows the aggregate takes: nothing where they are no entity's.
std::optional<Id<ir::Entity>> rows_of(const ir::Module& module, const catalog::RoutineType& type) {
  if (type.type.spelled == "anyelement") return Id<ir::Entity>();
  if (!type.row.is_valid() || type.type.array_dimensions > 0) return std::nullopt;
  const auto found = std::ranges::find(module.entities, type.row, &ir::Entity::source);
  if (found == module.entities.end()) return std::nullopt;
  return Id<ir::Entity>(static_cast<std::size_t>(found - module.entities.begin()));
}

}  // namespace

void derive_handlers(ir::Module& module, Context&) {
  for (const catalog::Aggregate& aggregate : module.catalog.aggregates) {
    const catalog::Type& type = aggregate.result.type;
    if (!type.domain.is_valid() || type.array_dimensions > 0 || !is_media_type(type.name)) continue;
    const auto entity = rows_of(module, aggregate.parameter);
    if (!entity) continue;
    const ir::Type result = ir::lower_type(type, module.catalog);
    module.handlers.push_back({.media_type = type.name,
                               .function = ir::sql_name(module, aggregate.schema, aggregate.name),
                               .entity = *entity,
                               .gives_bytes = result.kind == ir::TypeKind::bytes});
  }
  std::ranges::stable_partition(module.handlers,
                                [](const ir::Handler& one) { return one.entity.is_valid(); });
}

}  // namespace sqlxc::passes
