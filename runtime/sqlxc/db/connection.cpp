#include <sqlxc/db/connection.h>

#include <sqlite3.h>

#include <sqlxc/core/check.h>
#include <sqlxc/core/text.h>
#include <sqlxc/db/functions.h>
#include <sqlxc/db/object_functions.h>

#include <charconv>
#include <limits>
#include <mutex>
#include <utility>

namespace sqlxc::db {
namespace {

using value::Kind;
using value::Value;

// How many steps of its machine SQLite takes before it looks at the clock: some tens of
// microseconds.
constexpr int kProgressSteps = 2000;

// Allocation statistics would take a lock that all threads share.
void configure_once() {
  static std::once_flag once;
  std::call_once(once, [] { sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0); });
}

// What a decimal of at most 15 digits is as a number.
int bind_number(sqlite3_stmt* statement, int index, const std::string& text) {
  if (const auto integer = parse_number<std::int64_t>(text)) {
    return sqlite3_bind_int64(statement, index, *integer);
  }
  double number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return sqlite3_bind_double(statement, index, number);
}

int bind(sqlite3_stmt* statement, int index, const Value& value) {
  switch (value.kind) {
    case Kind::absent:
    case Kind::null:
    case Kind::use_default:
      return sqlite3_bind_null(statement, index);
    case Kind::boolean:
    case Kind::integer:
      return sqlite3_bind_int64(statement, index, value.integer);
    case Kind::real:
      return sqlite3_bind_double(statement, index, value.real);
    case Kind::small_decimal:
      return bind_number(statement, index, value.text);
    case Kind::decimal:
    case Kind::text:
      return sqlite3_bind_text64(statement, index, value.text.data(), value.text.size(),
                                 SQLITE_STATIC, SQLITE_UTF8);
    case Kind::bytes:
      return sqlite3_bind_blob64(statement, index, value.text.data(), value.text.size(),
                                 SQLITE_STATIC);
  }
  return SQLITE_MISUSE;
}

std::string_view synchronous_pragma(Synchronous synchronous) {
  switch (synchronous) {
    case Synchronous::off:
      return "PRAGMA synchronous=OFF;";
    case Synchronous::normal:
      return "PRAGMA synchronous=NORMAL;";
    case Synchronous::full:
      return "PRAGMA synchronous=FULL;";
  }
  return {};
}

std::string pragmas(const ConnectionOptions& options) {
  std::string sql =
      "PRAGMA foreign_keys=ON;"
      "PRAGMA temp_store=MEMORY;"
      "PRAGMA mmap_size=";
  append_number(sql, options.mmap_bytes);
  sql += ';';
  // No pragma of a reader reads the schema, so that opening one is cheap; its pages come by mmap
  // and need no large cache.
  if (options.is_readonly) return sql + "PRAGMA query_only=ON;";
  sql += "PRAGMA cache_size=-";
  append_number(sql, options.cache_kib);
  sql += ';';
  sql += synchronous_pragma(options.synchronous);
  return sql + "PRAGMA journal_mode=WAL; PRAGMA journal_size_limit=67108864;";
}

}  // namespace

// ---- Cursor

Cursor::Cursor(Cursor&& other) noexcept
    : connection_(other.connection_),
      statement_(std::exchange(other.statement_, nullptr)),
      entry_(other.entry_),
      limits_(other.limits_),
      is_done_(other.is_done_),
      failed_(other.failed_),
      error_(std::move(other.error_)) {}

Cursor& Cursor::operator=(Cursor&& other) noexcept {
  if (this == &other) return *this;
  release();
  connection_ = other.connection_;
  statement_ = std::exchange(other.statement_, nullptr);
  entry_ = other.entry_;
  limits_ = other.limits_;
  is_done_ = other.is_done_;
  failed_ = other.failed_;
  error_ = std::move(other.error_);
  return *this;
}

Cursor::~Cursor() { release(); }

void Cursor::release() {
  if (statement_ == nullptr) return;
  connection_->release(statement_, entry_);
  statement_ = nullptr;
}

bool Cursor::next() {
  if (failed_ || is_done_) return false;
  connection_->running_ = limits_;
  const int code = sqlite3_step(statement_);
  connection_->running_ = {};
  if (code == SQLITE_ROW) return true;
  is_done_ = true;
  if (code == SQLITE_DONE) {
    // The statement gives its locks and its snapshot back at once.
    sqlite3_reset(statement_);
    return false;
  }
  failed_ = true;
  error_ = error_of(connection_->handle_, code);
  return false;
}

int Cursor::column_count() const { return sqlite3_column_count(statement_); }

Storage Cursor::storage(int column) const {
  switch (sqlite3_column_type(statement_, column)) {
    case SQLITE_INTEGER:
      return Storage::integer;
    case SQLITE_FLOAT:
      return Storage::real;
    case SQLITE_TEXT:
      return Storage::text;
    case SQLITE_BLOB:
      return Storage::blob;
    default:
      return Storage::null;
  }
}

std::int64_t Cursor::integer(int column) const { return sqlite3_column_int64(statement_, column); }

double Cursor::real(int column) const { return sqlite3_column_double(statement_, column); }

std::string_view Cursor::text(int column) const {
  const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement_, column));
  if (text == nullptr) return {};
  return {text, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
}

std::string_view Cursor::blob(int column) const {
  const auto* bytes = static_cast<const char*>(sqlite3_column_blob(statement_, column));
  if (bytes == nullptr) return {};
  return {bytes, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
}

// ---- Connection

std::expected<std::unique_ptr<Connection>, Error> Connection::open(
    const ConnectionOptions& options) {
  configure_once();
  std::unique_ptr<Connection> connection(new Connection(options.statements));
  const int flags =
      SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE |
      (options.is_readonly ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
  int code = sqlite3_open_v2(options.path.c_str(), &connection->handle_, flags, nullptr);
  if (code != SQLITE_OK) return std::unexpected(error_of(connection->handle_, code));
  sqlite3* const handle = connection->handle_;
  sqlite3_busy_timeout(handle, static_cast<int>(options.busy_timeout.count()));
  code = register_functions(handle);
  if (code == SQLITE_OK) code = register_object_functions(handle);
  if (code != SQLITE_OK) return std::unexpected(error_of(handle, code));
  if (auto done = connection->run_script(pragmas(options)); !done) {
    return std::unexpected(std::move(done.error()));
  }
  sqlite3_progress_handler(handle, kProgressSteps, &Connection::on_progress, connection.get());
  return connection;
}

Connection::~Connection() {
  SQLXC_CHECK(active_ == 0);
  for (Prepared& prepared : recent_) sqlite3_finalize(prepared.statement);
  sqlite3_finalize(begin_);
  sqlite3_finalize(commit_);
  sqlite3_close(handle_);
}

int Connection::on_progress(void* self) {
  const Limits& limits = static_cast<const Connection*>(self)->running_;
  if (limits.cancellation != nullptr && limits.cancellation->is_cancelled()) return 1;
  return limits.deadline != kNoDeadline && Clock::now() >= limits.deadline ? 1 : 0;
}

std::expected<sqlite3_stmt*, Error> Connection::prepare(std::string_view sql, bool is_kept) {
  sqlite3_stmt* statement = nullptr;
  SQLXC_CHECK(sql.size() <= static_cast<std::size_t>(std::numeric_limits<int>::max()));
  const int code =
      sqlite3_prepare_v3(handle_, sql.data(), static_cast<int>(sql.size()),
                         is_kept ? SQLITE_PREPARE_PERSISTENT : 0U, &statement, nullptr);
  if (code != SQLITE_OK) return std::unexpected(error_of(handle_, code));
  if (statement == nullptr) {
    return std::unexpected(Error{.code = SQLITE_MISUSE, .message = "an empty statement"});
  }
  return statement;
}

void Connection::forget_oldest() {
  for (auto entry = recent_.rbegin(); entry != recent_.rend(); ++entry) {
    if (entry->is_active) continue;
    by_sql_.erase(entry->sql);
    sqlite3_finalize(entry->statement);
    recent_.erase(std::next(entry).base());
    return;
  }
}

std::expected<Connection::Recent::iterator, Error> Connection::find_or_prepare(
    std::string_view sql) {
  if (const auto found = by_sql_.find(sql); found != by_sql_.end()) {
    recent_.splice(recent_.begin(), recent_, found->second);
    return found->second;
  }
  auto statement = prepare(sql, true);
  if (!statement) return std::unexpected(std::move(statement.error()));
  if (recent_.size() >= capacity_) forget_oldest();
  recent_.push_front({.sql = std::string(sql), .statement = *statement});
  by_sql_.emplace(recent_.front().sql, recent_.begin());
  return recent_.begin();
}

std::expected<Cursor, Error> Connection::query(std::string_view sql, std::span<const Value> binds) {
  auto entry = find_or_prepare(sql);
  if (!entry) return std::unexpected(std::move(entry.error()));
  Prepared* prepared = &**entry;
  sqlite3_stmt* statement = prepared->statement;
  if (prepared->is_active) {
    // A second cursor over the same text, while the first is open, has a statement of its own.
    auto own = prepare(sql, false);
    if (!own) return std::unexpected(std::move(own.error()));
    statement = *own;
    prepared = nullptr;
  } else {
    prepared->is_active = true;
  }
  ++active_;
  Cursor cursor(this, statement, prepared, limits_);
  for (std::size_t i = 0; i < binds.size(); ++i) {
    const int code = bind(statement, static_cast<int>(i) + 1, binds[i]);
    if (code != SQLITE_OK) return std::unexpected(error_of(handle_, code));
  }
  return cursor;
}

void Connection::release(sqlite3_stmt* statement, Prepared* entry) {
  --active_;
  if (entry == nullptr) {
    sqlite3_finalize(statement);
    return;
  }
  sqlite3_reset(statement);
  sqlite3_clear_bindings(statement);
  entry->is_active = false;
}

std::expected<void, Error> Connection::execute(std::string_view sql, std::span<const Value> binds) {
  auto cursor = query(sql, binds);
  if (!cursor) return std::unexpected(std::move(cursor.error()));
  while (cursor->next()) {
  }
  if (cursor->has_failed()) return std::unexpected(cursor->error());
  return {};
}

std::expected<void, Error> Connection::begin_read() {
  for (const auto& [statement, sql] :
       {std::pair(&begin_, "BEGIN"), std::pair(&commit_, "COMMIT")}) {
    if (*statement != nullptr) continue;
    const auto prepared = prepare(sql, true);
    if (!prepared) return std::unexpected(prepared.error());
    *statement = *prepared;
  }
  const int code = sqlite3_step(begin_);
  sqlite3_reset(begin_);
  if (code != SQLITE_DONE) return std::unexpected(error_of(handle_, code));
  return {};
}

// A transaction that only read has nothing that could fail.
void Connection::end_read() {
  sqlite3_step(commit_);
  sqlite3_reset(commit_);
}

std::expected<void, Error> Connection::run_script(const std::string& sql) {
  const int code = sqlite3_exec(handle_, sql.c_str(), nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) return std::unexpected(error_of(handle_, code));
  return {};
}

std::expected<void, Error> Connection::set_synchronous(Synchronous synchronous) {
  return run_script(std::string(synchronous_pragma(synchronous)));
}

std::expected<void, Error> Connection::sync_file() {
  // Through SQLite's own descriptor: closing another one of the file would drop its locks (POSIX
  // advisory locks).
  sqlite3_file* file = nullptr;
  int code = sqlite3_file_control(handle_, "main", SQLITE_FCNTL_FILE_POINTER, &file);
  if (code == SQLITE_OK) code = file->pMethods->xSync(file, SQLITE_SYNC_NORMAL);
  if (code != SQLITE_OK) return std::unexpected(error_of(nullptr, code));
  return {};
}

std::int64_t Connection::changes() const { return sqlite3_changes64(handle_); }

bool Connection::is_in_transaction() const { return sqlite3_get_autocommit(handle_) == 0; }

bool Connection::has_deferred_violations() const {
  int current = 0;
  int highest = 0;
  sqlite3_db_status(handle_, SQLITE_DBSTATUS_DEFERRED_FKS, &current, &highest, 0);
  return current != 0;
}

}  // namespace sqlxc::db
