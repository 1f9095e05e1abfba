#include <sqlxc/rest/sqlite_backend.h>

#include <algorithm>
#include <chrono>
#include <utility>

#include <sqlxc/rest/page.h>
#include <sqlxc/rest/problems.h>
#include <sqlxc/rest/sqlite_once.h>
#include <sqlxc/rest/sqlite_row.h>
#include <sqlxc/rest/sqlite_stream.h>

namespace sqlxc::rest {
namespace {

using http::Exchange;

// A read that is likely short is stopped in the loop after this and goes to the pool.
constexpr std::chrono::milliseconds kLoopPatience{5};
// What a response's buffers may keep from one read to the next.
constexpr std::size_t kKeptCapacity = 256 * 1024;

using Done = std::expected<void, db::Error>;

// One run of a plan.
struct Run {
  const query::Model& model;
  const ReadPlan& plan;
  db::Reader& reader;
  const Media& media;
  std::span<const value::Value> binds;  // of the select
  std::span<const value::Value> key;    // of the path
  std::string_view path;                // for links
  db::Limits limits;
};

std::expected<std::int64_t, db::Error> read_number(const Run& run, std::string_view sql,
                                                   std::span<const value::Value> binds) {
  auto cursor = run.reader.query(sql, binds, run.limits);
  if (!cursor) return std::unexpected(std::move(cursor.error()));
  std::int64_t number = 0;
  if (cursor->next()) number = cursor->integer(0);
  if (cursor->has_failed()) return std::unexpected(cursor->error());
  return number;
}

Done run_read(const Run& run, Answer& answer) {
  const ReadPlan& plan = run.plan;
  auto cursor = run.reader.query(plan.select.statement.sql, run.binds, run.limits);
  if (!cursor) return std::unexpected(std::move(cursor.error()));
  answer.content_type = run.media.content_type;
  Renderer renderer(plan.select.columns, run.media, plan.shape);
  const SqliteRow row{*cursor};
  std::string link;
  while (cursor->next()) {
    renderer.take(answer.body, row);
    if (!plan.cursor.empty() && renderer.rows() == *plan.limit) {
      link = next_link(run.model.entities[plan.target], plan, run.path, row);
    }
    if (plan.is_one()) break;
  }
  if (cursor->has_failed()) return std::unexpected(cursor->error());
  renderer.end(answer.body);
  if (renderer.rows() == 0 && !plan.parent.empty()) {
    auto found = read_number(run, plan.parent, run.key);
    if (!found) return std::unexpected(std::move(found.error()));
    if (*found == 0) {
      set_problem(answer, no_such_row(run.model.entities[plan.route.entity]));
      return {};
    }
  }
  std::optional<std::int64_t> total;
  if (plan.count) {
    auto counted =
        read_number(run, plan.count->sql, binds_of(*plan.count, plan.count_key, run.key));
    if (!counted) return std::unexpected(std::move(counted.error()));
    total = *counted;
  }
  finish_rows(run.model, plan, run.media, renderer.rows(), total, answer);
  if (!link.empty() && answer.status < 300) answer.header("Link", link);
  return {};
}

// Where a request that is waited for can be told that nobody waits any more.
std::shared_ptr<db::Cancellation> cancel_if_abandoned(Exchange& exchange) {
  // Shared: the statement's thread may hold it when the exchange is gone.
  auto cancellation = std::make_shared<db::Cancellation>();
  exchange.on_abandoned([cancellation] { cancellation->cancel(); });
  return cancellation;
}

http::Problem too_many_reads() {
  return make_problem(503, "53300", "too many long reads are waiting", "try again");
}

}  // namespace

SqliteBackend::SqliteBackend(const query::Model& model, db::Store& store, net::Loop& loop,
                             std::unique_ptr<db::Reader> reader)
    : model_(model), store_(store), loop_(loop), reader_(std::move(reader)) {
  loop_.at_end_of_turn([this] { reader_->end_turn(); });
}

Result<std::unique_ptr<Backend>> SqliteBackend::create(const query::Model& model, db::Store& store,
                                                       net::Loop& loop) {
  auto reader = store.make_reader();
  if (!reader) return fail("cannot open the database: " + reader.error().message);
  return std::unique_ptr<Backend>(new SqliteBackend(model, store, loop, std::move(*reader)));
}

void SqliteBackend::read(Exchange& exchange, ReadTask task) {
  if (task.is_function) {
    return finish_with(exchange, make_problem(404, "PGRST202", "SQLite has no functions of its own",
                                              "they are there on PostgreSQL"));
  }
  ReadPlan& plan = *task.plan;
  if (plan.is_streamed && task.media.format != Media::Format::object) {
    return read_in_pieces(exchange, std::move(task));
  }
  if (plan.cost == query::Cost::unbounded) return read_in_pool(exchange, std::move(task));
  std::vector<value::Value>& binds = plan.select.statement.binds;
  std::ranges::copy(task.key, binds.begin() + static_cast<std::ptrdiff_t>(plan.select.key_bind));
  db::Limits limits;
  if (plan.cost == query::Cost::likely) limits.deadline = db::Clock::now() + kLoopPatience;
  answer_.status = 200;
  answer_.body.clear();
  answer_.headers.clear();
  answer_.etag.clear();
  const Run run{.model = model_,
                .plan = plan,
                .reader = *reader_,
                .media = task.media,
                .binds = binds,
                .key = task.key,
                .path = exchange.request().path,
                .limits = limits};
  const auto done = run_read(run, answer_);
  if (done) {
    finish_with(exchange, answer_);
    if (answer_.body.capacity() > kKeptCapacity) answer_.body = {};
    return;
  }
  const bool is_late = done.error().failure == db::Failure::interrupted;
  if (!is_late) return finish_with(exchange, of_failure(done.error()));
  read_in_pool(exchange, std::move(task));
}

void SqliteBackend::read_in_pool(Exchange& exchange, ReadTask task) {
  auto cancellation = cancel_if_abandoned(exchange);
  exchange.defer();
  // The plan stays this loop's: the thread works with a copy of its binds.
  const query::Select& select = task.plan->select;
  auto binds = binds_of(select.statement, select.key_bind, task.key);
  auto work = [&model = model_, &store = store_, remote = loop_.remote(), at = &exchange,
               task = std::move(task), binds = std::move(binds), cancellation,
               path = std::string(exchange.request().path)](db::Reader& reader) {
    // Shared only because std::function's kin must carry it to the loop.
    auto answer = std::make_shared<Answer>();
    const Run run{
        .model = model,
        .plan = *task.plan,
        .reader = reader,
        .media = task.media,
        .binds = binds,
        .key = task.key,
        .path = path,
        .limits = {.deadline = store.statement_deadline(), .cancellation = cancellation.get()}};
    const auto done = run_read(run, *answer);
    if (!done) {
      *answer = {};
      set_problem(*answer, of_failure(done.error()));
    }
    remote.post([at, answer] { finish_with(*at, *answer); });
  };
  if (!store_.read_in_pool({.run = std::move(work)})) finish_with(exchange, too_many_reads());
}

void SqliteBackend::read_in_pieces(Exchange& exchange, ReadTask task) {
  auto reader = store_.make_stream_reader();
  if (!reader) return finish_with(exchange, of_failure(reader.error()));
  exchange.defer();
  const query::Select& select = task.plan->select;
  auto binds = binds_of(select.statement, select.key_bind, task.key);
  const auto stream = SqliteStream::create({.model = model_,
                                            .store = store_,
                                            .plan = task.plan,
                                            .media = task.media,
                                            .binds = std::move(binds),
                                            .key = std::move(task.key),
                                            .path = std::string(exchange.request().path),
                                            .reader = std::move(*reader)},
                                           exchange);
  if (!stream->start()) finish_with(exchange, too_many_reads());
}

void SqliteBackend::answer_ready(Exchange& exchange) {
  if (const auto answered = store_.ping(); !answered) return finish_with(exchange, not_ready());
  exchange.response().body += R"({"status":"ready"})";
  exchange.finish();
}

void SqliteBackend::write(std::vector<WriteJob> made, std::shared_ptr<Once> once, WritesDone done) {
  // Shared by the writer's thread, which runs them, and the loop, which answers.
  struct Job {
    std::vector<WriteJob> jobs;
    std::shared_ptr<Once> once;
    WritesDone done;
  };
  auto job = std::make_shared<Job>(std::move(made), std::move(once), std::move(done));
  // A write is not given up when its client leaves: nobody could say whether it happened.
  db::Write unit;
  unit.deadline = store_.statement_deadline();
  unit.run = [&model = model_, job](db::Session& session) {
    return job->once ? run_once(model, job->jobs, *job->once, session)
                     : run_writes(model, job->jobs, session);
  };
  unit.done = [remote = loop_.remote(), job](std::expected<void, db::Error> result) {
    remote.post([job, result = std::move(result)] { job->done(std::move(job->jobs), result); });
  };
  store_.write(std::move(unit));
}

}  // namespace sqlxc::rest
