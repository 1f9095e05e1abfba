#include <sqlxc/http/connection.h>

#include <sys/socket.h>
#include <sys/uio.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <exception>
#include <utility>

#include <sqlxc/core/check.h>
#include <sqlxc/core/text.h>
#include <sqlxc/http/problem.h>
#include <sqlxc/http/shard.h>

namespace sqlxc::http {
namespace {

constexpr std::size_t kReadBudget = 256 * 1024;  // a turn and connection, so that nobody starves
constexpr std::size_t kMinRoom = 4 * 1024;
constexpr std::size_t kFlushAt = 64 * 1024;
constexpr std::size_t kPieceTarget = 32 * 1024;
constexpr std::size_t kStreamBudget = 512 * 1024;
constexpr std::size_t kUncopiedBody = 32 * 1024;
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

// --- Reading -----------------------------------------------------------------------------------

void Connection::run() {
  if (!is_open() || is_running_) return;
  is_running_ = true;
  std::size_t budget = kReadBudget;
  while (is_open()) {
    if (phase_ == Phase::lingering) {
      discard_input();
      break;
    }
    if (slot_ && slot_->state_ == Exchange::State::streaming) pump();
    if (!is_open() || is_in_flight() || closes_) break;
    if (out_.size() - out_at_ >= kFlushAt || tail_at_ < tail_.size()) {
      if (!flush() || is_blocked_) break;
    }
    if (serve_buffered()) continue;
    if (!is_readable_ || closes_) break;
    if (budget == 0) {
      shard_.schedule(*this);
      break;
    }
    const std::size_t got = read_some();
    if (got == 0) break;
    budget -= std::min(budget, got);
  }
  is_running_ = false;
  if (is_open()) settle();
}

// Handles what the buffer holds, one request at most; false if it takes more bytes to go on.
bool Connection::serve_buffered() {
  if (is_reading_body_) return read_body();
  while (begin_ < in_.size() && in_.data()[begin_] == '\r') {
    if (in_.size() - begin_ < 2 || in_.data()[begin_ + 1] != '\n') break;
    begin_ += 2;
    scanned_ = 0;
  }
  if (begin_ == in_.size()) {
    release_input();
    return false;
  }
  return begin_request();
}

bool Connection::begin_request() {
  const std::string_view bytes(in_.data() + begin_, in_.size() - begin_);
  // A head that comes byte by byte is not read again from its start for each.
  const bool is_worth_it = scanned_ == 0 || bytes.size() > shard_.options().max_target ||
                           bytes.find('\n', scanned_) != std::string_view::npos;
  scanned_ = bytes.size();
  if (!is_worth_it || bytes == "\r") return false;
  slot_ = shard_.take_slot();
  slot_->connection_ = this;
  const HeadOutcome outcome =
      parse_head(bytes, {shard_.options().max_target, shard_.options().max_head}, slot_->head);
  switch (outcome.kind) {
    case HeadOutcome::Kind::incomplete:
      shard_.give_back(std::move(slot_));
      return false;
    case HeadOutcome::Kind::refused:
      refuse(outcome.refusal);
      return true;
    case HeadOutcome::Kind::complete:
      break;
  }
  scanned_ = 0;
  phase_ = Phase::none;  // the deadline was this head's
  return begin_body(outcome.size);
}

bool Connection::begin_body(std::size_t head_size) {
  const Head& head = slot_->head;
  head_size_ = raw_ = body_end_ = head_size;
  if (head.content_length > shard_.options().max_body) {
    refuse({413, "the body is larger than this server takes"});
    return true;
  }
  if (!head.is_chunked && head.content_length == 0) {
    dispatch(head_size);
    return true;
  }
  is_reading_body_ = true;
  chunks_ = ChunkReader();
  progress_ = 0;
  if (head.expects_continue && in_.size() - begin_ == head_size) {
    take_output();
    out_ += "HTTP/1.1 100 Continue\r\n\r\n";
  }
  return read_body();
}

bool Connection::read_body() {
  const Head& head = slot_->head;
  const std::size_t available = in_.size() - begin_;
  if (!head.is_chunked) {
    const std::size_t end = head_size_ + static_cast<std::size_t>(head.content_length);
    if (available < end) return false;
    raw_ = body_end_ = end;
  } else {
    char* data = in_.data() + begin_;
    const ChunkReader::Kind kind = chunks_.read(data, raw_, available, body_end_);
    if (kind == ChunkReader::Kind::refused) {
      refuse(chunks_.refusal());
      return true;
    }
    if (body_end_ - head_size_ > shard_.options().max_body) {
      refuse({413, "the body is larger than this server takes"});
      return true;
    }
    // What follows the decoded bytes moves up, so that framing takes no room.
    if (raw_ > body_end_) std::memmove(data + body_end_, data + raw_, available - raw_);
    in_.set_size(in_.size() - (raw_ - body_end_));
    raw_ = body_end_;
    if (kind == ChunkReader::Kind::incomplete) return false;
  }
  is_reading_body_ = false;
  dispatch(head_size_);
  return true;
}

void Connection::dispatch(std::size_t body_begin) {
  slot_->set_request(std::string_view(in_.data() + begin_ + body_begin, body_end_ - body_begin));
  slot_->state_ = Exchange::State::handling;
  slot_->started_ = shard_.loop().now();
  std::string_view failure = "the request was not answered";
  try {
    shard_.handler().handle(*slot_);
  } catch (const std::exception& error) {
    failure = "the request could not be handled";
    if (slot_) shard_.handler().on_exception(*slot_, error.what());
  } catch (...) {
    failure = "the request could not be handled";
    if (slot_) shard_.handler().on_exception(*slot_, "not a std::exception");
  }
  if (!slot_ || slot_->state_ != Exchange::State::handling) return;
  slot_->response_.clear();
  slot_->response_.header("X-Request-Id", slot_->id());  // the log says the rest
  set_problem(slot_->response_, {.status = 500, .code = "SXH500", .message = std::string(failure)});
  slot_->finish();
}

void Connection::refuse(const Refusal& refusal) {
  if (!slot_) {
    slot_ = shard_.take_slot();
    slot_->connection_ = this;
    slot_->head.header_count = 0;
  }
  slot_->head.method = Method::get;
  slot_->head.is_http_1_0 = false;
  slot_->head.keep_alive = false;
  slot_->head.target = slot_->head.path = slot_->head.query = {};
  slot_->set_request({});
  slot_->response_.clear();
  std::string code = "SXH";
  append_number(code, refusal.status);
  set_problem(
      slot_->response_,
      {.status = refusal.status, .code = std::move(code), .message = std::string(refusal.message)});
  slot_->state_ = Exchange::State::handling;
  slot_->started_ = shard_.loop().now();
  is_reading_body_ = false;
  body_end_ = raw_ = in_.size() - begin_;
  closes_ = true;
  slot_->finish();
}

// Reads once; 0 if there is nothing to read now (or ever again).
std::size_t Connection::read_some() {
  std::size_t wanted = kMinRoom;
  if (is_reading_body_ && !slot_->head.is_chunked) {
    // Not at once what the client claims: memory follows bytes.
    const std::size_t missing =
        head_size_ + static_cast<std::size_t>(slot_->head.content_length) - (in_.size() - begin_);
    wanted = std::min(missing, std::max(kMinRoom, in_.size()));
  }
  make_room(wanted);
  const std::size_t room = in_.room();
  ssize_t got = 0;
  do {
    got = ::recv(fd_.get(), in_.end(), room, 0);
  } while (got < 0 && errno == EINTR);
  if (got < 0) {
    is_readable_ = false;
    if (errno != EAGAIN && errno != EWOULDBLOCK) abort();
    return 0;
  }
  const auto count = static_cast<std::size_t>(got);
  if (count < room) {
    // A stream socket that gives less than was asked for has no more; what comes later is a new
    // edge.
    is_readable_ = false;
    is_half_closed_ = saw_half_close_ || count == 0;
  }
  in_.set_size(in_.size() + count);
  progress_ += count;
  return count;
}

void Connection::make_room(std::size_t wanted) {
  if (in_.room() >= wanted) return;
  if (in_.capacity() == 0 && wanted <= BufferPool::kBufferSize) {
    in_ = shard_.buffers().take();
    return;
  }
  const std::size_t live = in_.size() - begin_;
  const char* from = in_.data() + begin_;
  Buffer old;
  if (begin_ > 0 && live + wanted <= in_.capacity()) {
    in_.drop_front(begin_);
  } else {
    const bool fits_pool = live + wanted <= BufferPool::kBufferSize;
    Buffer larger =
        fits_pool ? shard_.buffers().take() : Buffer(std::max(2 * in_.capacity(), live + wanted));
    larger.append(from, live);
    old = std::exchange(in_, std::move(larger));
  }
  if (slot_) slot_->rebase(from, in_.data());
  begin_ = 0;
  shard_.buffers().give_back(std::move(old));
}

// --- Answering ---------------------------------------------------------------------------------

// While it has nothing to say, a connection holds no room for it.
void Connection::take_output() {
  if (out_.empty() && out_.capacity() < kMinRoom) out_ = shard_.take_output();
}

void Connection::write_head(const Slot& slot, bool has_length) {
  const Response& response = slot.response_;
  const int status = response.status;
  if (status == 200) {
    out_ += "HTTP/1.1 200 OK\r\n";
  } else {
    out_ += "HTTP/1.1 ";
    append_number(out_, status);
    out_ += ' ';
    out_ += reason_of(status);
    out_ += "\r\n";
  }
  out_ += shard_.date_line();
  const bool has_body = status != 204 && status != 304;
  if (has_body && !response.content_type.empty()) {
    out_ += "Content-Type: ";
    out_ += response.content_type;
    out_ += "\r\n";
  }
  if (closes_) {
    out_ += "Connection: close\r\n";
  } else if (slot.request_.is_http_1_0) {
    out_ += "Connection: keep-alive\r\n";
  }
  out_ += response.headers;
  if (has_body && has_length) {
    out_ += "Content-Length: ";
    append_number(out_, response.body.size());
    out_ += "\r\n\r\n";
  } else if (has_body && !slot.request_.is_http_1_0) {
    out_ += "Transfer-Encoding: chunked\r\n\r\n";
  } else {
    out_ += "\r\n";
  }
}

void Connection::finish(Slot& slot) {
  SQLXC_CHECK(&slot == slot_.get());
  if (!is_open()) {
    release_slot();
    shard_.bury(*this);
    return;
  }
  if (!slot.request_.keep_alive || shard_.is_draining()) closes_ = true;
  take_output();
  write_head(slot, true);
  std::string& body = slot.response_.body;
  const bool sends_body = slot.request_.method != Method::head && slot.response_.status != 204 &&
                          slot.response_.status != 304;
  const std::size_t size = sends_body ? body.size() : 0;
  if (size > kUncopiedBody) {
    tail_ = std::move(body);
    tail_at_ = 0;
  } else if (size > 0) {
    out_ += body;
  }
  end_exchange(size);
}

void Connection::end_exchange(std::uint64_t body_bytes) {
  shard_.handler().on_finished({.exchange = *slot_,
                                .status = slot_->response_.status,
                                .body_bytes = body_bytes,
                                .socket = fd_.get()});
  begin_ += body_end_;
  body_end_ = raw_ = scanned_ = 0;
  release_slot();
  if (!is_running_) shard_.schedule(*this);
}

void Connection::release_slot() { shard_.give_back(std::move(slot_)); }

void Connection::start_stream(Slot& slot) {
  SQLXC_CHECK(&slot == slot_.get());
  if (!is_open()) {
    release_slot();
    shard_.bury(*this);
    return;
  }
  if (!slot.request_.keep_alive || shard_.is_draining()) closes_ = true;
  const bool has_body = slot.request_.method != Method::head && slot.response_.status != 204 &&
                        slot.response_.status != 304;
  is_chunked_out_ = !slot.request_.is_http_1_0;
  // Without chunks only the end of the connection can say where the body ends.
  if (!is_chunked_out_) closes_ = true;
  take_output();
  write_head(slot, false);
  streamed_ = 0;
  if (!has_body) {
    end_exchange(0);
  } else if (!is_running_) {
    shard_.schedule(*this);
  }
}

void Connection::resume(Slot& slot) {
  SQLXC_CHECK(&slot == slot_.get());
  slot.waits_for_resume_ = false;
  if (!is_open()) {
    release_slot();
    shard_.bury(*this);
  } else if (!is_running_) {
    shard_.schedule(*this);
  }
}

// Moves a streamed body on as far as producer, client and fairness let it.
void Connection::pump() {
  take_output();
  std::size_t budget = kStreamBudget;
  while (!is_blocked_ && !slot_->waits_for_resume_) {
    const std::size_t before = out_.size();
    const Pull pull = pull_pieces();
    const std::size_t made = out_.size() - before;
    if (pull == Pull::fail) {
      slot_->producer_ = nullptr;
      close();
      return;
    }
    if (pull == Pull::done) {
      if (is_chunked_out_) out_ += "0\r\n\r\n";
      end_exchange(streamed_);
      return;
    }
    if (!flush()) return;
    budget -= std::min(budget, made);
    if (budget == 0) {
      shard_.schedule(*this);
      return;
    }
  }
}

// Pulls until there is enough for a write.
Pull Connection::pull_pieces() {
  std::string& piece = slot_->response_.body;
  Pull pull = Pull::more;
  while (pull == Pull::more && out_.size() - out_at_ < kPieceTarget) {
    piece.clear();
    // Set before the call: the producer may resume within it.
    slot_->waits_for_resume_ = true;
    try {
      pull = slot_->producer_(piece);
    } catch (...) {
      pull = Pull::fail;
    }
    if (pull != Pull::wait) slot_->waits_for_resume_ = false;
    streamed_ += piece.size();
    if (piece.empty()) {
      // An empty chunk would end the body.
    } else if (is_chunked_out_) {
      char size[20];
      const auto end = std::to_chars(size, size + sizeof size, piece.size(), 16).ptr;
      out_.append(size, end);
      out_ += "\r\n";
      out_ += piece;
      out_ += "\r\n";
    } else {
      out_ += piece;
    }
    if (pull == Pull::wait && !slot_->waits_for_resume_) pull = Pull::more;
  }
  return pull;
}

// The plain call where one buffer is all: it is a tenth of a microsecond cheaper.
ssize_t Connection::send_some() {
  if (tail_at_ == tail_.size()) {
    return ::send(fd_.get(), out_.data() + out_at_, out_.size() - out_at_, MSG_NOSIGNAL);
  }
  iovec parts[2] = {{out_.data() + out_at_, out_.size() - out_at_},
                    {tail_.data() + tail_at_, tail_.size() - tail_at_}};
  msghdr message{};
  message.msg_iov = parts;
  message.msg_iovlen = 2;
  return ::sendmsg(fd_.get(), &message, MSG_NOSIGNAL);
}

// Writes what there is; false if the connection broke. Sets is_blocked_ if the client does not take
// it all.
bool Connection::flush() {
  while (has_output()) {
    const ssize_t sent = send_some();
    if (sent < 0) {
      if (errno == EINTR) continue;
      if (errno == EAGAIN || errno == EWOULDBLOCK) {
        is_blocked_ = true;
        return true;
      }
      abort();
      return false;
    }
    wrote_ = true;
    const std::size_t of_out = std::min(static_cast<std::size_t>(sent), out_.size() - out_at_);
    out_at_ += of_out;
    tail_at_ += static_cast<std::size_t>(sent) - of_out;
  }
  out_.clear();
  out_at_ = 0;
  if (tail_at_ > 0) {
    tail_ = std::string();
    tail_at_ = 0;
  }
  return true;
}

// --- Life --------------------------------------------------------------------------------------

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
      return timer_.arm(kLinger);
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
    case Phase::idle:
    case Phase::writing:
    case Phase::lingering:
      return abort();
  }
}

void Connection::drain() {
  is_readable_ = true;  // a request may have come in this very moment
  run();
  if (is_open() && is_idle()) close();
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
