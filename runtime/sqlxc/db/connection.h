#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <expected>
#include <list>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include <sqlxc/db/error.h>
#include <sqlxc/value/value.h>

struct sqlite3;
struct sqlite3_stmt;

// One connection to an SQLite file, used by one thread at a time, and the statements it keeps
// prepared. Sessions, readers and the store are built of it.
namespace sqlxc::db {

using Clock = std::chrono::steady_clock;
using Deadline = Clock::time_point;
inline constexpr Deadline kNoDeadline = Deadline::max();

/// Told to stop by another thread; shared by a request and the statement that works for it.
class Cancellation {
 public:
  void cancel() { cancelled_.store(true, std::memory_order_relaxed); }
  bool is_cancelled() const { return cancelled_.load(std::memory_order_relaxed); }

 private:
  std::atomic<bool> cancelled_ = false;
};

/// How long a statement may run.
struct Limits {
  Deadline deadline = kNoDeadline;
  const Cancellation* cancellation = nullptr;  // outlives the statement
};

enum class Synchronous : std::uint8_t {
  off,  // only while a new file is made
  normal,
  full,
};

struct ConnectionOptions {
  std::string path = {};
  bool is_readonly = false;
  Synchronous synchronous = Synchronous::full;
  std::chrono::milliseconds busy_timeout{5000};
  std::int64_t mmap_bytes = std::int64_t{1} << 30;
  std::int64_t cache_kib = 8192;
  std::size_t statements = 256;  // kept prepared
};

/// A column of the current row; the views last until the next step.
enum class Storage : std::uint8_t { null, integer, real, text, blob };

class Connection;

namespace detail {
// A statement that a connection keeps.
struct Prepared {
  std::string sql;
  sqlite3_stmt* statement = nullptr;
  bool is_active = false;
};
}  // namespace detail

/// A running statement: its rows, one at a time. Released in the destructor.
class Cursor {
 public:
  Cursor(Cursor&& other) noexcept;
  Cursor& operator=(Cursor&& other) noexcept;
  ~Cursor();

  /// Moves to the next row; false at the end or after a failure (see error()).
  bool next();
  /// Moves the deadline of the rows to come.
  void set_deadline(Clock::time_point deadline) { limits_.deadline = deadline; }
  bool has_failed() const { return failed_; }
  const Error& error() const { return error_; }

  int column_count() const;
  Storage storage(int column) const;
  bool is_null(int column) const { return storage(column) == Storage::null; }
  std::int64_t integer(int column) const;
  double real(int column) const;
  std::string_view text(int column) const;
  std::string_view blob(int column) const;

 private:
  friend class Connection;
  Cursor(Connection* connection, sqlite3_stmt* statement, detail::Prepared* entry,
         const Limits& limits)
      : connection_(connection), statement_(statement), entry_(entry), limits_(limits) {}
  void release();

  Connection* connection_ = nullptr;
  sqlite3_stmt* statement_ = nullptr;
  detail::Prepared* entry_ = nullptr;  // in the connection's cache, if it is there
  Limits limits_;
  bool is_done_ = false;
  bool failed_ = false;
  Error error_;
};

class Connection {
 public:
  static std::expected<std::unique_ptr<Connection>, Error> open(const ConnectionOptions& options);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  /// Prepares `sql` (or takes it from the cache) and binds `binds` to ?1, ?2, ...; nothing runs
  /// before Cursor::next(). `binds` must outlive the cursor.
  std::expected<Cursor, Error> query(std::string_view sql,
                                     std::span<const value::Value> binds = {});

  /// Runs a statement to its end and forgets its rows.
  std::expected<void, Error> execute(std::string_view sql,
                                     std::span<const value::Value> binds = {});

  /// Begins and ends a transaction that reads; a step quicker than execute, since every turn of a
  /// loop does it.
  std::expected<void, Error> begin_read();
  void end_read();

  /// Runs a script of several statements.
  std::expected<void, Error> run_script(const std::string& sql);

  /// Applies to every cursor that is made from now on.
  void limit(const Limits& limits) { limits_ = limits; }

  std::expected<void, Error> set_synchronous(Synchronous synchronous);
  /// Makes what was written to the file (not to its WAL) durable.
  std::expected<void, Error> sync_file();

  /// Rows that the last INSERT, UPDATE or DELETE changed.
  std::int64_t changes() const;
  /// False after an error that made SQLite roll back by itself.
  bool is_in_transaction() const;
  /// Whether the transaction could not be committed now for a deferred foreign key.
  bool has_deferred_violations() const;
  std::size_t active_cursors() const { return active_; }
  sqlite3* handle() const { return handle_; }

 private:
  friend class Cursor;
  using Prepared = detail::Prepared;
  using Recent = std::list<Prepared>;

  explicit Connection(std::size_t statements) : capacity_(statements) {}
  std::expected<sqlite3_stmt*, Error> prepare(std::string_view sql, bool is_kept);
  std::expected<Recent::iterator, Error> find_or_prepare(std::string_view sql);
  void release(sqlite3_stmt* statement, Prepared* entry);
  void forget_oldest();
  static int on_progress(void* self);

  sqlite3* handle_ = nullptr;
  sqlite3_stmt* begin_ = nullptr;
  sqlite3_stmt* commit_ = nullptr;
  Limits limits_;   // of cursors to be made
  Limits running_;  // of the one that steps
  std::size_t capacity_;
  std::size_t active_ = 0;
  Recent recent_;  // newest first
  std::unordered_map<std::string_view, Recent::iterator> by_sql_;
};

}  // namespace sqlxc::db
