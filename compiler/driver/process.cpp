#include "compiler/driver/process.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>

extern char** environ;

namespace sqlxc::driver {
namespace {

int wait_for(pid_t pid) {
  int status = 0;
  while (::waitpid(pid, &status, 0) < 0 && errno == EINTR) {
  }
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

std::string read_all(int fd, const std::function<void(std::string_view)>& on_line) {
  std::string output;
  std::size_t line = 0;
  std::array<char, 65536> chunk;
  while (true) {
    const ssize_t count = ::read(fd, chunk.data(), chunk.size());
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) break;
    output.append(chunk.data(), static_cast<std::size_t>(count));
    for (std::size_t end = output.find('\n', line); end != std::string::npos;
         end = output.find('\n', line)) {
      if (on_line) on_line(std::string_view(output).substr(line, end - line));
      line = end + 1;
    }
  }
  return output;
}

}  // namespace

std::optional<std::string> find_program(std::string_view name) {
  const auto is_program = [](const std::string& path) { return ::access(path.c_str(), X_OK) == 0; };
  if (name.find('/') != std::string_view::npos) {
    return is_program(std::string(name)) ? std::optional(std::string(name)) : std::nullopt;
  }
  const char* path = std::getenv("PATH");
  std::string_view folders = path != nullptr ? path : "/usr/local/bin:/usr/bin:/bin";
  while (true) {
    const std::string_view folder = folders.substr(0, folders.find(':'));
    const std::string candidate =
        (folder.empty() ? "." : std::string(folder)) + "/" + std::string(name);
    if (is_program(candidate)) return candidate;
    if (folder.size() == folders.size()) return std::nullopt;
    folders.remove_prefix(folder.size() + 1);
  }
}

std::expected<ProcessResult, std::string> run_process(
    const std::vector<std::string>& args, const std::function<void(std::string_view)>& on_line) {
  std::array<int, 2> ends;
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) return std::unexpected(std::strerror(errno));
  posix_spawn_file_actions_t actions;
  ::posix_spawn_file_actions_init(&actions);
  ::posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  ::posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
  ::posix_spawn_file_actions_adddup2(&actions, ends[1], STDERR_FILENO);
  std::vector<char*> argv;
  for (const std::string& arg : args) argv.push_back(const_cast<char*>(arg.c_str()));
  argv.push_back(nullptr);
  pid_t pid = 0;
  const int error = ::posix_spawn(&pid, argv[0], &actions, nullptr, argv.data(), environ);
  ::posix_spawn_file_actions_destroy(&actions);
  ::close(ends[1]);
  if (error != 0) {
    ::close(ends[0]);
    return std::unexpected(args.front() + ": " + std::strerror(error));
  }
  ProcessResult result;
  result.output = read_all(ends[0], on_line);
  ::close(ends[0]);
  result.status = wait_for(pid);
  return result;
}

}  // namespace sqlxc::driver
