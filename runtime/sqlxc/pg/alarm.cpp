#include <sqlxc/pg/alarm.h>

#include <sys/timerfd.h>

#include <algorithm>

#include <sqlxc/core/check.h>

namespace sqlxc::pg {

Alarm::Alarm(net::Loop& loop, net::Task task)
    : loop_(loop),
      task_(std::move(task)),
      fd_(timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC)) {
  SQLXC_CHECK(fd_ && loop_.add(fd_.get(), *this, EPOLLIN));
}

Alarm::~Alarm() { loop_.remove(fd_.get(), *this); }

void Alarm::arm(std::chrono::milliseconds delay) {
  const auto due = net::Clock::now() + delay;
  if (due >= due_) return;
  due_ = due;
  // Zero would disarm it.
  const auto left = std::max<std::chrono::nanoseconds>(delay, std::chrono::nanoseconds(1));
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(left);
  itimerspec when{};
  when.it_value.tv_sec = seconds.count();
  when.it_value.tv_nsec = (left - seconds).count();
  timerfd_settime(fd_.get(), 0, &when, nullptr);
}

void Alarm::on_ready(std::uint32_t) {
  std::uint64_t count = 0;
  [[maybe_unused]] const ssize_t got = ::read(fd_.get(), &count, sizeof count);
  due_ = net::Clock::time_point::max();
  task_();
}

}  // namespace sqlxc::pg
