#include <catch2/catch.hpp>
#include <chrono>
#include <condition_variable>
#include <future>
#include <mutex>
#include <string>
#include <vector>

#include <sqlxc/pg/blocking.h>
#include <sqlxc/pg/feed.h>
#include <sqlxc/pg/feed_sql.h>

#include "tests/unit/pg_server.h"

// What a server tells of the commits of all its clients.
namespace sqlxc::pg {
namespace {

using db::Changes;
using db::TableChange;
using Told = std::vector<TableChange>;

class Watched {
 public:
  Watched() : feed_({.url = test_url()}, [this](Changes changes) { hear(std::move(changes)); }) {
    auto handle = open_blocking({.url = test_url()});
    if (!handle) FAIL(handle.error().message);
    other_ = std::move(*handle);
    run("drop schema if exists feed_test cascade; create schema feed_test;"
        "create table feed_test.users (id int primary key, name text unique, age int);"
        "create table feed_test.posts (id int primary key, author int references feed_test.users "
        "on delete cascade);"
        "create table feed_test.\"Odd 'n\" (\"the \\ key\" text, kind int, primary key (\"the \\ "
        "key\", kind));"
        "create table feed_test.plain (value text);"
        "create table feed_test.parts (id int primary key) partition by range (id);"
        "create table feed_test.parts_1 partition of feed_test.parts for values from (0) to (100)");
    CHECK(watch({{"feed_test", "users", {"id"}},
                 {"feed_test", "posts", {"id"}},
                 {"feed_test", "Odd 'n", {"the \\ key", "kind"}},
                 {"feed_test", "plain", {}},
                 {"feed_test", "parts", {"id"}}})
              .has_value());
  }
  ~Watched() { run("drop schema feed_test cascade"); }

  std::expected<void, db::Error> watch(std::vector<WatchedTable> tables) {
    std::promise<std::expected<void, db::Error>> promise;
    feed_.watch(std::move(tables), [&promise](auto result) { promise.set_value(result); });
    return promise.get_future().get();
  }

  void run(const std::string& sql) {
    const auto done = run_blocking(other_, sql);
    if (!done) FAIL(done.error().message);
  }

  /// What is told of `sql`, run as one transaction: up to a marker that is written after it.
  Told told_of(const std::string& sql) {
    run("begin; " + sql + "; commit");
    run("insert into feed_test.plain values ('marker')");
    std::unique_lock lock(mutex_);
    Told all;
    const bool is_complete = has_told_.wait_for(lock, std::chrono::seconds(20), [&] {
      for (const Changes& changes : told_) {
        for (const TableChange& change : changes.tables) {
          if (change.table == "plain") return true;
        }
      }
      return false;
    });
    CHECK(is_complete);
    for (const Changes& changes : told_) {
      for (const TableChange& change : changes.tables) {
        if (change.table != "plain") all.push_back(change);
      }
    }
    told_.clear();
    for (TableChange& change : all) std::sort(change.keys.begin(), change.keys.end());
    std::sort(all.begin(), all.end(),
              [](const auto& a, const auto& b) { return a.table < b.table; });
    return all;
  }

  bool wait_for_everything() {
    std::unique_lock lock(mutex_);
    return has_told_.wait_for(lock, std::chrono::seconds(20), [this] {
      for (const Changes& changes : told_) {
        if (changes.is_everything) return told_.clear(), true;
      }
      return false;
    });
  }

 private:
  void hear(Changes changes) {
    const std::lock_guard lock(mutex_);
    told_.push_back(std::move(changes));
    has_told_.notify_all();
  }

  std::mutex mutex_;
  std::condition_variable has_told_;
  std::vector<Changes> told_;
  Handle other_;
  Feed feed_;
};

TableChange rows(std::string table, std::vector<std::string> keys) {
  return {.schema = "feed_test", .table = std::move(table), .keys = std::move(keys)};
}
TableChange any_row(std::string table) {
  return {.schema = "feed_test", .table = std::move(table), .is_whole = true};
}

TEST_CASE("a watched server tells the rows that anybody's commit changed", "[postgres][changes]") {
  if (test_url() == nullptr) return;
  Watched server;
  CHECK(server.told_of("insert into feed_test.users values (7, 'ann'), (9, 'bob')") ==
        Told{rows("users", {"7", "9"})});
  CHECK(server.told_of("insert into feed_test.posts values (1, 7), (2, 7), (3, 9)") ==
        Told{rows("posts", {"1", "2", "3"})});
  CHECK(server.told_of("update feed_test.users set id = 70, age = 1 where id = 9 and false") ==
        Told{});
  CHECK(server.told_of("insert into feed_test.users values (9, 'bob') "
                       "on conflict (id) do update set age = 2") == Told{rows("users", {"9"})});
  CHECK(server.told_of("delete from feed_test.users where id = 7") ==
        Told{rows("posts", {"1", "2"}), rows("users", {"7"})});
  CHECK(server.told_of("delete from feed_test.posts; "
                       "update feed_test.users set id = 10 where id = 9") ==
        Told{rows("posts", {"3"}), rows("users", {"10", "9"})});
  CHECK(server.told_of(R"(insert into feed_test."Odd 'n" values ('say "x"', 3))") ==
        Told{rows("Odd 'n", {R"("say \"x\"",3)"})});
  CHECK(server.told_of("insert into feed_test.parts values (5)") == Told{rows("parts", {"5"})});
  CHECK(server.told_of("savepoint s; insert into feed_test.users values (50, 'x'); "
                       "rollback to s") == Told{});
}

TEST_CASE("columns that are asked for are told, null or not, and again when others are asked for",
          "[postgres][changes]") {
  if (test_url() == nullptr) return;
  Watched server;
  CHECK(server.watch({{"feed_test", "posts", {"id", "author"}}}).has_value());
  server.told_of("insert into feed_test.users values (7, 'ann'), (8, 'bob')");
  CHECK(server.told_of("insert into feed_test.posts values (1, 7), (2, null)") ==
        Told{rows("posts", {"1,7", "2,null"})});
  CHECK(server.told_of("update feed_test.posts set author = 8 where id = 1") ==
        Told{rows("posts", {"1,7", "1,8"})});
  // Another service has asked for other columns since: what is told then is not what it seems.
  server.run(watch_script("feed_test.posts", {"author", "id"}));
  CHECK(server.told_of("update feed_test.posts set author = 7 where id = 1") ==
        Told{any_row("posts")});
}

TEST_CASE("many rows, and all rows, are told as the whole table", "[postgres][changes]") {
  if (test_url() == nullptr) return;
  Watched server;
  CHECK(server.told_of("insert into feed_test.users select i from generate_series(1, 300) i") ==
        Told{any_row("users")});
  CHECK(server.told_of("truncate feed_test.users cascade") ==
        Told{any_row("posts"), any_row("users")});
}

TEST_CASE("a lost connection is made again, and counts as a change of everything",
          "[postgres][changes]") {
  if (test_url() == nullptr) return;
  Watched server;
  server.run(
      "select pg_terminate_backend(pid) from pg_stat_activity "
      "where application_name like '% (changes)'");
  CHECK(server.wait_for_everything());
  CHECK(server.told_of("insert into feed_test.users values (1)") == Told{rows("users", {"1"})});
}

TEST_CASE("what cannot be watched says why", "[postgres][changes]") {
  if (test_url() == nullptr) return;
  Watched server;
  const auto result = server.watch({{"feed_test", "nothing", {}}});
  REQUIRE(!result.has_value());
  CHECK(result.error().message == "there is no table \"feed_test\".\"nothing\" to watch");
}

}  // namespace
}  // namespace sqlxc::pg
