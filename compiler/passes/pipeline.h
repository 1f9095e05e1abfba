#pragma once

#include <chrono>
#include <functional>
#include <span>
#include <string_view>

#include "compiler/base/diagnostic.h"
#include "compiler/ir/ir.h"

// Module -> Module, one idea a pass. passes.cpp is the list, which reads as a table of contents;
// run_passes wraps each with what every pass needs: a name, a time, a dump.
namespace sqlxc::passes {

struct Pass {
  std::string_view name;  // as --print-after takes it: "derive_relations"
  ir::Module (*run)(ir::Module module, Diagnostics& diagnostics);
};

/// The passes in their order.
std::span<const Pass> all_passes();

/// Called after each pass with its name, the module that it left and what it took.
using AfterPass = std::function<void(std::string_view name, const ir::Module& module,
                                     std::chrono::nanoseconds time)>;

/// Runs the passes in order and stops after one that reported an error.
ir::Module run_passes(ir::Module module, Diagnostics& diagnostics, const AfterPass& after);

}  // namespace sqlxc::passes
