#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <filesystem>

#include "compiler/driver/commands/commands.h"

namespace fs = std::filesystem;

namespace sqlxc::driver {
namespace {

// One folder a set of schema files, by their full paths: a second run finds what the first one
// built.
fs::path cache_folder(const Options& options) {
  std::uint64_t hash = 14695981039346656037U;  // FNV-1a
  for (const std::string& input : options.inputs) {
    for (const char c : fs::absolute(input).lexically_normal().string() + "\n") {
      hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211U;
    }
  }
  const char* cache = std::getenv("XDG_CACHE_HOME");
  const char* home = std::getenv("HOME");
  const fs::path base = cache != nullptr && *cache != '\0' ? fs::path(cache)
                        : home != nullptr && *home != '\0' ? fs::path(home) / ".cache"
                                                           : fs::temp_directory_path();
  static constexpr char kHex[] = "0123456789abcdef";
  std::string digits;
  for (int shift = 60; shift >= 0; shift -= 4)
    digits += kHex[hash >> static_cast<unsigned>(shift) & 0xFU];
  return base / "sqlxc" / digits;
}

}  // namespace

ExitStatus run(const Options& options) {
  Options compile_options = options;
  compile_options.output = options.output.empty() ? cache_folder(options).string() : options.output;
  compile_options.emit = Emit::nothing;
  compile_options.build = true;
  const ExitStatus status = compile(compile_options);
  if (status != kDone) return status;
  const std::string service = (fs::path(compile_options.output) / "bin" / "service").string();
  std::vector<char*> argv = {const_cast<char*>(service.c_str())};
  for (const std::string& arg : options.service_arguments) {
    argv.push_back(const_cast<char*>(arg.c_str()));
  }
  argv.push_back(nullptr);
  // The service takes this process's place: signals and the exit status are its own.
  ::execv(service.c_str(), argv.data());
  Diagnostics diagnostics;
  diagnostics.report<diag::FileUnreadable>({}, service, std::strerror(errno));
  show(SourceMap(), diagnostics, options);
  return status_of(diagnostics, options);
}

}  // namespace sqlxc::driver
