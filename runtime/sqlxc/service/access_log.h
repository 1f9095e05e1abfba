#pragma once

#include <string>

#include <sqlxc/http/server.h>
#include <sqlxc/observe/log.h>

// A line for each answered request, gathered over a turn of the loop and written at its end in one
// call.
namespace sqlxc::service {

class AccessLog {
 public:
  /// Of `loop`, which runs no turn after this is gone.
  AccessLog(const observe::Log& log, net::Loop& loop);
  void note(const http::Access& access);

 private:
  const observe::Log& log_;
  std::string lines_;
};

}  // namespace sqlxc::service
