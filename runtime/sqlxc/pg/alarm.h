#pragma once

#include <chrono>

#include <sqlxc/net/fd.h>
#include <sqlxc/net/loop.h>

// A timer of a loop that is exact to the millisecond, for waits that are shorter than a tick of
// net::Timer: a retry after a conflict, the next attempt to connect. It costs a descriptor.
namespace sqlxc::pg {

class Alarm final : public net::Source {
 public:
  /// Runs `task` on the loop's thread once for each arm().
  Alarm(net::Loop& loop, net::Task task);
  ~Alarm() override;

  /// Rings after `delay`, or when it was going to, if that is sooner.
  void arm(std::chrono::milliseconds delay);

  void on_ready(std::uint32_t events) override;

 private:
  net::Loop& loop_;
  net::Task task_;
  net::Fd fd_;
  net::Clock::time_point due_ = net::Clock::time_point::max();
};

}  // namespace sqlxc::pg
