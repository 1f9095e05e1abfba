#include "compiler/passes/pipeline.h"

#include <utility>

namespace sqlxc::passes {

ir::Module run_passes(ir::Module module, Diagnostics& diagnostics, const AfterPass& after) {
  for (const Pass& pass : all_passes()) {
    const std::size_t errors = diagnostics.error_count();
    const auto start = std::chrono::steady_clock::now();
    module = pass.run(std::move(module), diagnostics);
    if (after) after(pass.name, module, std::chrono::steady_clock::now() - start);
    if (diagnostics.error_count() != errors) break;
  }
  return module;
}

}  // namespace sqlxc::passes
