#pragma once

#include <sys/types.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include <sqlxc/http/buffer.h>
#include <sqlxc/http/chunks.h>
#include <sqlxc/http/slot.h>
#include <sqlxc/http/websocket.h>
#include <sqlxc/net/fd.h>
#include <sqlxc/net/loop.h>

// One client: reads requests, has them handled one after the other, writes the answers in that
// order. It never blocks: what the client does not take waits in `out_`, and nothing more is read
// or handled until it is gone. While it is idle it holds no buffers. A request may make it a
// WebSocket: then it reads messages instead.
namespace sqlxc::http {

class Shard;

class Connection final : public net::Source {
 public:
  Connection(Shard& shard, net::Fd fd);
  ~Connection() override;

  void on_ready(std::uint32_t events) override;
  /// Goes on after an exchange that finished outside of on_ready.
  void run();
  /// Of a shutdown: closes an idle connection, lets another one finish what it has begun.
  void drain();
  /// Closes at once; an exchange in flight is told.
  void abort();

  /// For Exchange.
  void finish(Slot& slot);
  void start_stream(Slot& slot);
  void resume(Slot& slot);
  void upgrade(Slot& slot, std::string_view accept_key, const SocketOptions& options,
               std::unique_ptr<SocketHandler> handler);

  /// For WebSocket: where its frames go, and that they are there.
  std::string& begin_message();
  void end_message();
  /// Bytes that the client has not taken.
  std::size_t untaken() const { return out_.size() - out_at_ + tail_.size() - tail_at_; }
  bool is_socket_blocked() const {
    return has_output() && (is_blocked_ || untaken() > kMuchUntaken);
  }

  Shard& shard() { return shard_; }

 private:
  friend class Shard;
  enum class Phase : std::uint8_t {
    none,
    idle,
    head,
    body,
    handling,
    writing,
    lingering,
    socket,
    closing
  };

  static constexpr std::size_t kMuchUntaken = 256 * 1024;

  bool is_open() const { return static_cast<bool>(fd_); }
  bool is_idle() const { return slot_ == nullptr && in_.size() == begin_ && !has_output(); }
  bool has_output() const { return out_at_ < out_.size() || tail_at_ < tail_.size(); }
  bool is_in_flight() const { return slot_ != nullptr && !is_reading_body_; }

  bool serve_buffered();
  bool begin_request();
  bool begin_body(std::size_t head_size);
  bool read_body();
  bool serve_socket();
  void take_message(MessageReader::Kind kind);
  void settle_socket();
  void on_socket_timeout();
  void tell_closed(CloseCode code);
  void dispatch(std::size_t body_begin);
  void refuse(const Refusal& refusal);
  std::size_t read_some();
  void make_room(std::size_t wanted);

  void take_output();
  void write_head(const Slot& slot, bool has_length);
  void end_exchange(std::uint64_t body_bytes);
  void release_slot();
  void pump();
  Pull pull_pieces();
  ssize_t send_some();
  bool flush();

  void settle();
  void set_phase(Phase phase, bool made_progress);
  void on_timeout();
  void on_half_closed();
  void close_gently();
  void discard_input();
  void close();
  void release_input();

  Shard& shard_;
  net::Fd fd_;
  std::unique_ptr<Slot> slot_;         // of the request that is being read or answered
  std::unique_ptr<WebSocket> socket_;  // once it has become one
  Buffer in_;
  std::size_t begin_ = 0;     // of the current request in in_
  std::size_t scanned_ = 0;   // bytes after begin_ that hold no complete head
  std::size_t raw_ = 0;       // of the body, after begin_: bytes before it have been decoded
  std::size_t body_end_ = 0;  // likewise: the end of what has been decoded
  std::size_t head_size_ = 0;
  ChunkReader chunks_;
  std::string out_;
  std::size_t out_at_ = 0;
  std::string tail_;  // a large body, sent after out_ without being copied
  std::size_t tail_at_ = 0;
  std::uint64_t streamed_ = 0;
  net::Timer timer_;
  std::size_t index_ = 0;     // in the shard's list
  std::size_t progress_ = 0;  // bytes of a body since its deadline was last moved
  Phase phase_ = Phase::none;
  bool is_reading_body_ = false;
  bool is_readable_ = false;     // until a read says otherwise: the events are edges
  bool is_half_closed_ = false;  // the client's side has ended
  bool saw_half_close_ = false;  // likewise, but bytes may still be unread
  bool is_blocked_ = false;      // the socket takes nothing more for now
  bool closes_ = false;          // after the output
  bool is_chunked_out_ = false;
  bool is_running_ = false;
  bool is_due_ = false;  // in the shard's list of connections to run
  bool wrote_ = false;   // since the phase was last set
};

}  // namespace sqlxc::http
