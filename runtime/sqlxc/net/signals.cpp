#include <sqlxc/net/signals.h>

#include <sys/signalfd.h>

#include <cerrno>
#include <csignal>

namespace sqlxc::net {
namespace {

sigset_t stop_set() {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGTERM);
  sigaddset(&set, SIGINT);
  return set;
}

}  // namespace

StopSignals::StopSignals() {
  const sigset_t set = stop_set();
  pthread_sigmask(SIG_BLOCK, &set, nullptr);
}

StopSignals::~StopSignals() = default;

Result<void> StopSignals::watch(Loop& loop, Task task) {
  const sigset_t set = stop_set();
  fd_ = Fd(signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC));
  if (!fd_) return fail_errno("cannot wait for signals", errno);
  task_ = std::move(task);
  return loop.add(fd_.get(), *this, EPOLLIN);
}

void StopSignals::on_ready(std::uint32_t) {
  signalfd_siginfo info{};
  while (::read(fd_.get(), &info, sizeof info) == sizeof info) task_();
}

}  // namespace sqlxc::net
