#include <sqlxc/pg/connection.h>

#include <sqlxc/core/check.h>
#include <sqlxc/pg/connect.h>
#include <sqlxc/pg/error.h>
#include <sqlxc/pg/library.h>

namespace sqlxc::pg {
namespace {

// Notices (a DROP IF EXISTS of nothing, RAISE NOTICE) would go to stderr.
void ignore_notice(void*, const PGresult*) {}

}  // namespace

Connection::Connection(net::Loop& loop, const Options& options, Role role, Events& events)
    : loop_(loop),
      options_(options),
      role_(role),
      events_(events),
      statements_(options.statements) {}

Connection::~Connection() { close(); }

void Connection::connect(const Hosts& hosts) {
  SQLXC_CHECK(state_ == State::closed);
  ++generation_;
  state_ = State::connecting;
  busy_since_ = loop_.now();
  const ConnectParameters parameters(options_, role_ == Role::reader, hosts);
  handle_ = pq().connectStartParams(parameters.keywords.data(), parameters.values.data(), 1);
  if (handle_ == nullptr || pq().status(handle_) == CONNECTION_BAD) {
    // The owner is told in a later step, as it would be of a server that answers nothing.
    is_broken_ = true;
    return;
  }
  pq().setNoticeReceiver(handle_, ignore_notice, nullptr);
  watch(EPOLLOUT);
}

void Connection::poll() {
  // libpq may go on with another socket (another address, TLS refused).
  unwatch();
  switch (pq().connectPoll(handle_)) {
    case PGRES_POLLING_READING:
      watch(EPOLLIN);
      return;
    case PGRES_POLLING_WRITING:
      watch(EPOLLOUT);
      return;
    case PGRES_POLLING_OK:
      become_ready();
      return;
    case PGRES_POLLING_FAILED:
    case PGRES_POLLING_ACTIVE:
      fail(connection_error(handle_));
      return;
  }
}

void Connection::become_ready() {
  if (pq().setnonblocking(handle_, 1) != 0 || pq().enterPipelineMode(handle_) != 1) {
    fail(connection_error(handle_));
    return;
  }
  state_ = State::ready;
  watch(EPOLLIN);
  events_.ready(this);
}

void Connection::close() {
  unwatch();
  if (handle_ != nullptr) pq().finish(handle_);
  handle_ = nullptr;
  state_ = State::closed;
  is_paused_ = false;
  is_broken_ = false;
  is_segment_open_ = false;
  is_cancelling = false;
  cancels = 0;
  is_release_due = false;
  has_resumed_ = false;
  in_flight_ = 0;
  entries_.clear();
  statements_.clear();
  segment_error_.reset();
  segment_result_ = Result();
}

void Connection::fail(db::Error why) {
  was_connecting_ = state_ == State::connecting;
  std::vector<RequestPtr> unanswered;
  for (Entry& entry : entries_) {
    if (entry.request) unanswered.push_back(std::move(entry.request));
  }
  close();
  events_.lost(this, std::move(why), std::move(unanswered));
}

void Connection::watch(std::uint32_t events) {
  const int fd = pq().socket(handle_);
  if (fd == fd_ && events == watched_) return;
  unwatch();
  if (fd < 0 || events == 0) return;
  if (!loop_.add(fd, *this, events)) return;
  fd_ = fd;
  watched_ = events;
}

void Connection::unwatch() {
  if (fd_ >= 0) loop_.remove(fd_, *this);
  fd_ = -1;
  watched_ = 0;
}

void Connection::pause() {
  is_paused_ = true;
  if (state_ == State::ready) watch(watched_ & ~std::uint32_t{EPOLLIN});
}

void Connection::resume() {
  has_resumed_ |= is_paused_;
  is_paused_ = false;
}

void Connection::on_ready(std::uint32_t events) {
  if (state_ == State::connecting) {
    poll();
    return;
  }
  if ((events & EPOLLOUT) != 0) flush();
  if (state_ != State::ready || is_paused_ || (events & ~std::uint32_t{EPOLLOUT}) == 0) return;
  const bool is_alive = pq().consumeInput(handle_) == 1;
  drain();
  // What came before the end has been taken; a drain may have closed the connection itself.
  if (!is_alive && state_ == State::ready) fail(connection_error(handle_));
}

}  // namespace sqlxc::pg
