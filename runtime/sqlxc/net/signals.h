#pragma once

#include <functional>

#include <sqlxc/net/fd.h>
#include <sqlxc/net/loop.h>

// SIGTERM and SIGINT as events of a loop instead of interruptions.
namespace sqlxc::net {

class StopSignals final : public Source {
 public:
  /// Holds the two signals back from this thread and those it starts later: make it before any of
  /// them.
  StopSignals();
  ~StopSignals() override;

  /// Calls `task` on `loop`'s thread for every one that arrives; once, for one loop, whose life
  /// ends before this.
  Result<void> watch(Loop& loop, Task task);
  void on_ready(std::uint32_t events) override;

 private:
  Fd fd_;
  Task task_;
};

}  // namespace sqlxc::net
