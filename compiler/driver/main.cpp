#include <malloc.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

#include "compiler/driver/commands/commands.h"
#include "compiler/driver/compilation.h"
#include "compiler/driver/options.h"
#include "compiler/driver/report.h"

namespace sqlxc::driver {
namespace {

// What opens databases is a program of its own beside this one, so that this one starts without
// their libraries. It takes this process's place.
ExitStatus hand_over(const Options& options, std::span<const char* const> args) {
  std::error_code error;
  const std::string program =
      (std::filesystem::read_symlink("/proc/self/exe", error).parent_path() / "sqlxc-db").string();
  std::vector<char*> argv = {const_cast<char*>(program.c_str())};
  for (const char* arg : args) argv.push_back(const_cast<char*>(arg));
  argv.push_back(nullptr);
  ::execv(program.c_str(), argv.data());
  Diagnostics diagnostics;
  diagnostics.report<diag::NoDatabaseProgram>({}, program, std::strerror(errno));
  show(SourceMap(), diagnostics, options);
  return status_of(diagnostics, options);
}

ExitStatus run_command(const Options& options, std::span<const char* const> args) {
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
    case Command::init:
    case Command::ping:
      return hand_over(options, args);
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
  return run_command(*options, args);
}

// Memory that has been used stays, and what the sources of some hundred tables need comes in pages
// of megabytes, where the system gives them: in ones of 4 KB a third of the time would be the
// system's, on a virtual machine more.
void prepare_heap() {
  constexpr std::size_t kHeap = 64U << 20;
  ::mallopt(M_TRIM_THRESHOLD, 1 << 30);
  ::mallopt(M_MMAP_THRESHOLD, 1 << 25);
  ::mallopt(M_TOP_PAD, kHeap);
  // The heap of what came before main() has no such padding: this makes it grow.
  void* const volatile grown = std::malloc(1U << 20);
  std::free(grown);
  char* const end = static_cast<char*>(::sbrk(0));
  const auto page = static_cast<std::uintptr_t>(::sysconf(_SC_PAGESIZE));
  const std::uintptr_t begin = (reinterpret_cast<std::uintptr_t>(end) - kHeap) / page * page;
  ::madvise(reinterpret_cast<void*>(begin), kHeap, MADV_HUGEPAGE);
}

}  // namespace
}  // namespace sqlxc::driver

int main(int argc, char** argv) {
  sqlxc::driver::prepare_heap();
  return sqlxc::driver::dispatch({argv + 1, static_cast<std::size_t>(std::max(argc - 1, 0))});
}
