#include <sqlxc/pg/stream.h>

#include <sqlxc/pg/client.h>
#include <sqlxc/pg/connect.h>
#include <sqlxc/pg/steps.h>

namespace sqlxc::pg {

std::unique_ptr<Stream> Client::stream(Job job, StreamEvents events) {
  // The constructor is private: make_unique cannot.
  return std::unique_ptr<Stream>(new Stream(self_, std::move(job), std::move(events)));
}

Stream::Stream(std::shared_ptr<Client*> client, Job job, StreamEvents events)
    : client_(std::move(client)),
      job_(std::move(job)),
      events_(std::make_shared<StreamEvents>(std::move(events))),
      self_(std::make_shared<Stream*>(this)) {
  this->client().acquire(
      this, [this](Connection* acquired, db::Error why) { start(acquired, std::move(why)); });
}

Stream::~Stream() {
  *self_ = nullptr;
  if (*client_ == nullptr) return;
  client().forget_waiter(this);
  if (!is_active()) return;
  // What is left of the rows would have to be read to keep the connection.
  client().interrupt(*connection_);
  connection_->fail({.failure = db::Failure::cancelled, .message = "the reader has left"});
}

bool Stream::is_active() const {
  return *client_ != nullptr && connection_ != nullptr &&
         connection_->generation() == generation_ &&
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
  if (client().options_.is_pgbouncer) settings = session_settings(client().options_, true);
  // How long it takes is up to the reader; what limits it is the job's deadline.
  settings.push_back({"statement_timeout", "0"});
  settings.insert(settings.end(), job_.settings.begin(), job_.settings.end());
  // The statement goes alone: libpq gives single rows only to one with nothing before it.
  Job begin = {.sql = "begin read only"};
  client().step(*connection_, make_step(std::move(begin)));
  Job set = settings_job(settings);
  set.done = [self = self_](Outcome outcome) {
    if (*self != nullptr) (*self)->on_begun(std::move(outcome));
  };
  client().step(*connection_, make_step(std::move(set)));
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
    const auto events = (*self)->events_;
    events->on_row(std::move(row));
    return *self != nullptr && !(*self)->is_paused_;
  };
  client().step(*connection_, std::move(request));
  if (is_paused_) connection_->pause();
}

// The statement has ended; the connection goes back when its transaction has.
void Stream::on_done(Outcome outcome) {
  if (is_active()) {
    connection_->resume();
    Job rollback = {.sql = "rollback"};
    rollback.done = [client = *client_, connection = connection_,
                     generation = generation_](Outcome) {
      if (connection->generation() == generation) client->release(connection);
    };
    client().step(*connection_, make_step(std::move(rollback)));
  }
  connection_ = nullptr;
  if (outcome) {
    end({});
  } else {
    end(std::unexpected(std::move(outcome.error())));
  }
}

void Stream::end(std::expected<void, db::Error> result) {
  const auto events = events_;
  if (events->on_end) events->on_end(std::move(result));
}

void Stream::pause() {
  is_paused_ = true;
  if (is_active()) connection_->pause();
}

void Stream::resume() {
  is_paused_ = false;
  if (!is_active()) return;
  connection_->resume();
  client().schedule();
}

}  // namespace sqlxc::pg
