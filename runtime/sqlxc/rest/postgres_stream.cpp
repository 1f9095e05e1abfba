#include <sqlxc/rest/postgres_stream.h>

#include <charconv>
#include <chrono>
#include <utility>

#include <sqlxc/rest/postgres_row.h>
#include <sqlxc/rest/problems.h>

namespace sqlxc::rest {
namespace {

constexpr std::size_t kPiece = 256 * 1024;

pg::Job job_of(const query::Statement& statement, std::size_t key_bind, const ReadTask& task) {
  pg::Job job;
  job.sql = statement.sql;
  job.binds = binds_of(statement, key_bind, task.key);
  for (const auto& [name, value] : task.settings) job.settings.push_back({name, value});
  return job;
}

}  // namespace

PostgresStream::PostgresStream(const query::Model& model, pg::Client& client,
                               http::Exchange& exchange, ReadTask task)
    : model_(model),
      client_(client),
      loop_(exchange.loop()),
      exchange_(&exchange),
      task_(std::move(task)),
      path_(exchange.request().path),
      renderer_(task_.plan->select.columns, task_.media, task_.plan->shape),
      patience_(loop_, [this] { give_up(); }) {}

void PostgresStream::start(const query::Model& model, pg::Client& client, http::Exchange& exchange,
                           ReadTask task) {
  // Shared by the exchange and the statements that are on their way for it.
  const auto self =
      std::shared_ptr<PostgresStream>(new PostgresStream(model, client, exchange, std::move(task)));
  exchange.defer();
  exchange.on_abandoned([weak = std::weak_ptr(self)] {
    const auto stream = weak.lock();
    if (!stream || stream->is_open_) return;
    stream->loop_.run_soon([stream] {
      if (stream->exchange_ == nullptr) return;
      finish_with(*std::exchange(stream->exchange_, nullptr),
                  make_problem(503, "57014", "the client has left"));
      stream->let_go();
    });
  });
  if (self->task_.plan->count) {
    self->count();
  } else {
    self->read();
  }
}

void PostgresStream::count() {
  const ReadPlan& plan = *task_.plan;
  pg::Job job = job_of(*plan.count, plan.count_key, task_);
  job.deadline = client_.statement_deadline();
  job.done = [self = shared_from_this()](pg::Outcome outcome) {
    if (self->exchange_ == nullptr) return;
    if (!outcome) return self->fail(outcome.error());
    const std::string_view text = outcome->text(0, 0);
    std::int64_t total = 0;
    std::from_chars(text.data(), text.data() + text.size(), total);
    self->total_ = total;
    self->read();
  };
  client_.run(std::move(job));
}

void PostgresStream::read() {
  const query::Select& select = task_.plan->select;
  pg::StreamEvents events;
  events.on_row = [self = shared_from_this()](const pg::Result& row) { self->take(row); };
  events.on_end = [self = shared_from_this()](std::expected<void, db::Error> result) {
    self->end(std::move(result));
  };
  await_row();
  stream_ = client_.stream(job_of(select.statement, select.key_bind, task_), std::move(events));
}

void PostgresStream::take(const pg::Result& result) {
  const PostgresRow row{.result = result};
  const ReadPlan& plan = *task_.plan;
  await_row();
  renderer_.take(ready_, row);
  if (!plan.cursor.empty() && renderer_.rows() == *plan.limit) {
    link_ = next_link(model_.entities[plan.target], plan, path_, row);
  }
  if (ready_.size() < kPiece) return;
  stream_->pause();
  patience_.cancel();
  if (!is_open_) return open();
  if (std::exchange(waits_, false)) exchange_->resume();
}

void PostgresStream::open() {
  is_open_ = true;
  http::Response& response = exchange_->response();
  response.content_type = task_.media.content_type;
  Answer head;
  if (total_) {
    finish_rows(model_, *task_.plan, task_.media, *total_ - task_.plan->offset, total_, head);
  }
  response.headers += head.headers;
  // The guard goes when the exchange lets go of the producer: nobody may call it after that.
  auto guard = std::shared_ptr<void>(nullptr, [self = shared_from_this()](void*) {
    self->exchange_ = nullptr;
    self->loop_.run_soon([self] { self->let_go(); });
  });
  // Not within the driver's call: the producer may ask the stream to go on.
  loop_.run_soon([self = shared_from_this(), guard = std::move(guard)]() mutable {
    if (self->exchange_ == nullptr) return;
    self->exchange_->stream(
        [self, guard = std::move(guard)](std::string& piece) { return self->pull(piece); });
  });
}

http::Pull PostgresStream::pull(std::string& piece) {
  if (has_failed_) return http::Pull::fail;
  if (!ready_.empty()) {
    piece += ready_;
    ready_.clear();
    if (is_done_) return http::Pull::done;
    if (stream_->is_paused()) {
      await_row();
      stream_->resume();
    }
    return http::Pull::more;
  }
  if (is_done_) return http::Pull::done;
  waits_ = true;
  return http::Pull::wait;
}

void PostgresStream::end(std::expected<void, db::Error> result) {
  patience_.cancel();
  is_done_ = true;
  has_failed_ = !result;
  loop_.run_soon([self = shared_from_this()] { self->stream_.reset(); });
  if (exchange_ == nullptr) return;
  if (!is_open_) {
    if (!result) return fail(result.error());
    renderer_.end(ready_);
    return answer_at_once();
  }
  if (result) renderer_.end(ready_);
  if (std::exchange(waits_, false)) exchange_->resume();
}

void PostgresStream::answer_at_once() {
  Answer answer;
  answer.content_type = task_.media.content_type;
  answer.body = std::move(ready_);
  finish_rows(model_, *task_.plan, task_.media, renderer_.rows(), total_, answer);
  if (!link_.empty() && answer.status < 300) answer.header("Link", link_);
  finish_with(*std::exchange(exchange_, nullptr), answer);
}

void PostgresStream::fail(const db::Error& error) {
  finish_with(*std::exchange(exchange_, nullptr), of_failure(error));
}

// Stops the statement, if it still runs.
void PostgresStream::let_go() {
  patience_.cancel();
  stream_.reset();
}

// How long the next row may take; how long all of them take is up to the reader.
void PostgresStream::await_row() {
  const auto timeout = client_.statement_timeout();
  if (timeout.count() > 0) patience_.arm(timeout);
}

// The server computes for too long.
void PostgresStream::give_up() {
  end(std::unexpected(
      db::Error{.failure = db::Failure::interrupted, .message = "the next row did not come"}));
}

}  // namespace sqlxc::rest
