#include <sqlxc/core/error.h>

#include <system_error>

namespace sqlxc {

std::unexpected<Error> fail_errno(std::string_view what, int number) {
  std::string message(what);
  message += ": ";
  message += std::generic_category().message(number);
  return fail(std::move(message), number);
}

}  // namespace sqlxc
