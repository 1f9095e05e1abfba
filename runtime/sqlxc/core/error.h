#pragma once

#include <expected>
#include <string>
#include <string_view>
#include <utility>

// What the world (a file, a socket, a database) may do to us, as a value. Wrong requests are not
// errors of this kind: they become problem documents (http/problem.h).
namespace sqlxc {

/// A failure of the world in words for a person; `code` is the errno or the engine's number, 0
/// where there is none.
struct Error {
  std::string message;
  int code = 0;

  bool operator==(const Error&) const = default;
};

template <class T>
using Result = std::expected<T, Error>;

/// An Error ready to return from a function of Result.
inline std::unexpected<Error> fail(std::string message, int code = 0) {
  return std::unexpected(Error{std::move(message), code});
}

/// "`what`: the system's words for `number`".
std::unexpected<Error> fail_errno(std::string_view what, int number);

}  // namespace sqlxc
