#pragma once

#include <memory>
#include <vector>

#include <sqlxc/net/fd.h>

// Several posts of a thread that belong together: loops are woken when all are there, so that the
// thread is not pushed aside by the first, and a loop takes them in one turn.
namespace sqlxc::net {

/// While it lives, what its thread posts wakes nobody; at its end each loop is woken once. One at a
/// time on a thread, and not for long: what is posted waits.
class Hold {
 public:
  Hold();
  ~Hold();
  Hold(const Hold&) = delete;
  Hold& operator=(const Hold&) = delete;

 private:
  friend class Remote;
  std::vector<std::shared_ptr<const Fd>> wakeups_;
};

}  // namespace sqlxc::net
