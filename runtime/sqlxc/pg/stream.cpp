#include <sqlxc/pg/stream.h>

#include <sqlxc/pg/client.h>
#include <sqlxc/pg/connect.h>
#include <sqlxc/pg/steps.h>

namespace sqlxc::pg {

std::unique_ptr<Stream> Client::stream(Job job, StreamEvents events) {
  // The constructor is private: make_unique cannot.
  return std::unique_ptr<Stream>(new Stream(*this, std::move(job), std::move(events)));
}

Stream::Stream(Client& client, Job job, StreamEvents events)
    : client_(client),
      job_(std::move(job)),
      events_(std::move(events)),
      self_(std::make_shared<Stream*>(this)) {
  client_.acquire(this,
                  [this](Connection* acquired, db::Error why) { start(acquired, std::move(why)); });
}

Stream::~Stream() {
  *self_ = nullptr;
  client_.forget_waiter(this);
  if (!is_active()) return;
  // What is left of the rows would have to be read to keep the connection.
  client_.interrupt(*connection_);
  connection_->fail({.failure = db::Failure::cancelled, .message = "the reader has left"});
}

bool Stream::is_active() const {
  return connection_ != nullptr && connection_->generation() == generation_ &&
         connection_->state() == Connection::State::ready;
}

void Stream::start(Connection* acquired, db::Error why) {
  if (acquired == nullptr) {
    end(std::unexpected(std::move(why)));
    return;
  }
  connection_ = acquired;
  generation_ = connection_->generation();
  std::vector<Setting> settings;
  if (client_.options_.is_pgbouncer) settings = session_settings(client_.options_, true);
  // How long it takes is up to the reader; what limits it is the job's deadline.
  settings.push_back({"statement_timeout", "0"});
  settings.insert(settings.end(), job_.settings.begin(), job_.settings.end());
  // The statement goes alone: libpq gives single rows only to one with nothing before it.
  Job begin = {.sql = "begin read only"};
  client_.step(*connection_, make_step(std::move(begin)));
  Job set = settings_job(settings);
  set.done = [self = self_](Outcome outcome) {
    if (*self != nullptr) (*self)->on_begun(std::move(outcome));
  };
  client_.step(*connection_, make_step(std::move(set)));
}

void Stream::on_begun(Outcome outcome) {
  if (!outcome || !is_active()) {
    on_done(std::move(outcome));
    return;
  }
  job_.done = [self = self_](Outcome done) {
    if (*self != nullptr) (*self)->on_done(std::move(done));
  };
  job_.settings.clear();
  RequestPtr request = make_step(std::move(job_));
  request->on_row = [self = self_](Result row) {
    if (*self == nullptr) return false;
    (*self)->events_.on_row(std::move(row));
    return *self != nullptr && !(*self)->is_paused_;
  };
  client_.step(*connection_, std::move(request));
  if (is_paused_) connection_->pause();
}

// The statement has ended; the connection goes back when its transaction has.
void Stream::on_done(Outcome outcome) {
  if (is_active()) {
    connection_->resume();
    Job rollback = {.sql = "rollback"};
    rollback.done = [client = &client_, connection = connection_,
                     generation = generation_](Outcome) {
      if (connection->generation() == generation) client->release(connection);
    };
    client_.step(*connection_, make_step(std::move(rollback)));
  }
  connection_ = nullptr;
  if (outcome) {
    end({});
  } else {
    end(std::unexpected(std::move(outcome.error())));
  }
}

void Stream::end(std::expected<void, db::Error> result) {
  const auto self = self_;
  auto on_end = std::move(events_.on_end);
  if (on_end) on_end(std::move(result));
}

void Stream::pause() {
  is_paused_ = true;
  if (is_active()) connection_->pause();
}

void Stream::resume() {
  is_paused_ = false;
  if (!is_active()) return;
  connection_->resume();
  client_.schedule();
}

}  // namespace sqlxc::pg
