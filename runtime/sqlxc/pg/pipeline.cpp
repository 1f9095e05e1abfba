#include <sqlxc/pg/bind.h>
#include <sqlxc/pg/connect.h>
#include <sqlxc/pg/connection.h>
#include <sqlxc/pg/error.h>
#include <sqlxc/pg/library.h>
#include <sqlxc/pg/steps.h>

// The pipeline of a connection: what is sent, and how the results find their requests. Everything
// between two Syncs is one transaction of the server, begun by the first statement and ended by the
// Sync: a statement's settings, set with is_local, hold to its end and need no BEGIN.
namespace sqlxc::pg {
using value::Value;

void Connection::push(Entry entry) {
  if (entries_.empty()) busy_since_ = loop_.now();
  if (entry.request) ++in_flight_;
  entries_.push_back(std::move(entry));
}

void Connection::sent(bool is_sent) {
  if (!is_sent) is_broken_ = true;
}

bool Connection::send(std::string_view sql, std::span<const Value> binds, Request* request) {
  const Parameters parameters(binds);
  if (options_.is_pgbouncer || (request != nullptr && request->heals > 0)) {
    if (request != nullptr) request->statement = 0;
    const std::string text(sql);
    return pq().sendQueryParams(handle_, text.c_str(), parameters.count(), nullptr,
                                parameters.values(), nullptr, nullptr, 0) == 1;
  }
  const Statements::Found found = statements_.find_or_add(sql);
  if (found.evicted) {
    const std::string text = "deallocate " + Statements::name_of(*found.evicted);
    if (pq().sendQueryParams(handle_, text.c_str(), 0, nullptr, nullptr, nullptr, nullptr, 0) !=
        1) {
      return false;
    }
    push({});
  }
  const std::string name = Statements::name_of(found.id);
  if (found.is_new) {
    const std::string text(sql);
    if (pq().sendPrepare(handle_, name.c_str(), text.c_str(), 0, nullptr) != 1) return false;
    push({.step = Step::prepare, .statement = found.id});
  }
  if (request != nullptr) {
    request->statement = found.id;
    request->was_new_statement = found.is_new;
  }
  return pq().sendQueryPrepared(handle_, name.c_str(), parameters.count(), parameters.values(),
                                nullptr, nullptr, 0) == 1;
}

// Unnamed: libpq takes the wish for single rows only for a statement that it has just sent and that
// nothing goes before.
bool Connection::send_stream(const Request& request) {
  const Parameters parameters(request.job.binds);
  return pq().sendQueryParams(handle_, request.job.sql.c_str(), parameters.count(), nullptr,
                              parameters.values(), nullptr, nullptr, 0) == 1 &&
         pq().setSingleRowMode(handle_) == 1;
}

bool Connection::send_auxiliary(std::string_view sql, std::span<const Value> binds) {
  const bool is_sent = send(sql, binds, nullptr);
  push({});
  return is_sent;
}

bool Connection::send_settings(const std::vector<Setting>& settings) {
  if (settings.empty()) return true;
  return send_auxiliary(settings_sql(settings.size()), settings_binds(settings));
}

// Behind a pooler each segment may meet another server: it brings the settings that a connection of
// our own gets when it begins.
void Connection::open_segment() {
  if (is_segment_open_) return;
  is_segment_open_ = true;
  if (!options_.is_pgbouncer) return;
  sent(send_settings(session_settings(options_, role_ == Role::reader)));
}

void Connection::sync(RequestPtr request) {
  sent(pq().pipelineSync(handle_) == 1);
  push({.step = Step::sync, .request = std::move(request)});
  is_segment_open_ = false;
}

void Connection::send_shared(RequestPtr request) {
  open_segment();
  Request* raw = request.get();
  sent(send(raw->job.sql, raw->job.binds, raw));
  push({.step = Step::statement, .request = std::move(request)});
}

void Connection::send_alone(RequestPtr request) {
  if (is_segment_open_) sync(nullptr);
  if (!request->is_session) {
    open_segment();
    sent(send_settings(request->job.settings));
  }
  if (request->on_row) {
    sent(send_stream(*request));
  } else {
    sent(send(request->job.sql, request->job.binds, request.get()));
  }
  push({.step = Step::statement});
  if (request->job.is_rolled_back && !request->is_session) {
    // Deferred constraints speak before the end that never comes. BEGIN takes up the transaction
    // that the statement has begun; without it ROLLBACK would warn.
    for (const char* sql : {"set constraints all immediate", "begin", "rollback"}) {
      sent(send_auxiliary(sql, {}));
    }
  }
  sync(std::move(request));
}

void Connection::flush() {
  if (state_ != State::ready) {
    if (is_broken_) fail(connection_error(handle_));
    return;
  }
  if (is_segment_open_) sync(nullptr);
  const int left = is_broken_ ? -1 : pq().flush(handle_);
  if (left < 0) {
    // The server may have said why before it went.
    pq().consumeInput(handle_);
    drain();
    if (state_ == State::ready) fail(connection_error(handle_));
    return;
  }
  const std::uint32_t reading = is_paused_ ? 0 : std::uint32_t{EPOLLIN};
  watch(left == 1 ? reading | EPOLLOUT : reading);
  if (!has_resumed_) return;
  has_resumed_ = false;
  drain();
}

Request* Connection::head() {
  for (Entry& entry : entries_) {
    if (entry.request) return entry.request.get();
  }
  return nullptr;
}

void Connection::drain() {
  if (is_draining_) return;
  is_draining_ = true;
  const std::uint64_t generation = generation_;
  unsigned nulls = 0;
  while (state_ == State::ready && generation == generation_ && !is_paused_ && !entries_.empty() &&
         pq().isBusy(handle_) == 0) {
    pg_result* raw = pq().getResult(handle_);
    if (raw != nullptr) {
      nulls = 0;
      if (!take(raw)) break;
      continue;
    }
    // One null ends each statement's results. More of them: libpq expects nothing where we do.
    if (++nulls > 2) {
      fail(connection_error(handle_));
      break;
    }
  }
  is_draining_ = false;
}

// False when the connection has ended with this result.
bool Connection::take(pg_result* raw) {
  Result result(raw);
  const ExecStatusType status = pq().resultStatus(raw);
  if (status == PGRES_FATAL_ERROR && ends_connection(raw)) {
    db::Error why = error_of(raw);
    if (why.failure == db::Failure::other) why.failure = db::Failure::closed;
    fail(std::move(why));
    return false;
  }
  Entry& head = entries_.front();
  if (status == PGRES_SINGLE_TUPLE) {
    if (Request* request = this->head(); request != nullptr && request->on_row) {
      const bool goes_on = request->on_row(std::move(result));
      if (!goes_on && state_ == State::ready) pause();
    }
    return state_ == State::ready;
  }
  if (head.step == Step::sync && status != PGRES_PIPELINE_SYNC) {
    // A transaction that failed at its end: a deferred constraint, a serialization failure.
    if (status == PGRES_FATAL_ERROR) segment_error_ = error_of(raw);
    return true;
  }
  Entry entry = std::move(head);
  entries_.pop_front();
  busy_since_ = loop_.now();
  cancels = 0;
  switch (entry.step) {
    case Step::prepare:
      take_prepare(std::move(entry), result);
      break;
    case Step::auxiliary:
      if (status == PGRES_FATAL_ERROR) segment_error_ = error_of(raw);
      break;
    case Step::statement:
      take_statement(std::move(entry), std::move(result));
      break;
    case Step::sync:
      take_sync(std::move(entry));
      break;
  }
  return state_ == State::ready;
}

void Connection::take_prepare(Entry entry, const Result& result) {
  const ExecStatusType status = pq().resultStatus(result.handle());
  if (status == PGRES_COMMAND_OK) return;
  statements_.forget(entry.statement);
  if (status == PGRES_FATAL_ERROR) segment_error_ = error_of(result.handle());
}

void Connection::take_statement(Entry entry, Result result) {
  const ExecStatusType status = pq().resultStatus(result.handle());
  const bool is_error = status == PGRES_FATAL_ERROR || status == PGRES_BAD_RESPONSE;
  const bool is_aborted = status == PGRES_PIPELINE_ABORTED;
  if (is_error) segment_error_ = error_of(result.handle());
  if (!entry.request) {  // answered at its Sync
    if (!is_error && !is_aborted) segment_result_ = std::move(result);
    return;
  }
  Request& request = *entry.request;
  if (segment_error_) {
    // Its own failure, or that of its preparation just before; those behind it find none here.
    request.error = std::move(segment_error_);
    segment_error_.reset();
  } else if (is_aborted) {
    request.was_aborted = true;
  } else {
    request.result = std::move(result);
  }
  finish(std::move(entry.request));
}

void Connection::take_sync(Entry entry) {
  if (entry.request) {
    if (segment_error_) {
      entry.request->error = std::move(segment_error_);
    } else {
      entry.request->result = std::move(segment_result_);
    }
  }
  segment_error_.reset();
  segment_result_ = Result();
  if (entry.request) finish(std::move(entry.request));
}

void Connection::finish(RequestPtr request) {
  --in_flight_;
  if (request->error && is_stale_statement(*request->error) && request->statement != 0) {
    // Those that another request's mistake took with it have been forgotten by then.
    if (statements_.forget(request->statement) && request->error->sqlstate == "0A000" &&
        state_ == State::ready) {
      const std::string text = "deallocate " + Statements::name_of(request->statement);
      if (!is_segment_open_ && pq().sendQueryParams(handle_, text.c_str(), 0, nullptr, nullptr,
                                                    nullptr, nullptr, 0) == 1) {
        push({});
        is_segment_open_ = true;
      }
    }
  }
  events_.finished(this, std::move(request));
}

}  // namespace sqlxc::pg
