#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include <sqlxc/db/changes.h>
#include <sqlxc/db/error.h>
#include <sqlxc/net/fd.h>
#include <sqlxc/pg/blocking.h>
#include <sqlxc/pg/options.h>

// What is written to the tables of a PostgreSQL server, by whomever: triggers that are put on a
// table when somebody first asks for it notify, and a connection of its own listens. Why so:
// docs/decisions/0030-change-feed.md.
namespace sqlxc::pg {

/// A table to watch, as the catalog spells it.
struct WatchedTable {
  std::string schema = {};  // empty: found by the search path
  std::string name;
  std::vector<std::string> key = {};  // columns that are told of changed rows; none: none are

  auto operator<=>(const WatchedTable&) const = default;
};

/// Called once, on the feed's thread: from then on every change is told, or why that cannot be.
using WatchDone = std::move_only_function<void(std::expected<void, db::Error> result)>;

class Feed {
 public:
  /// Connects when the first table is watched. `listener` is called on the feed's thread.
  Feed(Options options, db::ChangeListener listener);
  ~Feed();
  Feed(const Feed&) = delete;
  Feed& operator=(const Feed&) = delete;

  /// Watches these tables, too; from any thread. While the server is away, it waits.
  void watch(std::vector<WatchedTable> tables, WatchDone done);

 private:
  struct Request {
    std::vector<WatchedTable> tables;
    WatchDone done;
  };

  void run();
  void serve(const Handle& handle);
  std::expected<void, db::Error> begin(const Handle& handle);
  std::expected<void, db::Error> serve_requests(const Handle& handle);
  std::expected<void, db::Error> install(const Handle& handle, const WatchedTable& table);
  bool wait(int socket, std::chrono::milliseconds most);
  void take_notifications(const Handle& handle);
  void note(db::Changes& changes, std::string_view payload) const;
  void fail_all(const db::Error& error);
  bool is_stopping();

  Options options_;
  db::ChangeListener listener_;
  net::Fd wakeup_;
  std::mutex mutex_;
  bool is_stopping_ = false;
  std::vector<Request> requests_;
  std::thread thread_;
  // Of the thread: what is watched, by the names that notifications bear.
  std::map<std::pair<std::string, std::string>, WatchedTable> watched_;
  std::set<WatchedTable> installed_;  // of them, those that this connection has looked at
  bool has_listened_ = false;
};

}  // namespace sqlxc::pg
