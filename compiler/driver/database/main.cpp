#include <algorithm>
#include <span>

#include "compiler/driver/commands/commands.h"
#include "compiler/driver/options.h"
#include "compiler/driver/report.h"

namespace sqlxc::driver {
namespace {

// sqlxc itself has read the same words before it handed them over.
ExitStatus dispatch(std::span<const char* const> args) {
  Diagnostics diagnostics;
  const std::optional<Options> options = parse_options(args, diagnostics);
  if (options && options->command == Command::init) return init(*options);
  if (options && options->command == Command::ping) return ping(*options);
  if (options) {
    diagnostics.report<diag::NoInput>({}, "`sqlxc-db`", "a command, `init` or `ping`")
        .help("it is a part of `sqlxc`, which starts it");
  }
  show(SourceMap(), diagnostics, options.value_or(Options()));
  return kCommandLineWrong;
}

}  // namespace
}  // namespace sqlxc::driver

int main(int argc, char** argv) {
  return sqlxc::driver::dispatch({argv + 1, static_cast<std::size_t>(std::max(argc - 1, 0))});
}
