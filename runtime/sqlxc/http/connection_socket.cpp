#include <algorithm>
#include <exception>
#include <utility>

#include <sqlxc/core/check.h>
#include <sqlxc/http/connection.h>
#include <sqlxc/http/shard.h>
#include <sqlxc/http/websocket.h>

// The half of a connection that has become a WebSocket.
namespace sqlxc::http {
namespace {

constexpr std::size_t kCompactAt = 64 * 1024;

}  // namespace

WebSocket::WebSocket(Connection& connection, const SocketOptions& options,
                     std::unique_ptr<SocketHandler> handler)
    : connection_(connection),
      options_(options),
      handler_(std::move(handler)),
      reader_(options.max_message) {}

net::Loop& WebSocket::loop() const { return connection_.shard().loop(); }

void WebSocket::send(std::initializer_list<std::string_view> pieces) {
  if (is_closing_) return;
  std::size_t size = 0;
  for (const std::string_view piece : pieces) size += piece.size();
  if (connection_.untaken() > options_.max_buffered) {
    return close(CloseCode::try_again, "messages come faster than they are read");
  }
  std::string& out = connection_.begin_message();
  append_frame_header(out, Opcode::text, size);
  for (const std::string_view piece : pieces) out += piece;
  connection_.end_message();
}

void WebSocket::close(CloseCode code, std::string_view reason) {
  if (is_closing_) return;
  is_closing_ = true;
  append_close_frame(connection_.begin_message(), code, reason);
  connection_.end_message();
}

bool WebSocket::is_congested() {
  if (is_closing_ || !connection_.is_socket_blocked()) return false;
  waits_for_drain_ = true;
  return true;
}

void Connection::upgrade(Slot& slot, std::string_view accept_key, const SocketOptions& options,
                         std::unique_ptr<SocketHandler> handler) {
  SQLXC_CHECK(&slot == slot_.get());
  take_output();
  out_ += "HTTP/1.1 101 Switching Protocols\r\n";
  out_ += shard_.date_line();
  out_ += "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ";
  out_ += accept_key;
  out_ += "\r\n";
  out_ += slot.response_.headers;
  out_ += "\r\n";
  slot.response_.status = 101;
  end_exchange(0);
  socket_ = std::make_unique<WebSocket>(*this, options, std::move(handler));
  socket_->handler_->on_open(*socket_);
  if (shard_.is_draining()) socket_->close(CloseCode::going_away, "the service stops");
}

std::string& Connection::begin_message() {
  if (out_at_ > kCompactAt && out_at_ > out_.size() / 2) {
    out_.erase(0, out_at_);
    out_at_ = 0;
  }
  take_output();
  return out_;
}

void Connection::end_message() {
  if (!is_running_ && is_open()) shard_.schedule(*this);
}

// Handles one message at most; false if it takes more bytes to go on.
bool Connection::serve_socket() {
  if (begin_ == in_.size()) return false;
  socket_->is_silent_ = false;
  const MessageReader::Kind kind = socket_->reader_.read(in_.data(), in_.size(), begin_);
  if (kind == MessageReader::Kind::incomplete) return false;
  try {
    take_message(kind);
  } catch (const std::exception&) {
    socket_->close(CloseCode::failure, "the message could not be handled");
  }
  return true;
}

void Connection::take_message(MessageReader::Kind kind) {
  WebSocket& socket = *socket_;
  switch (kind) {
    case MessageReader::Kind::incomplete:
    case MessageReader::Kind::pong:
      return;
    case MessageReader::Kind::text:
      if (!socket.is_closing_) socket.handler_->on_text(socket.reader_.payload());
      return;
    case MessageReader::Kind::binary:
      return socket.close(CloseCode::not_understood, "messages are text");
    case MessageReader::Kind::ping:
      // A client that does not read its pongs gets no further ones.
      if (socket.is_closing_ || is_socket_blocked()) return;
      append_frame_header(begin_message(), Opcode::pong, socket.reader_.payload().size());
      out_ += socket.reader_.payload();
      return;
    case MessageReader::Kind::close:
      if (!socket.is_closing_) {
        const CloseCode code = socket.reader_.close_code();
        socket.close(code == CloseCode::none ? CloseCode::normal : code, {});
      }
      tell_closed(socket.reader_.close_code());
      closes_ = true;
      return;
    case MessageReader::Kind::refused:
      socket.close(socket.reader_.refusal(), {});
      tell_closed(socket.reader_.refusal());
      closes_ = true;
      return;
  }
}

// What a socket without output waits for: its client, and at the end for its close frame.
void Connection::settle_socket() {
  if (is_half_closed_) return close();
  release_input();
  if (socket_->waits_for_drain_) {
    socket_->waits_for_drain_ = false;
    socket_->handler_->on_drained();
    if (!is_open()) return;
  }
  set_phase(socket_->is_closing_ ? Phase::closing : Phase::socket, false);
}

void Connection::on_socket_timeout() {
  if (socket_->is_silent_) return abort();
  socket_->is_silent_ = true;
  append_frame_header(begin_message(), Opcode::ping, 0);
  phase_ = Phase::none;
  run();
}

void Connection::tell_closed(CloseCode code) {
  if (std::exchange(socket_->is_told_, true)) return;
  socket_->is_closing_ = true;
  socket_->handler_->on_closed(code);
}

}  // namespace sqlxc::http
