#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include <sqlxc/core/error.h>
#include <sqlxc/db/changes.h>
#include <sqlxc/db/store.h>
#include <sqlxc/live/hub.h>
#include <sqlxc/net/loop.h>
#include <sqlxc/observe/log.h>
#include <sqlxc/pg/feed.h>
#include <sqlxc/pg/options.h>
#include <sqlxc/query/model.h>
#include <sqlxc/rest/backend.h>
#include <sqlxc/service/settings.h>

// The database of a running service: an SQLite file, which it holds open, or a PostgreSQL server,
// which each loop connects to.
namespace sqlxc::service {

class Database {
 public:
  /// Opens what the settings name, creates the schema in a new database, and compares an old one's
  /// with the service's; differences are logged.
  static Result<std::unique_ptr<Database>> open(const Settings& settings, const query::Model& model,
                                                const observe::Log& log);

  /// Tells `listener`, on a thread of the database's, what is committed to tables that watch()
  /// names. Once, before the first watch().
  void on_changes(std::function<void(const db::Changes& changes)> listener);
  /// Has changes of these tables told, too; calls `done`, on any thread, when they are, or with why
  /// they cannot be.
  void watch(const std::vector<query::EntityIndex>& entities, live::Hub::Watched done);

  /// The database as `loop` sees it, on that loop's thread.
  Result<std::unique_ptr<rest::Backend>> connect(net::Loop& loop) const;

 private:
  explicit Database(const query::Model& model) : model_(model) {}
  Result<void> open_file(const Settings& settings, const observe::Log& log);
  Result<void> open_server(const Settings& settings, const observe::Log& log);

  const query::Model& model_;
  std::unique_ptr<db::Store> store_;  // of SQLite
  pg::Options server_;
  std::vector<std::string> drift_;
  std::function<void(const db::Changes&)> listener_;
  std::once_flag listens_;
  std::unique_ptr<pg::Feed> feed_;  // of PostgreSQL; last, as its thread uses the others
};

}  // namespace sqlxc::service
