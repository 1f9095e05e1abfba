#include <sqlxc/core/check.h>

#include <cstdio>
#include <cstdlib>

namespace sqlxc {

void check_failed(const char* condition, const char* file, int line) {
  std::fprintf(stderr, "sqlxc: check failed: %s (%s:%d)\n", condition, file, line);
  std::abort();
}

}  // namespace sqlxc
