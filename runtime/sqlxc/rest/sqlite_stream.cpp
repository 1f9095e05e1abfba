#include <sqlxc/rest/sqlite_stream.h>

#include <chrono>
#include <utility>

#include <sqlxc/rest/backend.h>
#include <sqlxc/rest/problems.h>
#include <sqlxc/rest/sqlite_row.h>

namespace sqlxc::rest {
namespace {

constexpr std::size_t kPiece = 256 * 1024;

}  // namespace

std::shared_ptr<SqliteStream> SqliteStream::create(Input input, http::Exchange& exchange) {
  auto stream = std::shared_ptr<SqliteStream>(new SqliteStream(std::move(input), exchange));
  exchange.on_abandoned([weak = stream->weak_from_this()] {
    if (const auto self = weak.lock()) self->cancellation_.cancel();
  });
  return stream;
}

bool SqliteStream::ask_for_piece() {
  is_working_ = true;
  return in_.store.read_in_pool(
      {.run = [self = shared_from_this()](db::Reader&) { self->make_piece(); }});
}

// ---- On a thread of the pool

void SqliteStream::make_piece() {
  if (auto done = work(); !done) error_ = std::move(done.error());
  if (error_ || is_done_) {
    cursor_.reset();
    in_.reader->end_turn();
  }
  remote_.post([self = shared_from_this()] { self->take_piece(); });
}

// Of a count or a piece; how long all of them take is up to the reader.
db::Limits SqliteStream::limits() const {
  return {.deadline = in_.store.statement_deadline(), .cancellation = &cancellation_};
}

std::expected<void, db::Error> SqliteStream::count() {
  const ReadPlan& plan = *in_.plan;
  const auto binds = binds_of(*plan.count, plan.count_key, in_.key);
  auto cursor = in_.reader->query(plan.count->sql, binds, limits());
  if (!cursor) return std::unexpected(std::move(cursor.error()));
  if (cursor->next()) total_ = cursor->integer(0);
  if (cursor->has_failed()) return std::unexpected(cursor->error());
  return {};
}

std::expected<bool, db::Error> SqliteStream::has_parent() {
  auto cursor = in_.reader->query(in_.plan->parent, in_.key, limits());
  if (!cursor) return std::unexpected(std::move(cursor.error()));
  const bool found = cursor->next();
  if (cursor->has_failed()) return std::unexpected(cursor->error());
  return found;
}

std::expected<void, db::Error> SqliteStream::work() {
  const ReadPlan& plan = *in_.plan;
  if (!cursor_) {
    if (plan.count) {
      if (auto counted = count(); !counted) return counted;
    }
    auto cursor = in_.reader->query(plan.select.statement.sql, in_.binds, limits());
    if (!cursor) return std::unexpected(std::move(cursor.error()));
    cursor_.emplace(std::move(*cursor));
  }
  cursor_->set_deadline(limits().deadline);
  const SqliteRow row{*cursor_};
  while (made_.size() < kPiece) {
    if (!cursor_->next()) {
      if (cursor_->has_failed()) return std::unexpected(cursor_->error());
      renderer_.end(made_);
      is_done_ = true;
      break;
    }
    renderer_.take(made_, row);
    if (!plan.cursor.empty() && renderer_.rows() == *plan.limit) {
      link_ = next_link(in_.model.entities[plan.target], plan, in_.path, row);
    }
  }
  if (renderer_.rows() > 0 || plan.parent.empty()) return {};
  const auto found = has_parent();
  if (!found) return std::unexpected(found.error());
  is_orphan_ = !*found;
  return {};
}

// ---- On the loop's thread

void SqliteStream::take_piece() {
  is_working_ = false;
  ready_ = std::exchange(made_, {});
  if (exchange_ == nullptr) return;
  if (is_open_) {
    if (std::exchange(waits_, false)) exchange_->resume();
    return;
  }
  if (error_) return finish_with(*std::exchange(exchange_, nullptr), of_failure(*error_));
  if (is_done_) return answer_at_once();
  is_open_ = true;
  http::Response& response = exchange_->response();
  response.content_type = in_.media.content_type;
  Answer head;
  if (total_)
    finish_rows(in_.model, *in_.plan, in_.media, *total_ - in_.plan->offset, total_, head);
  response.headers += head.headers;
  // The guard goes when the exchange lets go of the producer: nobody may call it after that.
  auto guard = std::shared_ptr<void>(nullptr, [self = shared_from_this()](void*) {
    self->exchange_ = nullptr;
    self->cancellation_.cancel();
  });
  exchange_->stream([self = shared_from_this(), guard = std::move(guard)](std::string& piece) {
    return self->pull(piece);
  });
}

void SqliteStream::answer_at_once() {
  Answer answer;
  if (is_orphan_) {
    set_problem(answer, no_such_row(in_.model.entities[in_.plan->route.entity]));
  } else {
    answer.content_type = in_.media.content_type;
    answer.body = std::move(ready_);
    finish_rows(in_.model, *in_.plan, in_.media, renderer_.rows(), total_, answer);
    if (!link_.empty() && answer.status < 300) answer.header("Link", link_);
  }
  finish_with(*std::exchange(exchange_, nullptr), answer);
}

http::Pull SqliteStream::pull(std::string& piece) {
  if (!is_working_ && error_) return http::Pull::fail;
  if (!ready_.empty()) {
    piece += ready_;
    ready_.clear();
    if (is_done_) return http::Pull::done;
    return ask_for_piece() ? http::Pull::more : http::Pull::fail;
  }
  if (!is_working_ && is_done_) return http::Pull::done;
  waits_ = true;
  return http::Pull::wait;
}

}  // namespace sqlxc::rest
