#pragma once

#include <cstdint>

#include "compiler/ir/ir.h"
#include "emit/schema/rule_schema.h"

// Fields and entities as JSON Schema: the 2020-12 dialect of OpenAPI 3.1, and the older one of 3.0.
namespace sqlxc::emit {

enum class OpenApi : std::uint8_t { v3_0, v3_1 };

/// Which values a body holds: what a response shows, what a new row needs, what one needs whose key
/// is in the path, what a change may name.
enum class Shape : std::uint8_t { read, create, replace, change };

Json schema_of(const ir::Module& module, const ir::Entity& entity, std::uint16_t field,
               OpenApi version);
Json schema_of(const ir::Module& module, const ir::Entity& entity, Shape shape, OpenApi version);

/// May a write name the field?
bool is_writable(const ir::Field& field);

/// May a write bring rows under the relation's name? Not where a view leads to them, or holds them.
bool is_nestable(const ir::Module& module, const ir::Relation& relation);

}  // namespace sqlxc::emit
