#pragma once

#include <vector>

#include "emit/emit.h"

// clients/typescript/: a package with the types of every table, their rules as zod schemas, what
// forms need to know, and a client of the REST interface.
namespace sqlxc::emit {

std::vector<File> emit_typescript(const ir::Module& module);

}  // namespace sqlxc::emit
