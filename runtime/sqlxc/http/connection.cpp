#include <sqlxc/http/connection.h>

#include <sys/socket.h>

#include <cerrno>
#include <utility>

#include <sqlxc/http/shard.h>

namespace sqlxc::http {
namespace {

constexpr std::size_t kMinRoom = 4 * 1024;
constexpr std::size_t kBodyProgress = 1024;
constexpr std::chrono::milliseconds kLinger{2'000};

}  // namespace

Connection::Connection(Shard& shard, net::Fd fd)
    : shard_(shard), fd_(std::move(fd)), timer_(shard.loop(), [this] { on_timeout(); }) {}

Connection::~Connection() {
  if (is_open()) shard_.loop().remove(fd_.get(), *this);
}

void Connection::on_ready(std::uint32_t events) {
  if ((events & (EPOLLERR | EPOLLHUP)) != 0) {
    // Both directions are gone: nobody reads an answer.
    abort();
    return;
  }
  const bool was_in_flight = is_in_flight();
  if ((events & EPOLLIN) != 0) is_readable_ = true;
  if ((events & EPOLLOUT) != 0) is_blocked_ = false;
  if ((events & EPOLLRDHUP) != 0) {
    saw_half_close_ = true;
    is_readable_ = true;
    if (was_in_flight) on_half_closed();
  }
  run();
}

// After each burst of work: writes, then decides what the connection waits for and how long.
void Connection::settle() {
  if (!is_blocked_ && !flush()) return;
  if (!has_output() && out_.capacity() >= kMinRoom)
    shard_.give_back(std::exchange(out_, std::string()));
  if (is_in_flight()) {
    set_phase(is_blocked_ ? Phase::writing : Phase::handling, wrote_);
    return;
  }
  if (has_output()) {
    set_phase(Phase::writing, wrote_);
    return;
  }
  if (closes_) {
    if (phase_ != Phase::lingering) close_gently();
    return;
  }
  if (socket_) return settle_socket();
  if (is_half_closed_) {
    if (begin_ == in_.size()) return close();
    refuse({400, "the request is incomplete"});
    return;
  }
  if (is_reading_body_) {
    const bool made_progress = progress_ >= kBodyProgress;
    if (made_progress) progress_ = 0;
    set_phase(Phase::body, made_progress);
  } else if (begin_ < in_.size()) {
    set_phase(Phase::head, false);
    release_input();
  } else if (shard_.is_draining()) {
    close();
  } else {
    release_input();
    set_phase(Phase::idle, true);
  }
}

void Connection::set_phase(Phase phase, bool made_progress) {
  wrote_ = false;
  if (phase == phase_ && !made_progress) return;
  phase_ = phase;
  const Options& options = shard_.options();
  switch (phase) {
    case Phase::none:
    case Phase::handling:
      return timer_.cancel();
    case Phase::idle:
      return timer_.arm(options.idle_timeout);
    case Phase::head:
      return timer_.arm(options.head_timeout);
    case Phase::body:
      return timer_.arm(options.body_timeout);
    case Phase::writing:
      return timer_.arm(options.write_timeout);
    case Phase::lingering:
    case Phase::closing:
      return timer_.arm(kLinger);
    case Phase::socket:
      return timer_.arm(socket_->options_.ping_interval);
  }
}

void Connection::on_timeout() {
  switch (phase_) {
    case Phase::head:
    case Phase::body:
      return refuse({408, "the request did not arrive in time"});
    case Phase::none:
    case Phase::handling:
      return;
    case Phase::socket:
      return on_socket_timeout();
    case Phase::idle:
    case Phase::writing:
    case Phase::lingering:
    case Phase::closing:
      return abort();
  }
}

void Connection::drain() {
  is_readable_ = true;  // a request may have come in this very moment
  run();
  if (!is_open()) return;
  if (slot_ && slot_->draining_) std::exchange(slot_->draining_, nullptr)();
  if (!is_open()) return;
  if (socket_) {
    socket_->close(CloseCode::going_away, "the service stops");
  } else if (is_idle()) {
    close();
  }
}

// Tells the exchange in flight that its client has left.
void Connection::on_half_closed() {
  if (!is_in_flight() || slot_->is_abandoned_) return;
  slot_->is_abandoned_ = true;
  if (slot_->abandoned_) std::exchange(slot_->abandoned_, nullptr)();
}

void Connection::abort() {
  if (!is_open()) return;
  closes_ = true;
  if (is_in_flight()) {
    // The callback may finish the exchange: then there is nothing to write to any more.
    is_running_ = true;
    on_half_closed();
    is_running_ = false;
  }
  close();
}

// A close with unread bytes would reset the connection, and the client lose the answer: let it read
// first.
void Connection::close_gently() {
  if (is_half_closed_) return close();
  ::shutdown(fd_.get(), SHUT_WR);
  in_.set_size(0);
  begin_ = 0;
  set_phase(Phase::lingering, true);
  is_readable_ = true;
  discard_input();
}

void Connection::discard_input() {
  if (in_.capacity() == 0) in_ = shard_.buffers().take();
  for (int reads = 0; is_readable_; ++reads) {
    if (reads == 16) {
      shard_.schedule(*this);
      return;
    }
    const ssize_t got = ::recv(fd_.get(), in_.data(), in_.capacity(), 0);
    if (got < 0 && errno == EINTR) continue;
    if (got == 0 || (got < 0 && errno != EAGAIN && errno != EWOULDBLOCK)) return close();
    if (got < 0) is_readable_ = false;
  }
  release_input();
}

void Connection::close() {
  if (!is_open()) return;
  shard_.loop().remove(fd_.get(), *this);
  fd_.reset();
  timer_.cancel();
  if (socket_) tell_closed(CloseCode::abnormal);
  const bool is_owed =
      is_in_flight() && (slot_->state_ == Exchange::State::deferred || slot_->waits_for_resume_);
  if (slot_) slot_->producer_ = nullptr;  // it may hold a cursor of a reader that goes before us
  if (slot_ && !is_owed) release_slot();
  if (!slot_) {
    in_ = Buffer();
    shard_.bury(*this);
  }
}

// Gives back what an idle connection does not need; a partial head moves to a buffer of its size.
void Connection::release_input() {
  if (slot_) return;
  const std::size_t live = in_.size() - begin_;
  if (live > 0 && in_.capacity() == BufferPool::kBufferSize && live < BufferPool::kBufferSize / 4) {
    Buffer small(live);
    small.append(in_.data() + begin_, live);
    std::swap(in_, small);
    shard_.buffers().give_back(std::move(small));
  } else if (live == 0 && in_.capacity() > 0) {
    shard_.buffers().give_back(std::exchange(in_, Buffer()));
  }
  if (live == 0 || begin_ > 0) {
    if (live > 0 && in_.size() > live) in_.drop_front(begin_);
    begin_ = 0;
  }
  if (live == 0) scanned_ = 0;
}

}  // namespace sqlxc::http
