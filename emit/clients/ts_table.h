#pragma once

#include "emit/emit.h"

// src/tables/users.ts: a table's types, its zod schemas and the fields of its form.
namespace sqlxc::emit {

File emit_ts_table(const ir::Module& module, const ir::Entity& entity);

/// The TypeScript type of the key in a path: `number`, `[number, string]`; empty for none.
std::string ts_key_type(const ir::Module& module, const ir::Entity& entity);

/// The names of what a table's file exports begin with this: `user`.
std::string ts_stem(const ir::Entity& entity);

}  // namespace sqlxc::emit
