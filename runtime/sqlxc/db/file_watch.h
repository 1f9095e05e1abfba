#pragma once

#include <functional>
#include <string>
#include <thread>

#include <sqlxc/net/fd.h>

// Tells when a file is written, by whatever process of this machine (inotify): it waits, it does
// not poll.
namespace sqlxc::db {

class FileWatch {
 public:
  /// Calls `written` on a thread of its own, once for what comes together. Where the system does
  /// not let it watch, it never calls.
  FileWatch(const std::string& path, std::function<void()> written);
  ~FileWatch();
  FileWatch(const FileWatch&) = delete;
  FileWatch& operator=(const FileWatch&) = delete;

 private:
  void watch();

  net::Fd inotify_;
  net::Fd stop_;
  std::function<void()> written_;
  std::thread thread_;
};

}  // namespace sqlxc::db
