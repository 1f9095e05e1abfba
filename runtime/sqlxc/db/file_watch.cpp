#include <sqlxc/db/file_watch.h>

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/inotify.h>
#include <unistd.h>

#include <cstdint>
#include <utility>

namespace sqlxc::db {

FileWatch::FileWatch(const std::string& path, std::function<void()> written)
    : inotify_(inotify_init1(IN_CLOEXEC | IN_NONBLOCK)),
      stop_(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)),
      written_(std::move(written)) {
  if (!inotify_ || !stop_) return;
  if (inotify_add_watch(inotify_.get(), path.c_str(), IN_MODIFY) < 0) return;
  thread_ = std::thread([this] { watch(); });
}

FileWatch::~FileWatch() {
  if (!thread_.joinable()) return;
  const std::uint64_t one = 1;
  [[maybe_unused]] const ssize_t sent = ::write(stop_.get(), &one, sizeof one);
  thread_.join();
}

void FileWatch::watch() {
  pollfd sources[] = {{inotify_.get(), POLLIN, 0}, {stop_.get(), POLLIN, 0}};
  for (;;) {
    if (::poll(sources, 2, -1) < 0) continue;
    if (sources[1].revents != 0) return;
    alignas(inotify_event) char events[4096];
    while (::read(inotify_.get(), events, sizeof events) > 0) {
    }
    written_();
  }
}

}  // namespace sqlxc::db
