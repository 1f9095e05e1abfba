#include <algorithm>
#include <cstdio>
#include <span>
#include <string_view>

#include "compiler/driver/commands/commands.h"
#include "compiler/driver/compilation.h"
#include "compiler/driver/options.h"
#include "compiler/driver/report.h"

namespace sqlxc::driver {
namespace {

ExitStatus run_command(const Options& options) {
  switch (options.command) {
    case Command::explain:
      return explain(options);
    case Command::completion:
      return completion(options);
    case Command::compile:
      return compile(options);
    case Command::check:
      return check(options);
    case Command::run:
      return run(options);
  }
  return kCommandLineWrong;
}

ExitStatus dispatch(std::span<const char* const> args) {
  const auto has = [&](std::string_view option) {
    return std::ranges::find(args, option) != args.end();
  };
  // These two answer before the options are read: whatever else is there, someone asked.
  if (has("--version")) {
    std::puts("sqlxc " SQLXC_VERSION);
    return kDone;
  }
  if (has("--help") || has("-h")) {
    std::fputs(help_text().c_str(), stdout);
    return kDone;
  }
  Diagnostics diagnostics;
  const std::optional<Options> options = parse_options(args, diagnostics);
  if (options) {
    check_warning_options(*options, diagnostics);
    check_pass_names(*options, diagnostics);
  }
  if (!options || diagnostics.has_errors()) {
    show(SourceMap(), diagnostics, options.value_or(Options()));
    return kCommandLineWrong;
  }
  return run_command(*options);
}

}  // namespace
}  // namespace sqlxc::driver

int main(int argc, char** argv) {
  return sqlxc::driver::dispatch({argv + 1, static_cast<std::size_t>(std::max(argc - 1, 0))});
}
