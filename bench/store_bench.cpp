#include <sqlite3.h>
#include <stdlib.h>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <iterator>
#include <mutex>
#include <random>
#include <string>

#include <sqlxc/core/check.h>
#include <sqlxc/core/text.h>
#include <sqlxc/db/encode.h>
#include <sqlxc/db/store.h>

// store_bench [SECONDS] [FOLDER]: what the store costs beside bare SQLite, both in this run and by
// turns, one thread asking. Reads: a row by its key as JSON. Writes: inserts with two indexes,
// durable (FULL) or not at once (NORMAL).
namespace {

using namespace sqlxc;
using Clock = std::chrono::steady_clock;
using value::Field;
using value::Type;
using value::Value;

constexpr int kUsers = 100'000;
constexpr int kRounds = 4;
constexpr int kInFlight = 64;
constexpr std::string_view kSelect =
    "SELECT id, email, name, age, created_at FROM users WHERE id = ?1";
constexpr std::string_view kInsert =
    "INSERT INTO comments (post_id, user_id, body) VALUES (?1, ?2, ?3)";
constexpr std::string_view kBody = "benchmark comment body of about forty chars";
constexpr std::string_view kSchema =
    "CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT NOT NULL UNIQUE, name TEXT NOT NULL, "
    "age INTEGER, created_at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP);"
    "CREATE TABLE comments (id INTEGER PRIMARY KEY, post_id INTEGER NOT NULL, "
    "user_id INTEGER NOT NULL, body TEXT NOT NULL);"
    "CREATE INDEX comments_post ON comments (post_id);"
    "CREATE INDEX comments_user ON comments (user_id);";
const Field kFields[] = {{.name = "id", .type = Type::int32},
                         {.name = "email"},
                         {.name = "name"},
                         {.name = "age", .type = Type::int32},
                         {.name = "created_at", .type = Type::timestamp}};

std::mt19937 random_numbers(1);
int any_id() { return std::uniform_int_distribution<int>(1, kUsers)(random_numbers); }

template <typename Work>
double per_second(double seconds, Work work) {
  long count = 0;
  const auto start = Clock::now();
  double elapsed = 0;
  do {
    count += work();
    elapsed = std::chrono::duration<double>(Clock::now() - start).count();
  } while (elapsed < seconds);
  return static_cast<double>(count) / elapsed;
}

// ---- bare SQLite: the limit

struct Bare {
  explicit Bare(const std::string& path, const char* pragmas) {
    SQLXC_CHECK(sqlite3_open_v2(path.c_str(), &handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX,
                                nullptr) == SQLITE_OK);
    SQLXC_CHECK(sqlite3_exec(handle, pragmas, nullptr, nullptr, nullptr) == SQLITE_OK);
  }
  ~Bare() {
    sqlite3_finalize(statement);
    sqlite3_close(handle);
  }
  void prepare(std::string_view sql) {
    SQLXC_CHECK(sqlite3_prepare_v3(handle, sql.data(), static_cast<int>(sql.size()),
                                   SQLITE_PREPARE_PERSISTENT, &statement, nullptr) == SQLITE_OK);
  }
  void append_text(std::string& out, int column) const {
    const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement, column));
    append_json_string(out,
                       {text, static_cast<std::size_t>(sqlite3_column_bytes(statement, column))});
  }

  sqlite3* handle = nullptr;
  sqlite3_stmt* statement = nullptr;
};

void bare_read(const Bare& db, std::string& out) {
  sqlite3_bind_int64(db.statement, 1, any_id());
  SQLXC_CHECK(sqlite3_step(db.statement) == SQLITE_ROW);
  out = "{\"id\":";
  append_number(out, sqlite3_column_int64(db.statement, 0));
  out += ",\"email\":";
  db.append_text(out, 1);
  out += ",\"name\":";
  db.append_text(out, 2);
  out += ",\"age\":";
  append_number(out, sqlite3_column_int64(db.statement, 3));
  out += ",\"created_at\":";
  db.append_text(out, 4);
  out += '}';
  sqlite3_reset(db.statement);
}

double bare_inserts(const std::string& path, const char* pragmas, int a_commit, double seconds) {
  Bare db(path, pragmas);
  db.prepare(kInsert);
  return per_second(seconds, [&] {
    sqlite3_exec(db.handle, "BEGIN", nullptr, nullptr, nullptr);
    for (int i = 0; i < a_commit; ++i) {
      sqlite3_bind_int(db.statement, 1, any_id());
      sqlite3_bind_int(db.statement, 2, any_id());
      sqlite3_bind_text(db.statement, 3, kBody.data(), static_cast<int>(kBody.size()),
                        SQLITE_STATIC);
      sqlite3_step(db.statement);
      sqlite3_reset(db.statement);
    }
    SQLXC_CHECK(sqlite3_exec(db.handle, "COMMIT", nullptr, nullptr, nullptr) == SQLITE_OK);
    return a_commit;
  });
}

// ---- the store

void store_read(db::Reader& reader, std::string& out) {
  const Value binds[] = {Value::of_integer(any_id())};
  auto cursor = reader.query(kSelect, binds);
  SQLXC_CHECK(cursor && cursor->next());
  out.clear();
  char separator = '{';
  for (int i = 0; i < static_cast<int>(std::size(kFields)); ++i) {
    out += separator;
    out += '"';
    out += kFields[i].name;
    out += "\":";
    db::append_json(out, kFields[i], *cursor, i);
    separator = ',';
  }
  out += '}';
}

// So many units in flight at once; each one that is done brings the next.
class Load {
 public:
  explicit Load(db::Store& store) : store_(store) {}

  double run(double seconds) {
    const auto start = Clock::now();
    const auto until =
        start + std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(seconds));
    for (int i = 0; i < kInFlight; ++i) insert();
    std::unique_lock lock(mutex_);
    changed_.wait_until(lock, until, [] { return false; });
    is_over_ = true;
    changed_.wait(lock, [this] { return in_flight_ == 0; });
    const double elapsed = std::chrono::duration<double>(Clock::now() - start).count();
    return static_cast<double>(count_) / elapsed;
  }

 private:
  void insert() {
    ++in_flight_;
    store_.write({.run = [](db::Session& session) -> std::expected<void, db::Error> {
                    const Value binds[] = {Value::of_integer(any_id()), Value::of_integer(any_id()),
                                           Value::of_text(std::string(kBody))};
                    auto done = session.execute(kInsert, binds);
                    if (!done) return std::unexpected(done.error());
                    return {};
                  },
                  .done =
                      [this](std::expected<void, db::Error> result) {
                        SQLXC_CHECK(result);
                        ++count_;
                        if (!is_over_) insert();
                        if (--in_flight_ > 0) return;
                        const std::lock_guard lock(mutex_);
                        changed_.notify_all();
                      },
                  .cancellation = {}});
  }

  db::Store& store_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::atomic<int> in_flight_ = 0;
  std::atomic<bool> is_over_ = false;
  std::atomic<long> count_ = 0;
};

std::unique_ptr<db::Store> open(const std::string& path, db::Synchronous synchronous) {
  auto store = db::Store::open(
      {.path = path, .synchronous = synchronous, .pool_threads = 0, .schema_sql = kSchema});
  SQLXC_CHECK(store);
  return std::move(*store);
}

void fill(const std::string& path) {
  open(path, db::Synchronous::normal);
  const Bare db(path, "BEGIN");
  const std::string sql =
      "INSERT INTO users (id, email, name, age) WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT "
      "i + 1 FROM n WHERE i < " +
      std::to_string(kUsers) +
      ") SELECT i, 'user' || i || '@example.org', 'User Number ' || i, i % 80 FROM n; COMMIT; "
      "PRAGMA wal_checkpoint(TRUNCATE)";
  SQLXC_CHECK(sqlite3_exec(db.handle, sql.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK);
}

void compare(const char* what, double limit, double ours) {
  std::printf("%-46s %9.0f/s  limit %9.0f/s  ratio %.2f\n", what, ours, limit, ours / limit);
  std::fflush(stdout);
}

void compare_reads(const std::string& path, double seconds) {
  const auto store = open(path, db::Synchronous::full);
  const auto reader = std::move(*store->make_reader());
  Bare bare(path, "PRAGMA mmap_size = 1073741824");
  bare.prepare(kSelect);
  std::string out;
  double limit = 0;
  double turns = 0;
  double batches = 0;
  const auto hundred = [](auto read) {
    return [read] {
      for (int i = 0; i < 100; ++i) read();
      return 100;
    };
  };
  for (int round = 0; round < kRounds; ++round) {
    limit += per_second(seconds / kRounds, hundred([&] { bare_read(bare, out); }));
    turns += per_second(seconds / kRounds, hundred([&] {
                          store_read(*reader, out);
                          reader->end_turn();
                        }));
    int reads = 0;
    batches += per_second(seconds / kRounds, hundred([&] {
                            store_read(*reader, out);
                            if (++reads % 16 == 0) reader->end_turn();
                          }));
    reader->end_turn();
  }
  compare("point read as JSON, one a turn", limit / kRounds, turns / kRounds);
  compare("point read as JSON, 16 a turn", limit / kRounds, batches / kRounds);
}

void compare_writes(const std::string& folder, db::Synchronous synchronous, double seconds) {
  const bool is_full = synchronous == db::Synchronous::full;
  const char* pragmas = is_full ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = NORMAL";
  const std::string path = folder + (is_full ? "/full.db" : "/normal.db");
  open(path, synchronous);
  double one = 0;
  double grouped = 0;
  double ours = 0;
  for (int round = 0; round < kRounds; ++round) {
    one += bare_inserts(path, pragmas, 1, seconds / kRounds);
    grouped += bare_inserts(path, pragmas, 32, seconds / kRounds);
    const auto store = open(path, synchronous);
    ours += Load(*store).run(seconds / kRounds);
  }
  const std::string name = is_full ? "insert, FULL, 64 in flight" : "insert, NORMAL, 64 in flight";
  compare((name + ", against 1 a commit").c_str(), one / kRounds, ours / kRounds);
  compare((name + ", against 32 a commit").c_str(), grouped / kRounds, ours / kRounds);
}

}  // namespace

int main(int argc, char** argv) {
  const double seconds = argc > 1 ? std::atof(argv[1]) : 4;
  std::string folder =
      (argc > 2 ? std::filesystem::path(argv[2]) : std::filesystem::temp_directory_path()) /
      "store-bench-XXXXXX";
  SQLXC_CHECK(mkdtemp(folder.data()) != nullptr);
  fill(folder + "/read.db");
  compare_reads(folder + "/read.db", seconds);
  compare_writes(folder, db::Synchronous::full, seconds);
  compare_writes(folder, db::Synchronous::normal, seconds);
  std::filesystem::remove_all(folder);
}
