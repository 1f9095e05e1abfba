#include "compiler/driver/build.h"

#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <optional>
#include <string>
#include <system_error>
#include <vector>

#include "compiler/driver/files.h"
#include "compiler/driver/process.h"

namespace fs = std::filesystem;

namespace sqlxc::driver {
namespace {

// One line on the terminal that is written again and again: "[12/40] Building CXX object ...".
class Progress {
 public:
  explicit Progress(bool is_shown) : is_shown_(is_shown) {}
  ~Progress() {
    if (is_shown_) std::fputs("\r\x1b[K", stderr);
  }
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  void show(std::string_view line) const {
    if (!is_shown_ || line.empty()) return;
    const std::string_view part = line.substr(0, 100);
    std::fprintf(stderr, "\r\x1b[K%.*s", static_cast<int>(part.size()), part.data());
    std::fflush(stderr);
  }

 private:
  bool is_shown_;
};

struct Tools {
  std::string cmake;
  std::string compiler;
  bool has_ninja = false;
};

// CXX may carry arguments ("ccache g++"); its first word is the program.
std::optional<std::string> find_compiler(Diagnostics& diagnostics) {
  if (const char* chosen = std::getenv("CXX"); chosen != nullptr && *chosen != '\0') {
    const std::string text = chosen;
    const std::string program = text.substr(0, text.find(' '));
    if (find_program(program)) return text;
    diagnostics.report<diag::NoCompiler>({}, "`CXX` names `" + program + "`, which does not exist")
        .help("install one, for example `apt-get install g++`, or stop with `--no-build`");
    return std::nullopt;
  }
  for (const char* name : {"c++", "g++", "clang++"}) {
    if (const auto path = find_program(name)) return path;
  }
  diagnostics.report<diag::NoCompiler>({}, "`c++`, `g++` and `clang++` are not in `PATH`")
      .help("install one, for example `apt-get install g++`, or stop with `--no-build`");
  return std::nullopt;
}

std::optional<Tools> find_tools(Diagnostics& diagnostics) {
  Tools tools;
  const auto cmake = find_program("cmake");
  if (!cmake) {
    diagnostics.report<diag::NoCmake>({}).help(
        "install it, for example `apt-get install cmake`, or stop with `--no-build`");
    return std::nullopt;
  }
  const auto compiler = find_compiler(diagnostics);
  if (!compiler) return std::nullopt;
  tools.cmake = *cmake;
  tools.compiler = *compiler;
  tools.has_ninja = find_program("ninja").has_value();
  return tools;
}

// The lines that say why: of a long output the first errors matter.
std::string shortened(std::string_view output) {
  constexpr std::size_t kMaxBytes = 6000;
  std::string text(output.substr(0, kMaxBytes));
  if (output.size() > kMaxBytes) text += "...";
  return text;
}

bool run_step(const std::vector<std::string>& args, const Progress& progress,
              Diagnostics& diagnostics) {
  const auto result = run_process(args, [&](std::string_view line) { progress.show(line); });
  if (!result) {
    diagnostics.report<diag::BuildFailed>({}, result.error());
    return false;
  }
  if (result->status == 0) return true;
  diagnostics
      .report<diag::BuildFailed>({}, fs::path(args.front()).filename().string() +
                                         " ended with status " + std::to_string(result->status))
      .help("its output was\n" + shortened(result->output));
  return false;
}

std::vector<std::string> configure_command(const Tools& tools, const fs::path& folder,
                                           const fs::path& build) {
  std::vector<std::string> args = {tools.cmake, "-S", folder.string(), "-B", build.string()};
  if (tools.has_ninja) args.insert(args.end(), {"-G", "Ninja"});
  args.push_back("-Dsqlxc_DIR=" + package_folder().string());
  args.push_back("-DCMAKE_BUILD_TYPE=Release");
  args.push_back("-DCMAKE_RUNTIME_OUTPUT_DIRECTORY=" + (folder / "bin").string());
  return args;
}

// What CMake takes from the environment when it configures.
std::string environment_flags() {
  std::string text;
  for (const char* name : {"CXXFLAGS", "LDFLAGS", "CMAKE_CXX_COMPILER_LAUNCHER"}) {
    const char* value = std::getenv(name);
    if (value != nullptr) text += std::string(name) + "=" + value + "\n";
  }
  return text;
}

std::string joined(const std::vector<std::string>& args) {
  std::string text;
  for (const std::string& arg : args) text += arg + "\n";
  return text;
}

}  // namespace

fs::path package_folder() {
  std::error_code error;
  const fs::path self = fs::read_symlink("/proc/self/exe", error);
  return self.parent_path().parent_path() / "lib" / "cmake" / "sqlxc";
}

bool build_service(const BuildOptions& options, Diagnostics& diagnostics) {
  const std::optional<Tools> tools = find_tools(diagnostics);
  if (!tools) return false;
  const Progress progress(options.show_progress);
  const fs::path folder = fs::absolute(options.folder);
  const fs::path build = own_folder(folder) / "build";
  const fs::path stamp = own_folder(folder) / "configured";
  const std::vector<std::string> configure = configure_command(*tools, folder, build);
  // A build tree is as good as the command line that made it, and a failed one is made again.
  const std::string wanted =
      "CXX=" + tools->compiler + "\n" + environment_flags() + joined(configure);
  if (read_file(stamp) != wanted) {
    progress.show("configuring");
    std::error_code ignored;
    fs::remove_all(build, ignored);
    ::setenv("CXX", tools->compiler.c_str(), 1);
    if (!run_step(configure, progress, diagnostics)) return false;
    write_if_changed(stamp, wanted, diagnostics);
  }
  std::vector<std::string> command = {tools->cmake, "--build", build.string(), "--target",
                                      "service"};
  if (const auto ninja = find_program("ninja"); ninja && tools->has_ninja) {
    command = {*ninja, "-C", build.string(), "service"};
  }
  if (options.jobs != 0) command.push_back("-j" + std::to_string(options.jobs));
  return run_step(command, progress, diagnostics);
}

}  // namespace sqlxc::driver
