#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <expected>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include <sqlxc/db/changes.h>
#include <sqlxc/db/connection.h>
#include <sqlxc/db/file_watch.h>
#include <sqlxc/db/reader.h>
#include <sqlxc/db/recorder.h>

// An SQLite file and all who work on it: a writer thread that commits many writes at once, readers
// for the loops, a few threads for reads that may take long. It knows no table; callers bring SQL.
namespace sqlxc::db {

struct StoreOptions {
  std::string path = {};
  Synchronous synchronous = Synchronous::full;
  std::chrono::milliseconds busy_timeout{5000};
  std::chrono::milliseconds statement_timeout{30'000};  // 0: as long as it takes
  std::int64_t mmap_bytes = std::int64_t{1} << 30;
  unsigned pool_threads = 2;
  std::size_t batch_writes = 256;              // at most this many units a commit
  std::chrono::microseconds batch_time{5000};  // and at most this long from the first
  std::size_t queue_limit = 16384;             // waiting units; beyond it a write fails as busy
  std::string_view schema_sql = {};            // run in a new file
  std::string_view fingerprint = {};           // of the schema, kept in the file
};

/// What a write unit does its work with, inside its savepoint on the writer's connection.
class Session {
 public:
  explicit Session(Connection& connection) : connection_(connection) {}

  std::expected<Cursor, Error> query(std::string_view sql,
                                     std::span<const value::Value> binds = {});
  /// Runs a statement to its end; the rows it changed.
  std::expected<std::int64_t, Error> execute(std::string_view sql,
                                             std::span<const value::Value> binds = {});
  /// Undoes the unit without a failure of the database: `return Session::refuse("it has
  /// changed");`.
  static std::unexpected<Error> refuse(std::string reason);

 private:
  Connection& connection_;
};

/// One write: all of it happens or nothing. `run` works on the writer's thread; it may be run
/// again, so it must first clear whatever it produces. `done` is called exactly once: on the
/// writer's thread, after the commit is durable or with the reason why nothing happened; or, if the
/// store takes no more, at once on the thread that called Store::write. It should hand the result
/// to the loop that asked and return.
struct Write {
  std::move_only_function<std::expected<void, Error>(Session& session)> run;
  std::move_only_function<void(std::expected<void, Error> result)> done;
  Deadline deadline = kNoDeadline;
  std::shared_ptr<const Cancellation> cancellation = {};
};

/// A read for the pool. `run` is called on one of its threads, in a snapshot of its own.
struct Read {
  std::move_only_function<void(Reader& reader)> run;
};

/// How the schema in the file stands to the schema of the service.
enum class SchemaState : std::uint8_t {
  created,  // the file was new
  same,
  drifted,  // made by another version of the schema
  foreign,  // has tables, but not from a service
};

class Store {
 public:
  static std::expected<std::unique_ptr<Store>, Error> open(StoreOptions options);
  /// Finishes what is queued, then closes the file.
  ~Store();
  Store(const Store&) = delete;
  Store& operator=(const Store&) = delete;

  /// A reader for one loop.
  std::expected<std::unique_ptr<Reader>, Error> make_reader() const;
  /// A reader for one result of any length. It maps nothing: pages that have been read through a
  /// map count as the process's memory, and a long result reads all of them.
  std::expected<std::unique_ptr<Reader>, Error> make_stream_reader() const;

  /// Queues a write; any thread may.
  void write(Write unit);

  /// Queues a read for the pool; false, and nothing happens, if too many wait or the store is
  /// closing.
  bool read_in_pool(Read read);

  /// When a statement that is asked for now has taken too long.
  Deadline statement_deadline() const;

  /// From now on tells of every commit that changes something, in order: on the writer's thread,
  /// before the writes are acknowledged and when every new read sees it. What other processes (or a
  /// shell) commit is told as a change of everything. Once; until then nothing is noted. `columns`
  /// are what is told of changed rows; of tables that it does not name, the primary key.
  void listen(ChangeListener listener, TrackedColumns columns = {});

  SchemaState schema_state() const { return schema_state_; }
  /// The fingerprint found in the file; empty if it is foreign.
  const std::string& stored_fingerprint() const { return stored_fingerprint_; }
  /// Runs a query on the file, so that readiness is more than a claim; from any thread.
  std::expected<void, Error> ping() const;

  struct Counters {
    std::uint64_t commits = 0;
    std::uint64_t units = 0;
    std::uint64_t failed_units = 0;
    std::size_t queued = 0;
  };
  Counters counters() const;

 private:
  explicit Store(StoreOptions options) : options_(std::move(options)) {}

  // A unit of the batch in hand, and how it went.
  struct Pending {
    Write write;
    std::expected<void, Error> result;
    bool is_decided = false;  // it failed and is not to be run again
  };
  using Batch = std::vector<Pending>;

  std::expected<void, Error> prepare_schema();
  std::expected<void, Error> create_schema();
  ConnectionOptions connection_options(bool is_readonly) const;
  std::expected<std::unique_ptr<Reader>, Error> open_reader(const ConnectionOptions& options) const;
  std::expected<void, Error> make_durable();
  void write_until_closed();
  void read_until_closed(Reader& reader);
  std::size_t take_writes(Batch& batch);
  void work_on(Batch& batch);
  bool run_all(Batch& batch);
  bool run_from(Batch& batch, std::size_t first);
  void run_one(Pending& pending);
  std::expected<void, Error> run_in_savepoint(Write& write);
  void finish(Batch& batch);
  void begin_listening();
  void await_foreign_commit();
  void tell(Changes changes);

  StoreOptions options_;
  std::unique_ptr<Connection> writer_;
  std::unique_ptr<Recorder> recorder_;  // of the writer
  bool is_durable_ = false;             // the writer's: a new file has reached the disk
  SchemaState schema_state_ = SchemaState::created;
  std::string stored_fingerprint_;
  std::atomic<std::uint64_t> commits_ = 0;
  std::atomic<std::uint64_t> units_ = 0;
  std::atomic<std::uint64_t> failed_units_ = 0;

  mutable std::mutex mutex_;
  bool is_closing_ = false;
  std::deque<Write> writes_;
  ChangeListener new_listener_;  // for the writer's thread to take over
  TrackedColumns columns_;       // of the writer's thread, from the listener on
  bool is_foreign_due_ = false;  // the file was written: by whom, the writer's thread knows
  ChangeListener listener_;      // of the writer's thread
  std::unique_ptr<FileWatch> watch_;
  std::condition_variable has_write_;
  std::thread write_thread_;

  std::deque<Read> reads_;
  std::condition_variable has_read_;
  std::vector<std::thread> read_threads_;
};

}  // namespace sqlxc::db
