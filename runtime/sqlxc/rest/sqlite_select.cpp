#include <algorithm>
#include <chrono>
#include <memory>
#include <utility>

#include <sqlxc/rest/sqlite_backend.h>

// Several selects over the embedded file: in the loop where all are known to be short, else in one
// job of the pool. Either way they see one snapshot.
namespace sqlxc::rest {
namespace {

constexpr std::chrono::milliseconds kLoopPatience{5};

using Tasks = std::vector<SelectTask>;

std::expected<void, db::Error> run(SelectTask& task, db::Reader& reader, const db::Limits& limits) {
  if (task.is_function) {
    return std::unexpected(db::Error{.failure = db::Failure::other,
                                     .message = "SQLite has no functions of its own",
                                     .sqlstate = "42883"});
  }
  task.taker->start(task.select->columns);
  auto cursor = reader.query(task.select->statement.sql, task.binds, limits);
  if (!cursor) return std::unexpected(std::move(cursor.error()));
  const SqliteRow row{*cursor};
  while (cursor->next()) task.taker->take(row);
  if (cursor->has_failed()) return std::unexpected(cursor->error());
  return {};
}

// False if one was not done in time.
bool run_in_loop(Tasks& tasks, db::Reader& reader) {
  const db::Limits limits = {.deadline = db::Clock::now() + kLoopPatience};
  for (SelectTask& task : tasks) {
    task.result = run(task, reader, limits);
    if (!task.result && task.result.error().failure == db::Failure::interrupted) return false;
  }
  return true;
}

}  // namespace

Abandon SqliteBackend::select(Tasks made, SelectsDone done) {
  // Shared by the pool's thread, which runs them, and the loop, which answers.
  struct Job {
    Tasks tasks;
    SelectsDone done;
    db::Cancellation cancellation;
    bool is_abandoned = false;  // looked at in the loop alone
  };
  const bool is_short = std::ranges::all_of(
      made, [](const SelectTask& task) { return task.cost != query::Cost::unbounded; });
  if (is_short && run_in_loop(made, *reader_)) {
    done(std::move(made));
    return [] {};
  }
  auto job = std::make_shared<Job>();
  job->tasks = std::move(made);
  job->done = std::move(done);
  auto work = [job, remote = loop_.remote(),
               deadline = store_.statement_deadline()](db::Reader& reader) {
    const db::Limits limits = {.deadline = deadline, .cancellation = &job->cancellation};
    for (SelectTask& task : job->tasks) task.result = run(task, reader, limits);
    remote.post([job] {
      if (!job->is_abandoned) job->done(std::move(job->tasks));
    });
  };
  if (!store_.read_in_pool({.run = std::move(work)})) {
    for (SelectTask& task : job->tasks) {
      task.result = std::unexpected(
          db::Error{.failure = db::Failure::busy, .message = "too many long reads are waiting"});
    }
    job->done(std::move(job->tasks));
    return [] {};
  }
  return [job] {
    job->is_abandoned = true;
    job->cancellation.cancel();
  };
}

}  // namespace sqlxc::rest
