#include <algorithm>

#include <sqlxc/pg/client.h>
#include <sqlxc/pg/error.h>

// What a client does about failures: what is sent again, what is told, when it connects anew and
// when it gives up waiting.
namespace sqlxc::pg {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds kFirstBackoff{50};
constexpr milliseconds kLastBackoff{500};
constexpr unsigned kMaxConflicts = 8;
constexpr unsigned kMaxHits = 3;
constexpr unsigned kAbortsUntilAlone = 3;
// After a cancel was sent, a statement that was stopped may be another one for so long.
constexpr milliseconds kCancelReach{5000};
constexpr milliseconds kCancelAgain{1000};
// A server that has not stopped by then is given up.
constexpr unsigned kMaxCancels = 5;

}  // namespace

void Client::on_ready_connection() {
  backoff_ = milliseconds(0);
  closed_until_ = {};
  schedule();
}

void Client::on_finished(Connection& connection, RequestPtr request) {
  schedule();
  if (request->is_abandoned) return;
  if (request->is_session || !is_retried(connection, *request)) {
    deliver(std::move(request));
    return;
  }
  ++retries_;
  const bool is_conflict_retry = request->error && is_conflict(*request->error);
  request->error.reset();
  request->was_aborted = false;
  if (is_conflict_retry) {
    delay(std::move(request));
  } else {
    again(std::move(request));
  }
}

// Whatever is sent again here did not happen: its transaction failed as a whole.
bool Client::is_retried(Connection& connection, Request& request) {
  if (request.was_aborted) {
    if (++request.aborts >= kAbortsUntilAlone) request.is_alone = true;
    return true;
  }
  if (!request.error || request.job.deadline <= loop_.now()) return false;
  const db::Error& error = *request.error;
  if (is_stale_statement(error)) {
    // Once more, without a name: then the failure, if there is one, is its own.
    return request.statement != 0 && !request.was_new_statement && ++request.heals <= 1;
  }
  if (is_conflict(error)) return ++request.conflicts <= kMaxConflicts;
  // A cancel that was meant for a neighbour.
  if (error.failure == db::Failure::interrupted &&
      loop_.now() - connection.cancelled_at < kCancelReach) {
    return ++request.hits <= kMaxHits;
  }
  return false;
}

void Client::again(RequestPtr request) {
  Pool& pool = pool_of(*request);
  pool.again.push_back(std::move(request));
}

// The first time at once, then after longer and longer random waits, so that two who met do not
// meet again.
void Client::delay(RequestPtr request) {
  if (request->conflicts == 1) {
    again(std::move(request));
    return;
  }
  const unsigned limit = 2U << std::min(request->conflicts, 7U);
  const milliseconds wait(1 + random_() % limit);
  delayed_.push_back({std::move(request), net::Clock::now() + wait});
  alarm_.arm(wait);
}

void Client::back_off(std::string why) {
  last_failure_ = std::move(why);
  backoff_ = std::clamp(backoff_ * 2, kFirstBackoff, kLastBackoff);
  const auto half = backoff_.count() / 2;
  closed_until_ = loop_.now() + milliseconds(half + static_cast<std::int64_t>(random_()) % half);
}

void Client::on_lost(Connection& connection, db::Error why, std::vector<RequestPtr> unanswered) {
  ++lost_;
  std::erase(free_sessions_, &connection);
  last_failure_ = why.message;
  // A connection that had worked is made anew at once; when that fails, the waits begin.
  if (connection.was_connecting()) {
    back_off(why.message);
    addresses_ = {};  // the server may have moved
  }
  for (RequestPtr& request : unanswered) {
    if (request->is_abandoned) continue;
    const bool undoes_nothing = request->job.kind == Job::Kind::read || request->job.is_rolled_back;
    if (undoes_nothing && !request->is_session && ++request->losses <= 1) {
      ++retries_;
      request->queued_at = loop_.now();
      again(std::move(request));
      continue;
    }
    db::Error error = why;
    error.failure = db::Failure::closed;
    error.is_outcome_unknown = !undoes_nothing && !request->is_step;
    fail_later(std::move(request), std::move(error));
  }
  schedule();
}

db::Error Client::no_connection() const {
  db::Error error = {.failure = db::Failure::busy,
                     .message = "no connection to PostgreSQL became free in time",
                     .sqlstate = "53300"};
  if (closed_until_ != net::Clock::time_point{}) {
    error.failure = db::Failure::closed;
    error.message = "PostgreSQL cannot be reached: " + last_failure_;
    error.sqlstate = "08006";
  }
  return error;
}

// About ten times a second while anything is under way: deadlines and patience.
void Client::sweep() {
  for (Pool* pool : {&readers_, &writers_}) {
    sweep_queue(pool->again);
    sweep_queue(pool->queue);
    for (const auto& connection : pool->connections) sweep_connection(*connection);
  }
  for (const auto& connection : sessions_) sweep_connection(*connection);
  sweep_waiters();
  if (!is_idle()) sweeper_.arm(milliseconds(100));
  schedule();
}

void Client::sweep_queue(std::deque<RequestPtr>& queue) {
  const auto now = loop_.now();
  for (RequestPtr& request : queue) {
    if (request->job.deadline <= now) {
      fail_later(std::move(request), {.failure = db::Failure::interrupted,
                                      .message = "the deadline passed before the statement ran",
                                      .sqlstate = "57014"});
    } else if (now - request->queued_at > options_.acquire_timeout) {
      fail_later(std::move(request), no_connection());
    }
  }
  std::erase(queue, nullptr);
}

void Client::sweep_waiters() {
  while (!waiters_.empty() && loop_.now() - waiters_.front().since > options_.acquire_timeout) {
    Waiter waiter = std::move(waiters_.front());
    waiters_.pop_front();
    waiter.done(nullptr, no_connection());
  }
}

void Client::sweep_connection(Connection& connection) {
  const auto now = loop_.now();
  if (connection.state() == Connection::State::connecting &&
      now - connection.busy_since() > options_.connect_timeout) {
    connection.fail({.failure = db::Failure::closed,
                     .message = "PostgreSQL did not answer in time",
                     .sqlstate = "08001"});
    return;
  }
  if (connection.state() != Connection::State::ready) return;
  std::vector<Request*> late;
  connection.for_each_in_flight([&](Request& request) {
    // What a write has done is known when the server has answered, not before.
    if (request.job.deadline <= now && !request.is_abandoned &&
        request.job.kind == Job::Kind::read) {
      late.push_back(&request);
    }
  });
  for (Request* request : late) {
    request->is_abandoned = true;
    auto told = std::make_unique<Request>();
    told->job.done = std::move(request->job.done);
    fail_later(std::move(told), {.failure = db::Failure::interrupted,
                                 .message = "the deadline passed",
                                 .sqlstate = "57014"});
  }
  const Request* head = connection.head();
  if (head == nullptr || !(head->is_abandoned || head->job.deadline <= now)) return;
  // A cancel that came before its statement began, or after, did nothing.
  if (connection.cancels > 0 && now - connection.cancelled_at < kCancelAgain) return;
  if (connection.cancels >= kMaxCancels) {
    connection.fail({.failure = db::Failure::closed,
                     .message = "PostgreSQL did not stop a statement",
                     .sqlstate = "08006"});
    return;
  }
  interrupt(connection);
}

void Client::interrupt(Connection& connection) {
  if (connection.handle() == nullptr) return;
  connection.is_cancelling = true;
  ++connection.cancels;
  connection.cancelled_at = net::Clock::now();
  errands_.cancel(connection.handle(), loop_.remote(),
                  [self = self_, to = &connection, generation = connection.generation()] {
                    // Connections live as long as their client.
                    if (*self == nullptr || to->generation() != generation) return;
                    to->is_cancelling = false;
                    if (to->is_release_due) (*self)->release(to);
                  });
}

}  // namespace sqlxc::pg
