#pragma once

#include <optional>
#include <string_view>

#include "compiler/ir/ir.h"

namespace sqlxc::ir {

/// How values of a column of that type travel. Domains are seen through; enums and domains are ids
/// into `catalog`. `enumerations[i]` is the enum `i` of the catalog.
Type lower_type(const catalog::Type& type, const catalog::Catalog& catalog);

/// How values of a type travel that an expression names: `'x'::character varying`; nothing for a
/// name that no engine knows.
std::optional<TypeKind> lower_type_name(std::string_view name, Dialect dialect);

/// "int64", "timestamptz", ...: as stdlib/types writes them.
std::string_view name_of(TypeKind kind);

/// The type in C++ words of `element` where the type is an array.
const Type& element_of(const Type& type);

}  // namespace sqlxc::ir
