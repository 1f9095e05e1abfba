#include <sqlxc/http/connection.h>

#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <exception>
#include <utility>

#include <sqlxc/core/text.h>
#include <sqlxc/http/problem.h>
#include <sqlxc/http/shard.h>

// The half of a connection that reads requests and has them handled.
namespace sqlxc::http {
namespace {

constexpr std::size_t kReadBudget = 256 * 1024;  // a turn and connection, so that nobody starves
constexpr std::size_t kMinRoom = 4 * 1024;
constexpr std::size_t kFlushAt = 64 * 1024;

}  // namespace

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
  if (socket_) return serve_socket();
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
  if (refusal.status == 405) {
    slot_->response_.header("Allow", "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS");
  }
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

}  // namespace sqlxc::http
