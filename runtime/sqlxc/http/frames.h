#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

// The framing of WebSocket (RFC 6455, section 5) as values: bytes of a client become messages,
// messages become the bytes of a server. It opens no connection and knows no time; websocket.h
// does.
namespace sqlxc::http {

/// Why a connection ends (RFC 6455, section 7.4.1, and the registry that it founded).
enum class CloseCode : std::uint16_t {
  normal = 1000,
  going_away = 1001,
  protocol_error = 1002,
  not_understood = 1003,
  none = 1005,      // never sent: the peer gave no code
  abnormal = 1006,  // never sent: the connection broke
  not_utf8 = 1007,
  policy = 1008,
  too_large = 1009,
  failure = 1011,
  try_again = 1013,
};

enum class Opcode : std::uint8_t { continuation, text, binary, close = 8, ping = 9, pong = 10 };

/// Checks UTF-8 that comes in pieces, and says so at the first byte that cannot belong to it.
class Utf8Check {
 public:
  /// False if `bytes`, after what came before, are no UTF-8.
  bool take(std::string_view bytes);
  /// Whether no character is left half way.
  bool is_complete() const { return missing_ == 0; }

 private:
  std::uint8_t missing_ = 0;  // bytes of the character at hand
  std::uint8_t lowest_ = 0x80;
  std::uint8_t highest_ = 0xBF;  // of its next byte
};

/// Reads the frames of a client: masked, unmasked in place, joined. Memory follows the bytes that
/// have come, not what a header claims.
class MessageReader {
 public:
  enum class Kind : std::uint8_t { incomplete, text, binary, ping, pong, close, refused };

  explicit MessageReader(std::size_t max_message) : max_message_(max_message) {}

  /// Reads on at data[at], whose end is data[size], up to the end of one message or control frame.
  /// Bytes before `at` are done with; a header that is not whole is left where it is.
  Kind read(char* data, std::size_t size, std::size_t& at);
  /// Of the message or control frame that read() has found, until the next call.
  std::string_view payload() const;
  /// Of a close frame: what it says.
  CloseCode close_code() const { return code_; }
  /// Of what was refused: the code to close with.
  CloseCode refusal() const { return code_; }

 private:
  bool read_header(const unsigned char* bytes, std::size_t size, std::size_t& at);
  bool begin_frame(std::uint8_t first, std::uint64_t length);
  Kind end_frame();
  Kind end_close();
  Kind refuse(CloseCode code);
  bool is_control() const { return static_cast<std::uint8_t>(opcode_) >= 8; }

  std::size_t max_message_;
  std::string message_;
  std::array<char, 125> control_{};
  std::uint8_t control_size_ = 0;
  Opcode opcode_ = Opcode::continuation;  // of the frame at hand
  Opcode message_opcode_ = Opcode::text;  // of the message that it belongs to
  bool is_in_message_ = false;            // fragments have come, the last has not
  bool is_final_ = false;                 // the frame at hand ends its message
  bool is_in_frame_ = false;              // its header has been read
  bool is_message_done_ = false;          // and is what payload() shows
  std::array<unsigned char, 4> mask_{};
  std::uint64_t read_ = 0;    // of the frame's payload
  std::uint64_t length_ = 0;  // of it
  Utf8Check utf8_;
  CloseCode code_ = CloseCode::none;
};

/// Appends the header of a server's frame, whose payload of `size` bytes is to follow.
void append_frame_header(std::string& out, Opcode opcode, std::uint64_t size);
/// Appends a close frame; a reason is cut to what a control frame holds.
void append_close_frame(std::string& out, CloseCode code, std::string_view reason);

}  // namespace sqlxc::http
