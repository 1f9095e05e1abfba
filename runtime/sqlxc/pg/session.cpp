#include <sqlxc/pg/session.h>

#include <utility>

#include <sqlxc/core/check.h>
#include <sqlxc/pg/bind.h>
#include <sqlxc/pg/client.h>
#include <sqlxc/pg/connect.h>
#include <sqlxc/pg/steps.h>

namespace sqlxc::pg {
namespace {

db::Error lost_session() {
  return {.failure = db::Failure::closed,
          .message = "the connection of the transaction is lost",
          .sqlstate = "08006"};
}

std::string begin_sql(const SessionOptions& options) {
  std::string sql = "begin";
  switch (options.isolation) {
    case SessionOptions::Isolation::read_committed:
      sql += " isolation level read committed";
      break;
    case SessionOptions::Isolation::repeatable_read:
      sql += " isolation level repeatable read";
      break;
    case SessionOptions::Isolation::serializable:
      sql += " isolation level serializable";
      break;
  }
  sql += options.is_readonly ? " read only" : " read write";
  return sql;
}

}  // namespace

void Client::acquire(const void* owner, Acquired done) {
  waiters_.push_back({.done = std::move(done), .since = loop_.now(), .owner = owner});
  schedule();
}

void Client::forget_waiter(const void* owner) {
  std::erase_if(waiters_, [owner](const Waiter& waiter) { return waiter.owner == owner; });
}

// Back to those that are free, if it still stands.
void Client::release(Connection* connection) {
  schedule();
  // A cancel that is still on its way would hit the next one.
  connection->is_release_due = connection->is_cancelling;
  if (connection->is_release_due) return;
  if (connection->state() == Connection::State::ready) free_sessions_.push_back(connection);
}

void Client::serve_waiters() {
  while (!waiters_.empty() && !free_sessions_.empty()) {
    Connection* connection = free_sessions_.back();
    free_sessions_.pop_back();
    Waiter waiter = std::move(waiters_.front());
    waiters_.pop_front();
    waiter.done(connection, {});
  }
  if (waiters_.empty()) return;
  // As many are made at once as wait.
  std::size_t coming = 0;
  Connection* closed = nullptr;
  for (const auto& connection : sessions_) {
    if (connection->state() == Connection::State::connecting) ++coming;
    if (connection->state() == Connection::State::closed) closed = connection.get();
  }
  if (coming >= waiters_.size() || !may_connect()) return;
  if (closed == nullptr) {
    if (sessions_.size() >= options_.sessions) return;
    sessions_.push_back(
        std::make_unique<Connection>(loop_, options_, Connection::Role::session, events_));
    closed = sessions_.back().get();
  }
  closed->connect(addresses_);
  if (coming + 1 < waiters_.size()) schedule();
}

Ticket Client::step(Connection& connection, RequestPtr request) {
  request->ticket = ++last_ticket_;
  request->queued_at = loop_.now();
  ++jobs_;
  schedule();
  if (auto error = unfit(request->job.binds)) {
    fail_later(std::move(request), std::move(*error));
  } else {
    connection.send_alone(std::move(request));
  }
  return last_ticket_;
}

void Client::begin(SessionOptions options, SessionDone done) {
  acquire(nullptr, [this, options = std::move(options), done = std::move(done)](
                       Connection* acquired, db::Error why) mutable {
    if (acquired == nullptr) {
      done(std::unexpected(std::move(why)));
      return;
    }
    Session session(self_, acquired);
    Connection& connection = *acquired;
    // Of several steps the last one answers; the first failure is what is told.
    struct Beginning {
      Session session;
      SessionDone done;
      std::optional<db::Error> error;
      std::size_t left = 0;
    };
    std::vector<Job> jobs;
    jobs.push_back({.sql = begin_sql(options)});
    if (options_.is_pgbouncer) {
      jobs.push_back(settings_job(session_settings(options_, options.is_readonly)));
    }
    if (!options.settings.empty()) jobs.push_back(settings_job(options.settings));
    // Shared by the steps' answers, whichever is the last.
    auto beginning = std::make_shared<Beginning>(
        Beginning{std::move(session), std::move(done), std::nullopt, jobs.size()});
    for (Job& job : jobs) {
      job.done = [beginning](Outcome outcome) {
        if (!outcome && !beginning->error) beginning->error = std::move(outcome.error());
        if (--beginning->left > 0) return;
        if (beginning->error) {
          SessionDone tell = std::move(beginning->done);
          {
            const Session ended = std::move(beginning->session);
          }
          tell(std::unexpected(std::move(*beginning->error)));
        } else {
          beginning->done(std::move(beginning->session));
        }
      };
      step(connection, make_step(std::move(job)));
    }
  });
}

Session::Session(std::shared_ptr<Client*> client, Connection* connection)
    : client_(std::move(client)),
      has_begun_(true),
      connection_(connection),
      generation_(connection->generation()) {}

Session::Session(Session&& other) noexcept
    : client_(other.client_),
      has_begun_(std::exchange(other.has_begun_, false)),
      connection_(other.connection_),
      generation_(other.generation_) {}

Session& Session::operator=(Session&& other) noexcept {
  std::swap(client_, other.client_);
  std::swap(has_begun_, other.has_begun_);
  std::swap(connection_, other.connection_);
  std::swap(generation_, other.generation_);
  return *this;
}

Session::~Session() {
  if (!has_begun_ || client() == nullptr) return;
  // The sweep stops what runs.
  if (!is_lost()) {
    connection_->for_each_in_flight([](Request& request) { request.is_abandoned = true; });
  }
  rollback({});
}

bool Session::is_lost() const {
  return connection_->state() != Connection::State::ready ||
         connection_->generation() != generation_;
}

void Session::run(Job job) {
  SQLXC_CHECK(has_begun_);
  if (client() == nullptr) return;
  RequestPtr request = make_step(std::move(job));
  if (is_lost()) {
    client()->fail_later(std::move(request), lost_session());
  } else {
    client()->step(*connection_, std::move(request));
  }
}

void Session::commit(Finished done) { end("commit", std::move(done)); }

void Session::rollback(Finished done) { end("rollback", std::move(done)); }

void Session::end(const char* sql, Finished done) {
  SQLXC_CHECK(has_begun_);
  has_begun_ = false;
  Client* const client = this->client();
  if (client == nullptr) return;
  Connection* const connection = connection_;
  const bool is_commit = std::string_view(sql) == "commit";
  Job job = {.sql = sql};
  const std::uint64_t generation = generation_;
  job.done = [client, connection, generation, is_commit,
              done = std::move(done)](Outcome outcome) mutable {
    if (connection->generation() == generation) client->release(connection);
    if (!done) return;
    if (!outcome) {
      done(std::unexpected(std::move(outcome.error())));
    } else if (is_commit && outcome->tag() != "COMMIT") {
      // COMMIT of a transaction that has failed rolls back and says so.
      done(std::unexpected(db::Error{.failure = db::Failure::other,
                                     .message = "the transaction had failed and is rolled back",
                                     .sqlstate = "25P02"}));
    } else {
      done({});
    }
  };
  RequestPtr request = make_step(std::move(job));
  request->is_step = !is_commit;  // a COMMIT without an answer may have happened
  if (is_lost()) {
    client->fail_later(std::move(request), lost_session());
  } else {
    client->step(*connection, std::move(request));
  }
}

}  // namespace sqlxc::pg
