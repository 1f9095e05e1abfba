#include <sqlite3.h>

#include <chrono>
#include <cstdint>
#include <cstdio>
#include <string>
#include <vector>

#include "orm/orm.h"

// What the typed ORM costs next to SQLite's C API, on one file and in one thread: see orm.py.
namespace {

using namespace blog;
using Clock = std::chrono::steady_clock;

constexpr std::int64_t kPosts = 10'000;

double micros_each(Clock::time_point start, std::int64_t count) {
  return std::chrono::duration<double, std::micro>(Clock::now() - start).count() /
         static_cast<double>(count);
}

std::int64_t fill(orm::Database& db) {
  const User user = db.insert(users, {.email = "ada@example.com", .name = "Ada"}).value();
  for (std::int64_t i = 0; i < kPosts / 100; ++i) {
    std::vector<input::Post> rows;
    for (int j = 0; j < 100; ++j) {
      rows.push_back({.author_id = user.id, .title = "On engines", .content = "Of brass."});
    }
    db.insert_all(posts, rows).value();
  }
  return user.id;
}

Post post_of(sqlite3_stmt* row) {
  const auto text = [&](int column) {
    return std::string(reinterpret_cast<const char*>(sqlite3_column_text(row, column)),
                       static_cast<std::size_t>(sqlite3_column_bytes(row, column)));
  };
  Post post;
  post.id = sqlite3_column_int64(row, 0);
  post.author_id = sqlite3_column_int64(row, 1);
  post.title = text(2);
  post.content = text(3);
  from_string(text(4), post.status);
  if (sqlite3_column_type(row, 5) != SQLITE_NULL) post.rating = orm::Decimal{text(5)};
  if (sqlite3_column_type(row, 6) != SQLITE_NULL) {
    post.published_at = orm::Timestamptz::parse(text(6));
  }
  post.created_at = orm::Timestamptz::parse(text(7)).value();
  return post;
}

// A statement of a connection that maps the file, as the service's do.
class ByHand {
 public:
  ByHand(const char* path, const std::string& sql) {
    sqlite3_open_v2(path, &connection_, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, nullptr);
    sqlite3_exec(connection_, "PRAGMA mmap_size=1073741824", nullptr, nullptr, nullptr);
    sqlite3_prepare_v2(connection_, sql.c_str(), -1, &statement_, nullptr);
  }
  ~ByHand() {
    sqlite3_finalize(statement_);
    sqlite3_close(connection_);
  }
  ByHand(const ByHand&) = delete;
  ByHand& operator=(const ByHand&) = delete;

  std::vector<Post> ask(std::int64_t value) {
    std::vector<Post> rows;
    sqlite3_bind_int64(statement_, 1, value);
    while (sqlite3_step(statement_) == SQLITE_ROW) rows.push_back(post_of(statement_));
    sqlite3_reset(statement_);
    return rows;
  }

 private:
  sqlite3* connection_ = nullptr;
  sqlite3_stmt* statement_ = nullptr;
};

const std::string kColumns =
    "SELECT id, author_id, title, content, status, rating, published_at, created_at FROM posts ";

void report(const char* what, double orm, double by_hand) {
  std::printf("%-24s %8.2f us by the ORM, %8.2f us by hand: %.2f\n", what, orm, by_hand,
              orm / by_hand);
}

}  // namespace

int main(int, char** argv) {
  auto db = open(argv[1]).value();
  const std::int64_t author = fill(db);
  ByHand one(argv[1], kColumns + "WHERE id = ?1");
  ByHand page(argv[1], kColumns + "WHERE author_id = ?1 ORDER BY created_at DESC LIMIT 20");
  const auto newest =
      from(posts).where(posts.author_id == author).order_by(posts.created_at.desc()).limit(20);
  std::size_t rows = 0;
  for (int round = 0; round < 5; ++round) {
    auto start = Clock::now();
    for (std::int64_t id = 1; id <= kPosts; ++id) rows += db.find(posts, id).value().has_value();
    const double find = micros_each(start, kPosts);
    start = Clock::now();
    for (std::int64_t id = 1; id <= kPosts; ++id) rows += one.ask(id).size();
    report("a row by its key", find, micros_each(start, kPosts));
    start = Clock::now();
    for (int i = 0; i < 1000; ++i) rows += db.all(newest).value().size();
    const double list = micros_each(start, 1000);
    start = Clock::now();
    for (int i = 0; i < 1000; ++i) rows += page.ask(author).size();
    report("20 rows by an index", list, micros_each(start, 1000));
  }
  return rows == 5 * 2 * (kPosts + 20'000) ? 0 : 1;
}
