#include "compiler/driver/files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <set>
#include <system_error>
#include <utility>

#include "compiler/base/utf8.h"

namespace fs = std::filesystem;

namespace sqlxc::driver {
namespace {

constexpr std::size_t kMaxSourceBytes = std::size_t{1} << 30U;

// A file descriptor that is closed with its scope.
class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  ~Descriptor() {
    if (fd_ >= 0) ::close(fd_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int get() const { return fd_; }
  // Closes and tells whether the system took all that was written.
  bool close() { return ::close(std::exchange(fd_, -1)) == 0; }

 private:
  int fd_;
};

// At most `limit` bytes and one more, which tells that there are more; errno where it returns
// nothing.
std::optional<std::string> read_descriptor(int fd, std::size_t limit) {
  std::string text;
  struct stat status{};
  if (::fstat(fd, &status) == 0 && status.st_size > 0) {
    text.reserve(std::min(static_cast<std::size_t>(status.st_size), limit) + 1);
  }
  while (text.size() <= limit) {
    const std::size_t before = text.size();
    const std::size_t chunk = std::max<std::size_t>(text.capacity() - before, 4096);
    text.resize(before + chunk);
    const ssize_t count = ::read(fd, text.data() + before, chunk);
    text.resize(before + (count > 0 ? static_cast<std::size_t>(count) : 0));
    if (count == 0) break;
    if (count < 0 && errno != EINTR) return std::nullopt;
  }
  return text;
}

std::string hex_byte(char c) {
  static constexpr char kDigits[] = "0123456789abcdef";
  const auto value = static_cast<unsigned char>(c);
  return std::string("0x") + kDigits[value >> 4U] + kDigits[value & 0xFU];
}

// Reports what makes the text no schema; `id` is its place in the map.
bool is_text(const SourceMap& sources, SourceId id, Diagnostics& diagnostics) {
  const std::string_view text = sources.text(id);
  const std::string name(sources.name(id));
  if (text.empty()) {
    diagnostics.report<diag::EmptyFile>({}, name);
    return false;
  }
  if (const std::size_t zero = text.find('\0'); zero != std::string_view::npos) {
    diagnostics.report<diag::BinaryFile>({}, name, std::to_string(zero));
    return false;
  }
  if (const std::size_t at = find_not_utf8(text); at != std::string_view::npos) {
    const auto begin = static_cast<std::uint32_t>(at);
    diagnostics
        .report<diag::NotUtf8>({id, begin, begin + 1}, name, std::to_string(at), hex_byte(text[at]))
        .help("convert it first: `iconv -f latin1 -t utf8`");
    return false;
  }
  return true;
}

bool write_all(int fd, std::string_view text) {
  while (!text.empty()) {
    const ssize_t count = ::write(fd, text.data(), text.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return false;
    text.remove_prefix(static_cast<std::size_t>(count));
  }
  return true;
}

// Lines of the manifest: paths that a run before wrote.
std::set<std::string> read_manifest(const fs::path& folder) {
  std::set<std::string> paths;
  const std::string text = read_file(own_folder(folder) / "files").value_or("");
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    paths.insert(text.substr(at, end - at));
    at = end + 1;
  }
  return paths;
}

}  // namespace

fs::path own_folder(const fs::path& folder) { return folder / ".sqlxc"; }

std::optional<std::string> read_file(const fs::path& path) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (file.get() < 0) return std::nullopt;
  return read_descriptor(file.get(), kMaxSourceBytes);
}

std::optional<SourceId> read_source(SourceMap& sources, const std::string& path,
                                    Diagnostics& diagnostics) {
  const bool is_input = path == "-";
  const Descriptor file(is_input ? ::dup(STDIN_FILENO)
                                 : ::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (file.get() < 0) {
    if (errno == ENOENT) {
      diagnostics.report<diag::FileMissing>({}, path);
    } else {
      diagnostics.report<diag::FileUnreadable>({}, path, std::strerror(errno));
    }
    return std::nullopt;
  }
  std::optional<std::string> text = read_descriptor(file.get(), kMaxSourceBytes);
  if (!text && errno == EISDIR) {
    diagnostics.report<diag::FileIsFolder>({}, path);
  } else if (!text) {
    diagnostics.report<diag::FileUnreadable>({}, path, std::strerror(errno));
  } else if (text->size() > kMaxSourceBytes) {
    diagnostics.report<diag::FileTooLarge>({}, path);
    text.reset();
  }
  if (!text) return std::nullopt;
  if (text->starts_with("\xEF\xBB\xBF"))
    text->erase(0, 3);  // the byte order mark is no part of SQL
  const SourceId id = sources.add(is_input ? "<stdin>" : path, std::move(*text));
  if (!is_text(sources, id, diagnostics)) return std::nullopt;
  return id;
}

bool write_if_changed(const fs::path& path, std::string_view text, Diagnostics& diagnostics) {
  if (const auto before = read_file(path); before && *before == text) return false;
  std::error_code error;
  if (path.has_parent_path()) fs::create_directories(path.parent_path(), error);
  const fs::path draft = path.string() + ".sqlxc-" + std::to_string(::getpid());
  if (!error) {
    Descriptor file(::open(draft.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666));
    if (file.get() >= 0 && write_all(file.get(), text) && file.close() &&
        ::rename(draft.c_str(), path.c_str()) == 0) {
      return true;
    }
    error.assign(errno, std::generic_category());
    ::unlink(draft.c_str());
  }
  diagnostics.report<diag::FileUnwritable>({}, path.string(), error.message());
  return false;
}

WriteCount write_files(const fs::path& folder, const std::vector<emit::File>& files,
                       Diagnostics& diagnostics) {
  std::set<std::string> before = read_manifest(folder);
  WriteCount count;
  std::string manifest;
  for (const emit::File& file : files) {
    const fs::path path = folder / file.path;
    if (before.erase(file.path) == 0) {
      if (const auto there = read_file(path); there && *there != file.text) {
        diagnostics.report<diag::FileForeign>({}, path.string())
            .help("choose another folder, or move the file away");
        return count;
      }
    }
    manifest += file.path + "\n";
  }
  // The list is written first: what a run that stops half way wrote is still known as its own.
  std::string both = manifest;
  for (const std::string& path : before) both += path + "\n";
  write_if_changed(own_folder(folder) / "files", both, diagnostics);
  for (const emit::File& file : files) {
    if (diagnostics.has_errors()) return count;
    if (write_if_changed(folder / file.path, file.text, diagnostics)) ++count.written;
  }
  for (const std::string& path : before) {
    std::error_code ignored;
    if (fs::remove(folder / path, ignored)) ++count.removed;
  }
  write_if_changed(own_folder(folder) / "files", manifest, diagnostics);
  return count;
}

}  // namespace sqlxc::driver
