#pragma once

#include "emit/emit.h"

// What stands round the emitted C++: how it is built, formatted and explained.
namespace sqlxc::emit {

/// CMakeLists.txt: one program, `service`.
File emit_cmake(const ir::Module& module);
File emit_clang_format();
/// docs/README.md: what the service serves and how it is set.
File emit_readme(const ir::Module& module, const Options& options);
/// docs/rules.md: every constraint of the schema, and who holds it.
File emit_rules(const ir::Module& module);

}  // namespace sqlxc::emit
