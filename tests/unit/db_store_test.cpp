#include <catch2/catch.hpp>

#include <sqlxc/db/encode.h>
#include <sqlxc/db/store.h>

#include <sqlite3.h>
#include <stdlib.h>

#include <filesystem>
#include <future>
#include <string>
#include <vector>

namespace {

using namespace sqlxc;
using db::Error;
using db::Failure;
using db::Session;
using db::Store;
using value::Value;

using Result = std::expected<void, Error>;

// A folder that is gone afterwards.
class Folder {
 public:
  Folder() {
    std::string name = (std::filesystem::temp_directory_path() / "sqlxc-db-XXXXXX").string();
    REQUIRE(mkdtemp(name.data()) != nullptr);
    path_ = name;
  }
  ~Folder() { std::filesystem::remove_all(path_); }
  std::string file() const { return (path_ / "test.db").string(); }

 private:
  std::filesystem::path path_;
};

constexpr std::string_view kSchema = R"(
  CREATE TABLE users (
    id INTEGER PRIMARY KEY,
    email TEXT NOT NULL UNIQUE,
    age INTEGER CONSTRAINT users_age_check CHECK (age >= 18),
    name TEXT,
    handle TEXT
  );
  CREATE TABLE posts (
    id INTEGER PRIMARY KEY,
    author_id INTEGER NOT NULL REFERENCES users (id),
    editor_id INTEGER REFERENCES users,
    title TEXT NOT NULL
  );
  CREATE TABLE nodes (
    id INTEGER PRIMARY KEY,
    next INTEGER NOT NULL REFERENCES nodes (id) DEFERRABLE INITIALLY DEFERRED
  );
  CREATE TRIGGER users_root BEFORE INSERT ON users WHEN NEW.name = 'root' BEGIN
    SELECT RAISE(ABORT, 'root is taken');
  END;
  CREATE UNIQUE INDEX users_name ON users (name, age);
  CREATE UNIQUE INDEX users_lower ON users (lower(handle));
)";

std::unique_ptr<Store> open(const Folder& folder, std::string_view fingerprint = "f1") {
  auto store =
      Store::open({.path = folder.file(), .schema_sql = kSchema, .fingerprint = fingerprint});
  if (!store) FAIL(store.error().message);
  return std::move(*store);
}

Result write(Store& store, std::move_only_function<Result(Session&)> run) {
  std::promise<Result> promise;
  auto future = promise.get_future();
  store.write({.run = std::move(run),
               .done = [&promise](Result result) { promise.set_value(std::move(result)); },
               .cancellation = nullptr});
  return future.get();
}

// One statement as a unit.
Result write(Store& store, std::string sql) {
  return write(store, [sql](Session& session) -> Result {
    auto done = session.execute(sql);
    if (!done) return std::unexpected(done.error());
    return {};
  });
}

std::string first(db::Reader& reader, std::string_view sql) {
  auto cursor = reader.query(sql);
  if (!cursor) return "error: " + cursor.error().message;
  if (!cursor->next()) return cursor->has_failed() ? "error: " + cursor->error().message : "none";
  return cursor->is_null(0) ? "null" : std::string(cursor->text(0));
}

TEST_CASE("a new file gets the schema; a known one is compared, a strange one left alone") {
  const Folder folder;
  CHECK(open(folder)->schema_state() == db::SchemaState::created);
  CHECK(open(folder)->schema_state() == db::SchemaState::same);
  const auto drifted = open(folder, "f2");
  CHECK(drifted->schema_state() == db::SchemaState::drifted);
  CHECK(drifted->stored_fingerprint() == "f1");
  CHECK(drifted->ping());

  const Folder other;
  sqlite3* raw = nullptr;
  REQUIRE(sqlite3_open(other.file().c_str(), &raw) == SQLITE_OK);
  sqlite3_exec(raw, "CREATE TABLE t (x)", nullptr, nullptr, nullptr);
  sqlite3_close(raw);
  CHECK(open(other)->schema_state() == db::SchemaState::foreign);
}

TEST_CASE("a schema that does not run leaves no half of itself") {
  const Folder folder;
  const auto store = Store::open({.path = folder.file(),
                                  .schema_sql = "CREATE TABLE a (x); CREATE TABEL b (y);",
                                  .fingerprint = "f"});
  REQUIRE_FALSE(store);
  CHECK(store.error().message.find("TABEL") != std::string::npos);
  CHECK(open(folder)->schema_state() == db::SchemaState::created);
}

TEST_CASE("what was acknowledged can be read at once, on any reader and within a turn") {
  const Folder folder;
  const auto store = open(folder);
  const auto one = *store->make_reader();
  const auto two = *store->make_reader();
  CHECK(first(*one, "SELECT count(*) FROM users") == "0");
  REQUIRE(write(*store, "INSERT INTO users (email) VALUES ('a')"));
  CHECK(first(*one, "SELECT count(*) FROM users") == "1");
  CHECK(first(*two, "SELECT count(*) FROM users") == "1");
}

TEST_CASE("the reads of one turn see one snapshot, whatever another process commits") {
  const Folder folder;
  const auto store = open(folder);
  const auto reader = *store->make_reader();
  CHECK(first(*reader, "SELECT count(*) FROM users") == "0");
  sqlite3* raw = nullptr;
  REQUIRE(sqlite3_open(folder.file().c_str(), &raw) == SQLITE_OK);
  REQUIRE(sqlite3_exec(raw, "INSERT INTO users (id, email) VALUES (9, 'x'); DROP INDEX users_lower",
                       nullptr, nullptr, nullptr) == SQLITE_OK);
  sqlite3_close(raw);
  CHECK(first(*reader, "SELECT count(*) FROM users") == "0");
  reader->end_turn();
  CHECK(first(*reader, "SELECT count(*) FROM users") == "1");
}

TEST_CASE("a new file is made in haste, but its first write is acknowledged durably") {
  const Folder folder;
  const auto store = open(folder);
  std::int64_t level = -1;
  REQUIRE(write(*store, [&level](Session& session) -> Result {
    auto cursor = session.query("PRAGMA synchronous");
    if (!cursor || !cursor->next()) return Session::refuse("no pragma");
    level = cursor->integer(0);
    return {};
  }));
  CHECK(level == 2);
}

TEST_CASE("a reader cannot write") {
  const Folder folder;
  const auto store = open(folder);
  const auto reader = *store->make_reader();
  CHECK(first(*reader, "INSERT INTO users (email) VALUES ('a')").starts_with("error: "));
}

TEST_CASE("a unit that fails leaves nothing, and its neighbours in the batch stay") {
  const Folder folder;
  const auto store = open(folder);
  std::promise<void> go;
  std::vector<std::future<Result>> results;
  // The first unit holds the writer until all are queued, so that one commit takes them.
  std::promise<Result> held;
  store->write({.run = [ready = go.get_future().share()](Session&) -> Result {
                  ready.wait();
                  return {};
                },
                .done = [&held](Result result) { held.set_value(std::move(result)); },
                .cancellation = nullptr});
  std::vector<std::promise<Result>> promises(20);
  for (std::size_t i = 0; i < promises.size(); ++i) {
    store->write(
        {.run = [i](Session& session) -> Result {
           const auto sql = "INSERT INTO users (email) VALUES ('u" + std::to_string(i) + "')";
           if (auto done = session.execute(sql); !done) return std::unexpected(done.error());
           if (i % 3 == 1) return Session::refuse("changed my mind");
           if (i % 3 == 2) {
             auto again = session.execute(sql);
             if (!again) return std::unexpected(again.error());
           }
           return {};
         },
         .done = [&promises, i](Result result) { promises[i].set_value(std::move(result)); },
         .cancellation = nullptr});
  }
  go.set_value();
  CHECK(held.get_future().get());
  for (std::size_t i = 0; i < promises.size(); ++i) {
    const Result result = promises[i].get_future().get();
    INFO(i);
    if (i % 3 == 0) CHECK(result);
    if (i % 3 == 1) CHECK(result.error().failure == Failure::cancelled);
    if (i % 3 == 2) CHECK(result.error().failure == Failure::unique);
  }
  CHECK(first(**store->make_reader(),
              "SELECT group_concat(email) FROM (SELECT email FROM users ORDER BY id)") ==
        "u0,u3,u6,u9,u12,u15,u18");
  CHECK(store->counters().commits <= 3);
}

TEST_CASE("an interrupted unit takes nobody with it, though SQLite rolls everything back") {
  const Folder folder;
  const auto store = open(folder);
  std::promise<void> go;
  std::vector<std::promise<Result>> promises(4);
  const auto done = [&promises](std::size_t i) {
    return [&promises, i](Result result) { promises[i].set_value(std::move(result)); };
  };
  const auto insert = [](std::string email) {
    return [email](Session& session) -> Result {
      auto inserted = session.execute("INSERT INTO users (email) VALUES ('" + email + "')");
      if (!inserted) return std::unexpected(inserted.error());
      return {};
    };
  };
  store->write({.run = [ready = go.get_future().share()](Session&) -> Result {
                  ready.wait();
                  return {};
                },
                .done = done(0),
                .cancellation = nullptr});
  store->write({.run = insert("before"), .done = done(1), .cancellation = nullptr});
  auto cancellation = std::make_shared<db::Cancellation>();
  store->write({.run = [cancellation](Session& session) -> Result {
                  cancellation->cancel();
                  auto endless = session.execute(
                      "INSERT INTO users (email) WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL "
                      "SELECT i + 1 FROM n) SELECT 'n' || i FROM n");
                  // Whoever goes on regardless must not commit on its own.
                  (void)session.execute("INSERT INTO users (email) VALUES ('stray')");
                  if (!endless) return std::unexpected(endless.error());
                  return {};
                },
                .done = done(2),
                .cancellation = cancellation});
  store->write({.run = insert("after"), .done = done(3), .cancellation = nullptr});
  go.set_value();
  CHECK(promises[0].get_future().get());
  CHECK(promises[1].get_future().get());
  CHECK(promises[2].get_future().get().error().failure == Failure::interrupted);
  CHECK(promises[3].get_future().get());
  CHECK(first(**store->make_reader(),
              "SELECT group_concat(email) FROM (SELECT email FROM users ORDER BY id)") ==
        "before,after");
}

TEST_CASE("an exception in a unit is its error") {
  const Folder folder;
  const auto store = open(folder);
  const auto result = write(*store, [](Session& session) -> Result {
    (void)session.execute("INSERT INTO users (email) VALUES ('a')");
    throw std::runtime_error("a hook's mistake");
  });
  REQUIRE_FALSE(result);
  CHECK(result.error().message == "a hook's mistake");
  CHECK(first(**store->make_reader(), "SELECT count(*) FROM users") == "0");
}

TEST_CASE("errors say which constraint of which columns") {
  const Folder folder;
  const auto store = open(folder);
  REQUIRE(write(*store, "INSERT INTO users (id, email, age, name) VALUES (1, 'a', 20, 'n')"));
  const auto error = [&store](std::string sql) {
    auto result = write(*store, std::move(sql));
    return result ? Error{} : result.error();
  };
  const Error unique = error("INSERT INTO users (email) VALUES ('a')");
  CHECK(unique.failure == Failure::unique);
  CHECK(unique.table == "users");
  CHECK(unique.columns == std::vector<std::string>{"email"});
  const Error composite = error("INSERT INTO users (email, age, name) VALUES ('b', 20, 'n')");
  CHECK(composite.columns == std::vector<std::string>{"name", "age"});
  const Error primary = error("INSERT INTO users (id, email) VALUES (1, 'c')");
  CHECK(primary.failure == Failure::unique);
  CHECK(primary.columns == std::vector<std::string>{"id"});
  const Error index = error("INSERT INTO users (email, handle) VALUES ('i', 'x'), ('j', 'X')");
  CHECK(index.failure == Failure::unique);
  CHECK(index.constraint == "users_lower");
  const Error check = error("INSERT INTO users (email, age) VALUES ('d', 3)");
  CHECK(check.failure == Failure::check);
  CHECK(check.constraint == "users_age_check");
  const Error missing = error("INSERT INTO users (name) VALUES ('x')");
  CHECK(missing.failure == Failure::not_null);
  CHECK(missing.columns == std::vector<std::string>{"email"});
  const Error mismatch = error("INSERT INTO users (id, email) VALUES ('x', 'e')");
  CHECK(mismatch.failure == Failure::datatype);
  const Error raised = error("INSERT INTO users (email, name) VALUES ('k', 'root')");
  CHECK(raised.failure == Failure::check);
  CHECK(raised.constraint == "root is taken");
  CHECK(error("UPDATE users SET age = 9223372036854775807 + abs(-9223372036854775808)").failure ==
        Failure::datatype);
  CHECK(error("SELECT nothing FROM nowhere").failure == Failure::other);
}

TEST_CASE("a foreign key that fails is named, at once or deferred, from either end") {
  const Folder folder;
  const auto store = open(folder);
  REQUIRE(write(*store, "INSERT INTO users (id, email) VALUES (1, 'a'), (2, 'b')"));
  REQUIRE(write(*store, "INSERT INTO posts (author_id, editor_id, title) VALUES (1, 2, 't')"));
  const auto error = [&store](std::string sql) {
    auto result = write(*store, std::move(sql));
    return result ? Error{} : result.error();
  };
  const Error author = error("INSERT INTO posts (author_id, title) VALUES (7, 't')");
  CHECK(author.failure == Failure::foreign_key);
  CHECK(author.table == "posts");
  CHECK(author.columns == std::vector<std::string>{"author_id"});
  CHECK(author.parent == "users");
  const Error editor = error("UPDATE posts SET editor_id = 9");
  CHECK(editor.columns == std::vector<std::string>{"editor_id"});
  const Error parent = error("DELETE FROM users WHERE id = 2");
  CHECK(parent.failure == Failure::foreign_key);
  CHECK(parent.table == "posts");
  CHECK(parent.columns == std::vector<std::string>{"editor_id"});
  const Error deferred = error("INSERT INTO nodes VALUES (1, 2)");
  CHECK(deferred.failure == Failure::foreign_key);
  CHECK(deferred.table == "nodes");
  REQUIRE(write(*store, "INSERT INTO nodes VALUES (1, 2), (2, 1)"));
  CHECK(first(**store->make_reader(),
              "SELECT (SELECT count(*) FROM users) || (SELECT count(*) FROM posts) || "
              "(SELECT count(*) FROM nodes)") == "212");
}

TEST_CASE("a write that can find no room fails, and later ones live") {
  const Folder folder;
  const auto store = open(folder);
  REQUIRE(write(*store, "INSERT INTO users (email) VALUES ('a')"));
  REQUIRE(write(*store, [](Session& session) -> Result {
    auto cursor = session.query("PRAGMA max_page_count = 12");
    if (!cursor || !cursor->next()) return Session::refuse("no pragma");
    return {};
  }));
  const auto full = write(*store, "INSERT INTO users (email) VALUES (hex(randomblob(200000)))");
  REQUIRE_FALSE(full);
  CHECK(full.error().failure == Failure::full);
  CHECK(write(*store, "INSERT INTO users (email) VALUES ('b')"));
  CHECK(first(**store->make_reader(),
              "SELECT group_concat(email) FROM (SELECT email FROM users ORDER BY id)") == "a,b");
}

TEST_CASE("a write waits no longer for another process than it was told") {
  const Folder folder;
  auto store = *Store::open({.path = folder.file(),
                             .busy_timeout = std::chrono::milliseconds(20),
                             .schema_sql = kSchema});
  sqlite3* raw = nullptr;
  REQUIRE(sqlite3_open(folder.file().c_str(), &raw) == SQLITE_OK);
  REQUIRE(sqlite3_exec(raw, "BEGIN IMMEDIATE", nullptr, nullptr, nullptr) == SQLITE_OK);
  const auto blocked = write(*store, "INSERT INTO users (email) VALUES ('a')");
  REQUIRE_FALSE(blocked);
  CHECK(blocked.error().failure == Failure::busy);
  sqlite3_close(raw);
  CHECK(write(*store, "INSERT INTO users (email) VALUES ('a')"));
}

TEST_CASE("a read past its deadline stops, and one whose client has left too") {
  const Folder folder;
  const auto store = open(folder);
  const auto reader = *store->make_reader();
  constexpr std::string_view kEndless =
      "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n";
  const auto failure = [&](const db::Limits& limits) {
    auto cursor = reader->query(kEndless, {}, limits);
    REQUIRE(cursor);
    CHECK_FALSE(cursor->next());
    return cursor->error().failure;
  };
  CHECK(failure({.deadline = db::Clock::now()}) == Failure::interrupted);
  db::Cancellation cancellation;
  cancellation.cancel();
  CHECK(failure({.cancellation = &cancellation}) == Failure::interrupted);
  CHECK(first(*reader, "SELECT 1") == "1");
}

TEST_CASE("long reads run in the pool") {
  const Folder folder;
  const auto store = open(folder);
  REQUIRE(write(*store, "INSERT INTO users (email) VALUES ('a')"));
  std::promise<std::string> promise;
  REQUIRE(store->read_in_pool({.run = [&promise](db::Reader& reader) {
    promise.set_value(first(reader, "SELECT email FROM users"));
  }}));
  CHECK(promise.get_future().get() == "a");
}

TEST_CASE("the same statement may be open twice, and the cache forgets the oldest") {
  const Folder folder;
  open(folder);
  const auto connection = *db::Connection::open({.path = folder.file(), .statements = 3});
  constexpr std::string_view kCount = "VALUES (1), (2)";
  auto one = *connection->query(kCount);
  auto two = *connection->query(kCount);
  CHECK(one.next());
  CHECK(two.next());
  CHECK(two.next());
  CHECK(one.integer(0) == 1);
  CHECK(two.integer(0) == 2);
  for (int i = 0; i < 20; ++i) CHECK(connection->execute("SELECT " + std::to_string(i)));
  CHECK(one.next());
  CHECK(one.integer(0) == 2);
  CHECK_FALSE(one.next());
}

TEST_CASE("closing finishes what was queued") {
  const Folder folder;
  int done = 0;
  {
    const auto store = open(folder);
    for (int i = 0; i < 500; ++i) {
      store->write({.run = [i](Session& session) -> Result {
                      const Value email[] = {Value::of_text("u" + std::to_string(i))};
                      auto inserted =
                          session.execute("INSERT INTO users (email) VALUES (?1)", email);
                      if (!inserted) return std::unexpected(inserted.error());
                      return {};
                    },
                    .done = [&done](Result result) { done += result ? 1 : 0; },
                    .cancellation = nullptr});
    }
  }
  CHECK(done == 500);
  CHECK(first(**open(folder)->make_reader(), "SELECT count(*) FROM users") == "500");
}

TEST_CASE("columns become the JSON of their type, whatever SQLite made of them") {
  const Folder folder;
  open(folder);
  const auto connection = *db::Connection::open({.path = folder.file()});
  const auto shown = [&connection](const value::Field& field, std::string sql) {
    auto cursor = *connection->query("SELECT " + sql);
    REQUIRE(cursor.next());
    std::string out;
    db::append_json(out, field, cursor, 0);
    out += " ";
    db::append_text(out, field, cursor, 0);
    return out;
  };
  using value::Type;
  CHECK(shown({.type = Type::boolean}, "1") == "true true");
  CHECK(shown({.type = Type::int64}, "9223372036854775807") ==
        "9223372036854775807 9223372036854775807");
  CHECK(shown({.type = Type::float64}, "0.1") == "0.1 0.1");
  CHECK(shown({.type = Type::float64}, "9e999") == "\"Infinity\" Infinity");
  CHECK(shown({.type = Type::float32}, "0.10000000149011612") == "0.1 0.1");
  CHECK(shown({.type = Type::decimal, .precision = 10, .scale = 2}, "12.5") == "12.50 12.50");
  CHECK(shown({.type = Type::decimal, .precision = 10, .scale = 2}, "12") == "12.00 12.00");
  CHECK(shown({.type = Type::decimal}, "'12345678901234567890.50'") ==
        "12345678901234567890.50 12345678901234567890.50");
  CHECK(shown({.type = Type::text}, "'a\"b'") == "\"a\\\"b\" a\"b");
  CHECK(shown({.type = Type::bytes}, "x'6869'") == "\"aGk=\" aGk=");
  CHECK(shown({.type = Type::timestamptz}, "'2026-01-02 03:04:05'") ==
        "\"2026-01-02T03:04:05+00:00\" 2026-01-02T03:04:05+00:00");
  CHECK(shown({.type = Type::json}, "'{\"a\": 1}'") == "{\"a\": 1} {\"a\": 1}");
  CHECK(shown({.type = Type::text}, "NULL") == "null ");
}

}  // namespace
