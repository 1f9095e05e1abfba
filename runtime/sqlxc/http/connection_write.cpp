#include <sqlxc/http/connection.h>

#include <sys/socket.h>
#include <sys/uio.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <utility>

#include <sqlxc/core/check.h>
#include <sqlxc/core/text.h>
#include <sqlxc/http/shard.h>

// The half of a connection that writes answers, whole or as a stream.
namespace sqlxc::http {
namespace {

constexpr std::size_t kMinRoom = 4 * 1024;
constexpr std::size_t kPieceTarget = 32 * 1024;
constexpr std::size_t kStreamBudget = 512 * 1024;
constexpr std::size_t kUncopiedBody = 32 * 1024;

}  // namespace

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

}  // namespace sqlxc::http
