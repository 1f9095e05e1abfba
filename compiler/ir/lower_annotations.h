#pragma once

#include "compiler/base/diagnostic.h"
#include "compiler/ir/ir.h"

// What annotations say of a field and of an entity. Those that speak of relations and rules
// (relation, key, min, max, length, pattern) and those of later passes are kept in `annotations`.
namespace sqlxc::ir {

void apply_annotation(const catalog::Annotation& annotation, Field& field,
                      Diagnostics& diagnostics);

/// The entity's fields are lowered already.
void apply_annotation(const catalog::Annotation& annotation, Entity& entity,
                      Diagnostics& diagnostics);

/// The field of that column, or nothing.
std::optional<std::uint16_t> find_field(const Entity& entity, std::string_view name);

}  // namespace sqlxc::ir
