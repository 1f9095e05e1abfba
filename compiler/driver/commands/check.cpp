#include "compiler/driver/commands/commands.h"
#include "compiler/driver/compilation.h"
#include "compiler/driver/verify.h"

namespace sqlxc::driver {

ExitStatus check(const Options& options) {
  const Compilation compilation = compile_to(phase_of(options.emit, Phase::ir), options);
  if (options.time) print_times(compilation.times);
  if (options.verify) {
    const Diagnostics verdict = verify(compilation.sources, compilation.diagnostics);
    show(compilation.sources, verdict, options);
    return status_of(verdict, options);
  }
  show(compilation.sources, compilation.diagnostics, options);
  if (!compilation.diagnostics.has_errors()) print_emitted(compilation, options);
  return status_of(compilation.diagnostics, options);
}

}  // namespace sqlxc::driver
