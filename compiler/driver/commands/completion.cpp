#include <cstdio>

#include "compiler/driver/commands/commands.h"

namespace sqlxc::driver {

ExitStatus completion(const Options& options) {
  const std::string script = completion_script(options.inputs.front());
  if (script.empty()) {
    Diagnostics diagnostics;
    diagnostics.report<diag::OptionValue>({}, "sqlxc completion", "bash or zsh",
                                          options.inputs.front());
    show(SourceMap(), diagnostics, options);
    return status_of(diagnostics, options);
  }
  std::fputs(script.c_str(), stdout);
  return kDone;
}

}  // namespace sqlxc::driver
