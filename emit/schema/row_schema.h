#pragma once

#include <vector>

#include "emit/emit.h"

// JSON Schemas as files, draft 2020-12: validation/users.insert.schema.json says what a new row may
// be, validation/users.update.schema.json what a change may say. `x-unchecked` lists the rules that
// a schema does not tell, or not wholly.
namespace sqlxc::emit {

/// Both files of an entity.
std::vector<File> emit_row_schemas(const ir::Module& module, const ir::Entity& entity);

}  // namespace sqlxc::emit
