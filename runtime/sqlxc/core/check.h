#pragma once

// A check that holds in release builds too: a false condition is a mistake of this program, never
// of its input, and ends the process. What a request or the world may get wrong is an Error
// (core/error.h) or a status.
namespace sqlxc {

/// Prints `condition` with its place to stderr and aborts.
[[noreturn]] void check_failed(const char* condition, const char* file, int line);

}  // namespace sqlxc

#define SQLXC_CHECK(condition) \
  (static_cast<bool>(condition) ? void(0) : ::sqlxc::check_failed(#condition, __FILE__, __LINE__))
