#pragma once

#include <expected>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

// Other programs: found in PATH, run with their output caught.
namespace sqlxc::driver {

/// The full path of a program as a shell would find it; a name with a slash is taken as it is.
std::optional<std::string> find_program(std::string_view name);

struct ProcessResult {
  int status = 0;      // of the exit; 128 + N where signal N ended it
  std::string output;  // what it wrote to standard output and error
};

/// Runs `args` (the first is the program's path) without input and waits. `on_line` sees each line
/// of output as it comes. The error says why it could not be started.
std::expected<ProcessResult, std::string> run_process(
    const std::vector<std::string>& args, const std::function<void(std::string_view)>& on_line);

}  // namespace sqlxc::driver
