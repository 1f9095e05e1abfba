// Preloaded into a service that test_statements.py watches: every connection that it opens to
// SQLite tells the file of $SQLXC_TRACE what it runs, a statement a line. The service itself is the
// one that users get.
#include <dlfcn.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <string>

namespace {

int trace(unsigned, void*, void*, void* text) {
  static const int file = open(std::getenv("SQLXC_TRACE"), O_WRONLY | O_CREAT | O_APPEND, 0600);
  std::string line = static_cast<const char*>(text);
  // What a trigger runs begins with a comment: it is part of a statement that was told already.
  if (line.starts_with("--")) return 0;
  std::ranges::replace(line, '\n', ' ');
  line += '\n';
  // One call: lines of several threads do not mix.
  if (write(file, line.data(), line.size()) < 0) std::abort();
  return 0;
}

}  // namespace

extern "C" int sqlite3_open_v2(const char* name, sqlite3** database, int flags, const char* vfs) {
  static const auto real =
      reinterpret_cast<decltype(&sqlite3_open_v2)>(dlsym(RTLD_NEXT, "sqlite3_open_v2"));
  const int status = real(name, database, flags, vfs);
  if (status == SQLITE_OK) sqlite3_trace_v2(*database, SQLITE_TRACE_STMT, trace, nullptr);
  return status;
}
