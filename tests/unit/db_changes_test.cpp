#include <sqlite3.h>
#include <stdlib.h>

#include <catch2/catch.hpp>
#include <chrono>
#include <condition_variable>
#include <filesystem>
#include <future>
#include <mutex>
#include <string>
#include <vector>

#include <sqlxc/db/store.h>

// What a store tells of its commits.
namespace sqlxc::db {
namespace {

constexpr std::string_view kSchema = R"(
  CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT UNIQUE, age INTEGER,
                      initial TEXT GENERATED ALWAYS AS (substr(name, 1, 1)) STORED);
  CREATE TABLE posts (id INTEGER PRIMARY KEY,
                      author INTEGER REFERENCES users ON DELETE CASCADE);
  CREATE TABLE tags (kind TEXT, name TEXT, note TEXT, PRIMARY KEY (name, kind)) WITHOUT ROWID;
  CREATE TABLE plain (value TEXT);
  CREATE TABLE odd (id INTEGER PRIMARY KEY, a INTEGER, b INTEGER GENERATED ALWAYS AS (a + 1));
  CREATE TABLE log (id INTEGER PRIMARY KEY, line TEXT);
  CREATE TRIGGER users_log AFTER UPDATE ON users BEGIN
    INSERT INTO log (line) VALUES (NEW.name);
  END;
)";

class Watched {
 public:
  explicit Watched(TrackedColumns columns = {}) {
    std::string name = (std::filesystem::temp_directory_path() / "sqlxc-ch-XXXXXX").string();
    REQUIRE(mkdtemp(name.data()) != nullptr);
    folder_ = name;
    auto store = Store::open({.path = file(), .schema_sql = kSchema, .fingerprint = "f"});
    if (!store) FAIL(store.error().message);
    store_ = std::move(*store);
    store_->listen(
        [this](Changes changes) {
          const std::lock_guard lock(mutex_);
          told_.push_back(std::move(changes));
          has_told_.notify_all();
        },
        std::move(columns));
    // The beginning is told as a change of everything: what was written before is not known.
    REQUIRE(wait_for_everything());
  }
  ~Watched() {
    store_.reset();
    std::filesystem::remove_all(folder_);
  }
  std::string file() const { return (folder_ / "test.db").string(); }

  /// Writes, and returns what had been told when the write was acknowledged.
  std::vector<TableChange> write(std::vector<std::string> statements, bool fails = false) {
    std::promise<std::pair<bool, std::vector<TableChange>>> promise;
    auto future = promise.get_future();
    store_->write({.run = [&statements](Session& session) -> std::expected<void, Error> {
                     for (const std::string& sql : statements) {
                       auto done = session.execute(sql);
                       if (!done) return std::unexpected(done.error());
                     }
                     return {};
                   },
                   .done =
                       [&](std::expected<void, Error> result) {
                         const std::lock_guard lock(mutex_);
                         std::vector<TableChange> all;
                         for (const Changes& changes : told_) {
                           all.insert(all.end(), changes.tables.begin(), changes.tables.end());
                         }
                         told_.clear();
                         promise.set_value({result.has_value(), std::move(all)});
                       },
                   .cancellation = nullptr});
    auto [succeeded, all] = future.get();
    CHECK(succeeded != fails);
    return all;
  }

  bool wait_for_everything() {
    std::unique_lock lock(mutex_);
    return has_told_.wait_for(lock, std::chrono::seconds(20), [this] {
      for (const Changes& changes : told_) {
        if (!changes.is_everything) continue;
        told_.clear();
        return true;
      }
      return false;
    });
  }

 private:
  std::filesystem::path folder_;
  std::mutex mutex_;
  std::condition_variable has_told_;
  std::vector<Changes> told_;
  std::unique_ptr<Store> store_;
};

using Told = std::vector<TableChange>;

TableChange rows(std::string table, std::vector<std::string> keys) {
  return {.table = std::move(table), .keys = std::move(keys)};
}
TableChange any_row(std::string table) { return {.table = std::move(table), .is_whole = true}; }

TEST_CASE("a commit tells the rows that it changed, before it is acknowledged", "[changes]") {
  Watched store;
  CHECK(store.write({"INSERT INTO users (id, name) VALUES (7, 'ann'), (9, 'bob')"}) ==
        Told{rows("users", {"7", "9"})});
  CHECK(store.write({"DELETE FROM users WHERE id = 9"}) == Told{rows("users", {"9"})});
  CHECK(store.write({"INSERT INTO tags VALUES ('k', 'a \"name\"', '')"}) ==
        Told{rows("tags", {R"("a \"name\"","k")"})});
  CHECK(store.write({"UPDATE tags SET name = 'b'"}) ==
        Told{rows("tags", {R"("a \"name\"","k")", R"("b","k")"})});
  CHECK(store.write({"SELECT 1", "UPDATE users SET age = 1 WHERE id = 12345"}).empty());
}

TEST_CASE("what triggers, cascades and conflicts change is told, too", "[changes]") {
  Watched store;
  store.write({"INSERT INTO users (id, name) VALUES (1, 'ann'), (2, 'bob')",
               "INSERT INTO posts VALUES (10, 1), (11, 1), (12, 2)"});
  CHECK(store.write({"UPDATE users SET age = 5 WHERE id = 2"}) ==
        Told{rows("log", {"1"}), rows("users", {"2"})});
  // The row of the same name is deleted, and its posts with it.
  CHECK(store.write({"INSERT OR REPLACE INTO users (id, name) VALUES (3, 'ann')"}) ==
        Told{rows("posts", {"10", "11"}), rows("users", {"1", "3"})});
  CHECK(store.write({"INSERT INTO users (id, name) VALUES (2, 'bob') "
                     "ON CONFLICT (id) DO UPDATE SET age = 6"}) ==
        Told{rows("log", {"2"}), rows("users", {"2"})});
  CHECK(store.write({"DELETE FROM users WHERE id = 2"}) ==
        Told{rows("posts", {"12"}), rows("users", {"2"})});
  CHECK(store.write({"UPDATE users SET id = 30 WHERE id = 3"}) ==
        Told{rows("log", {"3"}), rows("users", {"3", "30"})});
}

TEST_CASE("a DELETE of all rows tells them", "[changes]") {
  Watched store;
  store.write({"INSERT INTO log (line) VALUES ('a'), ('b')", "INSERT INTO plain VALUES ('x')"});
  CHECK(store.write({"DELETE FROM log"}) == Told{rows("log", {"1", "2"})});
  CHECK(store.write({"DELETE FROM plain"}) == Told{any_row("plain")});
}

TEST_CASE("where keys cannot tell rows apart, any row has changed", "[changes]") {
  Watched store;
  CHECK(store.write({"INSERT INTO plain VALUES ('x')"}) == Told{any_row("plain")});
  CHECK(store.write({"INSERT INTO odd (a) VALUES (1)"}) == Told{any_row("odd")});
  CHECK(store.write({"WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 2000) "
                     "INSERT INTO log (line) SELECT i FROM n"}) == Told{any_row("log")});
}

TEST_CASE("columns that are asked for are told in their order, null or not", "[changes]") {
  Watched store({{"posts", {"id", "author"}}, {"users", {"name", "id"}}, {"tags", {"gone"}}});
  store.write({"INSERT INTO users (id, name) VALUES (1, 'ann'), (2, NULL)"});
  CHECK(store.write({"INSERT INTO posts VALUES (10, 1), (11, NULL)"}) ==
        Told{rows("posts", {"10,1", "11,null"})});
  CHECK(store.write({"UPDATE posts SET author = 2 WHERE id = 10"}) ==
        Told{rows("posts", {"10,1", "10,2"})});
  CHECK(store.write({"DELETE FROM users WHERE id = 2"}) ==
        Told{rows("posts", {"10,2"}), rows("users", {"null,2"})});
  CHECK(store.write({"INSERT INTO tags VALUES ('k', 'a', '')"}) == Told{any_row("tags")});
  CHECK(store.write({"INSERT INTO log (line) VALUES ('x')"}) == Told{rows("log", {"1"})});
}

TEST_CASE("what is rolled back is not told", "[changes]") {
  Watched store;
  store.write({"INSERT INTO users (id, name) VALUES (1, 'ann')"});
  CHECK(store
            .write({"INSERT INTO log (line) VALUES ('x')",
                    "INSERT INTO users (id, name) VALUES (2, 'ann')"},
                   true)
            .empty());
  CHECK(store.write({"INSERT INTO posts VALUES (1, 99)"}, true).empty());
  CHECK(store.write({"INSERT INTO posts VALUES (1, 1)"}) == Told{rows("posts", {"1"})});
}

TEST_CASE("what another process commits to the file is told as a change of everything",
          "[changes]") {
  Watched store;
  sqlite3* other = nullptr;
  REQUIRE(sqlite3_open(store.file().c_str(), &other) == SQLITE_OK);
  sqlite3_busy_timeout(other, 5000);
  CHECK(sqlite3_exec(other, "INSERT INTO log (line) VALUES ('other')", nullptr, nullptr, nullptr) ==
        SQLITE_OK);
  CHECK(store.wait_for_everything());
  sqlite3_close(other);
  // One's own commits are not taken for another's.
  CHECK(store.write({"INSERT INTO log (line) VALUES ('own')"}) == Told{rows("log", {"2"})});
}

}  // namespace
}  // namespace sqlxc::db
