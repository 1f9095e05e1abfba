#include <sqlxc/db/store.h>

#include <sqlite3.h>

#include <sqlxc/core/check.h>
#include <sqlxc/db/foreign_keys.h>
#include <sqlxc/net/hold.h>

#include <filesystem>
#include <system_error>
#include <utility>

namespace sqlxc::db {
namespace {

using value::Value;

constexpr std::int32_t kApplicationId = 0x53514c58;  // "SQLX"
constexpr std::size_t kReadQueueLimit = 4096;

std::expected<std::string, Error> query_text(Connection& connection, std::string_view sql) {
  auto cursor = connection.query(sql);
  if (!cursor) return std::unexpected(std::move(cursor.error()));
  std::string text;
  if (cursor->next()) text = cursor->text(0);
  if (cursor->has_failed()) return std::unexpected(cursor->error());
  return text;
}

// After these nothing that follows in the batch would fare better.
bool is_of_the_world(Failure failure) {
  return failure == Failure::full || failure == Failure::io || failure == Failure::corrupt ||
         failure == Failure::readonly;
}

std::unexpected<Error> closed() {
  return std::unexpected(Error{.failure = Failure::closed, .message = "the store is closing"});
}

}  // namespace

// ---- Session

std::expected<Cursor, Error> Session::query(std::string_view sql, std::span<const Value> binds) {
  // An error may have rolled back the whole transaction; what follows must not commit on its own.
  if (!connection_.is_in_transaction()) {
    return std::unexpected(
        Error{.failure = Failure::interrupted, .message = "the transaction was rolled back"});
  }
  return connection_.query(sql, binds);
}

std::expected<std::int64_t, Error> Session::execute(std::string_view sql,
                                                    std::span<const Value> binds) {
  auto cursor = query(sql, binds);
  if (!cursor) return std::unexpected(std::move(cursor.error()));
  while (cursor->next()) {
  }
  if (cursor->has_failed()) return std::unexpected(cursor->error());
  return connection_.changes();
}

std::unexpected<Error> Session::refuse(std::string reason) {
  return std::unexpected(Error{.failure = Failure::cancelled, .message = std::move(reason)});
}

// ---- opening and closing

std::expected<std::unique_ptr<Store>, Error> Store::open(StoreOptions options) {
  std::unique_ptr<Store> store(new Store(std::move(options)));
  // A new file is made without waiting for the disk, so that reads are served at once; the writer
  // makes it durable before it acknowledges anything.
  std::error_code ignored;
  const auto size = std::filesystem::file_size(store->options_.path, ignored);
  ConnectionOptions writing = store->connection_options(false);
  if (ignored || size == 0) writing.synchronous = Synchronous::off;
  auto writer = Connection::open(writing);
  if (!writer) return std::unexpected(std::move(writer.error()));
  store->writer_ = std::move(*writer);
  store->recorder_ = std::make_unique<Recorder>(*store->writer_);
  const auto mode = query_text(*store->writer_, "PRAGMA journal_mode");
  if (!mode) return std::unexpected(mode.error());
  if (*mode != "wal") {
    return std::unexpected(Error{.message = "the file cannot be put into WAL mode"});
  }
  if (auto done = store->prepare_schema(); !done) {
    return std::unexpected(std::move(done.error()));
  }
  std::vector<std::unique_ptr<Reader>> readers;
  for (unsigned i = 0; i < store->options_.pool_threads; ++i) {
    auto reader = store->make_reader();
    if (!reader) return std::unexpected(std::move(reader.error()));
    readers.push_back(std::move(*reader));
  }
  Store* const self = store.get();
  store->write_thread_ = std::thread([self] { self->write_until_closed(); });
  for (auto& reader : readers) {
    store->read_threads_.emplace_back(
        [self, own = std::move(reader)] { self->read_until_closed(*own); });
  }
  return store;
}

Store::~Store() {
  {
    const std::lock_guard lock(mutex_);
    is_closing_ = true;
  }
  has_write_.notify_all();
  has_read_.notify_all();
  watch_.reset();
  for (std::thread& thread : read_threads_) thread.join();
  if (write_thread_.joinable()) write_thread_.join();
}

ConnectionOptions Store::connection_options(bool is_readonly) const {
  return {.path = options_.path,
          .is_readonly = is_readonly,
          .synchronous = options_.synchronous,
          .busy_timeout = options_.busy_timeout,
          .mmap_bytes = options_.mmap_bytes};
}

std::expected<std::unique_ptr<Reader>, Error> Store::make_reader() const {
  return open_reader(connection_options(true));
}

std::expected<std::unique_ptr<Reader>, Error> Store::make_stream_reader() const {
  ConnectionOptions options = connection_options(true);
  options.mmap_bytes = 0;
  return open_reader(options);
}

std::expected<std::unique_ptr<Reader>, Error> Store::open_reader(
    const ConnectionOptions& options) const {
  auto connection = Connection::open(options);
  if (!connection) return std::unexpected(std::move(connection.error()));
  return std::make_unique<Reader>(std::move(*connection), &commits_);
}

std::expected<void, Error> Store::ping() const {
  auto reader = make_reader();
  if (!reader) return std::unexpected(std::move(reader.error()));
  auto cursor = (*reader)->query("SELECT count(*) FROM sqlite_schema");
  if (!cursor) return std::unexpected(std::move(cursor.error()));
  cursor->next();
  if (cursor->has_failed()) return std::unexpected(cursor->error());
  return {};
}

// ---- the schema

std::expected<void, Error> Store::prepare_schema() {
  if (auto begun = writer_->execute("BEGIN IMMEDIATE"); !begun) return begun;
  auto done = create_schema();
  if (done) done = writer_->execute("COMMIT");
  if (!done && writer_->is_in_transaction()) (void)writer_->execute("ROLLBACK");
  return done;
}

std::expected<void, Error> Store::create_schema() {
  const auto tables = query_text(*writer_, "SELECT count(*) FROM sqlite_schema");
  if (!tables) return std::unexpected(tables.error());
  if (*tables != "0") {
    const auto has_meta = query_text(
        *writer_,
        "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = '_sqlxc_meta'");
    if (!has_meta) return std::unexpected(has_meta.error());
    schema_state_ = SchemaState::foreign;
    if (*has_meta == "0") return {};
    auto found = query_text(*writer_, "SELECT value FROM _sqlxc_meta WHERE key = 'fingerprint'");
    if (!found) return std::unexpected(std::move(found.error()));
    stored_fingerprint_ = std::move(*found);
    schema_state_ =
        stored_fingerprint_ == options_.fingerprint ? SchemaState::same : SchemaState::drifted;
    return {};
  }
  const std::string script =
      std::string(options_.schema_sql) +
      "\n;CREATE TABLE _sqlxc_meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;"
      "PRAGMA application_id = " +
      std::to_string(kApplicationId);
  if (auto done = writer_->run_script(script); !done) return done;
  schema_state_ = SchemaState::created;
  stored_fingerprint_ = options_.fingerprint;
  const Value fingerprint[] = {Value::of_text(stored_fingerprint_)};
  return writer_->execute("INSERT INTO _sqlxc_meta VALUES ('fingerprint', ?1)", fingerprint);
}

// ---- writing

void Store::write(Write unit) {
  std::unique_lock lock(mutex_);
  if (is_closing_) {
    lock.unlock();
    unit.done(closed());
    return;
  }
  if (writes_.size() >= options_.queue_limit) {
    lock.unlock();
    unit.done(
        std::unexpected(Error{.failure = Failure::busy, .message = "too many writes are waiting"}));
    return;
  }
  writes_.push_back(std::move(unit));
  const bool was_idle = writes_.size() == 1;
  lock.unlock();
  if (was_idle) has_write_.notify_one();
}

std::expected<void, Error> Store::make_durable() {
  if (is_durable_) return {};
  if (auto done = writer_->sync_file(); !done) return done;
  if (auto done = writer_->set_synchronous(options_.synchronous); !done) return done;
  is_durable_ = true;
  return {};
}

void Store::write_until_closed() {
  (void)make_durable();  // tried again before the first write
  while (true) {
    Batch batch;
    bool is_foreign_due = false;
    {
      std::unique_lock lock(mutex_);
      has_write_.wait(lock, [this] {
        return is_closing_ || !writes_.empty() || new_listener_ || is_foreign_due_;
      });
      if (is_closing_ && writes_.empty()) return;
      is_foreign_due = std::exchange(is_foreign_due_, false);
      if (new_listener_) listener_ = std::exchange(new_listener_, nullptr);
    }
    if (listener_) {
      if (!recorder_->is_started()) begin_listening();
      if (is_foreign_due) await_foreign_commit();
      if (recorder_->has_foreign_commit()) tell({.is_everything = true});
    }
    if (take_writes(batch) == 0) continue;
    work_on(batch);
    finish(batch);
  }
}

// ---- telling what has changed

void Store::listen(ChangeListener listener, TrackedColumns columns) {
  {
    const std::lock_guard lock(mutex_);
    columns_ = std::move(columns);
    new_listener_ = std::move(listener);
  }
  has_write_.notify_one();
  watch_ = std::make_unique<FileWatch>(options_.path + "-wal", [this] {
    {
      const std::lock_guard lock(mutex_);
      is_foreign_due_ = true;
    }
    has_write_.notify_one();
  });
}

// If the tables cannot be read now, the next turn tries again; the commits between count as changes
// of everything.
void Store::begin_listening() {
  (void)recorder_->start(columns_);
  tell({.is_everything = true});
}

// Who writes to the WAL holds the lock of writers until its commit can be read: with that lock,
// what it did is seen. If it keeps the lock for longer than one waits, its next write brings us
// back.
void Store::await_foreign_commit() {
  if (writer_->execute("BEGIN IMMEDIATE")) (void)writer_->execute("ROLLBACK");
}

void Store::tell(Changes changes) {
  if (listener_ && !changes.is_empty()) listener_(std::move(changes));
}

std::size_t Store::take_writes(Batch& batch) {
  const std::lock_guard lock(mutex_);
  std::size_t count = 0;
  while (!writes_.empty() && batch.size() < options_.batch_writes) {
    batch.push_back({.write = std::move(writes_.front()), .result = {}});
    writes_.pop_front();
    ++count;
  }
  return count;
}

void Store::work_on(Batch& batch) {
  // What one unit's interrupt rolls back is run again for its neighbours.
  while (!run_all(batch)) {
  }
}

// Runs the units in one transaction and commits it; false if the transaction was lost on the way
// and the undecided units have to be run once more.
bool Store::run_all(Batch& batch) {
  const auto fail_rest = [&batch](const Error& error) {
    for (Pending& pending : batch) {
      if (pending.is_decided) continue;
      pending.result = std::unexpected(error);
      pending.is_decided = true;
    }
  };
  recorder_->rewind(0);
  auto begun = make_durable();
  if (begun) begun = writer_->execute("BEGIN IMMEDIATE");
  if (!begun) {
    fail_rest(begun.error());
    return true;
  }
  const Deadline until = Clock::now() + options_.batch_time;
  std::size_t first = 0;
  do {
    if (!run_from(batch, first)) return false;
    first = batch.size();
    // Whoever came meanwhile rides along.
  } while (batch.size() < options_.batch_writes && Clock::now() < until && take_writes(batch) > 0);

  auto committed = writer_->execute("COMMIT");
  if (!committed) {
    if (writer_->is_in_transaction()) (void)writer_->execute("ROLLBACK");
    fail_rest(committed.error());
  }
  return true;
}

bool Store::run_from(Batch& batch, std::size_t first) {
  for (std::size_t i = first; i < batch.size(); ++i) {
    if (batch[i].is_decided) continue;
    run_one(batch[i]);
    if (writer_->is_in_transaction()) continue;
    // SQLite gave up the whole transaction. If the disk is to blame, that is the answer for all.
    const bool ends_all = !batch[i].result && is_of_the_world(batch[i].result.error().failure);
    if (!ends_all) return false;
    const Error error = batch[i].result.error();
    for (Pending& pending : batch) {
      if (pending.is_decided) continue;
      pending.result = std::unexpected(error);
      pending.is_decided = true;
    }
    return false;
  }
  return true;
}

void Store::run_one(Pending& pending) {
  Write& write = pending.write;
  const std::size_t mark = recorder_->mark();
  const bool has_left = write.cancellation != nullptr && write.cancellation->is_cancelled();
  if (has_left || Clock::now() >= write.deadline) {
    pending.result = std::unexpected(Error{
        .failure = Failure::interrupted,
        .message = has_left ? "the client left before the write began" : "the deadline passed"});
    pending.is_decided = true;
    return;
  }
  pending.result = run_in_savepoint(write);
  if (pending.result) return;
  pending.is_decided = true;
  if (!writer_->is_in_transaction()) return;
  (void)writer_->execute("ROLLBACK TO unit");
  if (pending.result.error().failure == Failure::foreign_key) {
    name_foreign_key(*writer_, write.run, pending.result.error());
    if (writer_->is_in_transaction()) (void)writer_->execute("ROLLBACK TO unit");
  }
  recorder_->rewind(mark);
  if (writer_->is_in_transaction()) (void)writer_->execute("RELEASE unit");
}

std::expected<void, Error> Store::run_in_savepoint(Write& write) {
  if (auto opened = writer_->execute("SAVEPOINT unit"); !opened) return opened;
  writer_->limit({.deadline = write.deadline, .cancellation = write.cancellation.get()});
  Session session(*writer_);
  auto result = run_caught(write.run, session);
  writer_->limit({});
  SQLXC_CHECK(writer_->active_cursors() == 0);
  if (!result) return result;
  if (!writer_->is_in_transaction()) {
    return std::unexpected(
        Error{.failure = Failure::interrupted, .message = "the transaction was rolled back"});
  }
  if (writer_->has_deferred_violations()) {
    return std::unexpected(Error{.failure = Failure::foreign_key,
                                 .code = SQLITE_CONSTRAINT_FOREIGNKEY,
                                 .message = "FOREIGN KEY constraint failed"});
  }
  return writer_->execute("RELEASE unit");
}

void Store::finish(Batch& batch) {
  // Who listens has much to do, and the writers' answers are to go before it.
  const net::Hold hold;
  std::size_t failed = 0;
  for (const Pending& pending : batch) failed += pending.result ? 0 : 1;
  units_.fetch_add(batch.size(), std::memory_order_relaxed);
  failed_units_.fetch_add(failed, std::memory_order_relaxed);
  // Every reader that starts after an acknowledgement sees the new number, and so takes a new
  // snapshot.
  if (failed < batch.size()) {
    commits_.fetch_add(1, std::memory_order_release);
    if (listener_) {
      tell(recorder_->is_started() ? recorder_->take() : Changes{.is_everything = true});
    }
  }
  for (Pending& pending : batch) pending.write.done(std::move(pending.result));
}

// ---- long reads

bool Store::read_in_pool(Read read) {
  {
    const std::lock_guard lock(mutex_);
    if (is_closing_ || read_threads_.empty() || reads_.size() >= kReadQueueLimit) return false;
    reads_.push_back(std::move(read));
  }
  has_read_.notify_one();
  return true;
}

void Store::read_until_closed(Reader& reader) {
  while (true) {
    Read read;
    {
      std::unique_lock lock(mutex_);
      has_read_.wait(lock, [this] { return is_closing_ || !reads_.empty(); });
      if (reads_.empty()) return;
      read = std::move(reads_.front());
      reads_.pop_front();
    }
    read.run(reader);
    reader.end_turn();
  }
}

Deadline Store::statement_deadline() const {
  const auto timeout = options_.statement_timeout;
  return timeout.count() == 0 ? kNoDeadline : Clock::now() + timeout;
}

Store::Counters Store::counters() const {
  const std::lock_guard lock(mutex_);
  return {.commits = commits_.load(std::memory_order_relaxed),
          .units = units_.load(std::memory_order_relaxed),
          .failed_units = failed_units_.load(std::memory_order_relaxed),
          .queued = writes_.size()};
}

}  // namespace sqlxc::db
