#include <chrono>
#include <filesystem>

#include "compiler/driver/build.h"
#include "compiler/driver/commands/commands.h"
#include "compiler/driver/compilation.h"
#include "compiler/driver/files.h"

namespace fs = std::filesystem;

namespace sqlxc::driver {
namespace {

// A path as a Makefile has it: blanks, `#` and `$` mean something there.
std::string make_path(const std::string& path) {
  std::string out;
  for (const char c : path) {
    if (c == ' ' || c == '#') out += '\\';
    if (c == '$') out += '$';
    out += c;
  }
  return out;
}

void write_depfile(const Options& options, Compilation& compilation) {
  const fs::path target =
      options.build ? fs::path(options.output) / "bin" / "service" : fs::path(options.output);
  std::string text = make_path(target.string()) + ":";
  for (const std::string& input : options.inputs) {
    if (input != "-") text += " \\\n  " + make_path(input);
  }
  for (const SourceId sidecar : compilation.sidecars) {
    text += " \\\n  " + make_path(std::string(compilation.sources.name(sidecar)));
  }
  write_if_changed(options.depfile, text + "\n", compilation.diagnostics);
}

}  // namespace

ExitStatus compile(const Options& options) {
  if (options.emit != Emit::nothing) return check(options);
  Compilation compilation = compile_to(Phase::files, options);
  Diagnostics& diagnostics = compilation.diagnostics;
  auto lap = [&, before = std::chrono::steady_clock::now()](std::string name) mutable {
    const auto now = std::chrono::steady_clock::now();
    const std::chrono::duration<double> took = now - before;
    compilation.times.push_back({std::move(name), took.count()});
    before = now;
  };
  // Warnings that -Werror made errors stop the compile as errors do.
  if (status_of(diagnostics, options) == kDone) {
    write_files(options.output, compilation.files, diagnostics);
    if (!options.depfile.empty()) write_depfile(options, compilation);
    lap("write");
    if (options.build && !diagnostics.has_errors()) {
      build_service(
          {.folder = options.output, .jobs = options.jobs, .show_progress = is_terminal()},
          diagnostics);
      lap("build");
    }
  }
  if (options.time) print_times(compilation.times);
  show(compilation.sources, diagnostics, options);
  return status_of(diagnostics, options);
}

}  // namespace sqlxc::driver
