#include <sqlxc/http/frames.h>

#include <algorithm>

#include <sqlxc/core/text.h>

namespace sqlxc::http {
namespace {

constexpr std::size_t kMaxControl = 125;

// Codes that a peer may send: those of the registry and the ranges of libraries and applications.
bool may_be_sent(unsigned code) {
  if (code >= 3000 && code <= 4999) return true;
  return code >= 1000 && code <= 1014 && code != 1004 && code != 1005 && code != 1006;
}

void unmask(char* bytes, std::size_t size, const std::array<unsigned char, 4>& mask,
            std::uint64_t phase) {
  for (std::size_t i = 0; i < size; ++i) {
    bytes[i] = static_cast<char>(static_cast<unsigned char>(bytes[i]) ^ mask[(phase + i) % 4]);
  }
}

}  // namespace

bool Utf8Check::take(std::string_view bytes) {
  for (const char c : bytes) {
    const auto byte = static_cast<std::uint8_t>(c);
    if (missing_ > 0) {
      if (byte < lowest_ || byte > highest_) return false;
      lowest_ = 0x80;
      highest_ = 0xBF;
      --missing_;
      continue;
    }
    if (byte < 0x80) continue;
    if (byte < 0xC2 || byte > 0xF4) return false;
    missing_ = byte < 0xE0 ? 1 : byte < 0xF0 ? 2 : 3;
    // No overlong forms, no surrogates, nothing beyond U+10FFFF (RFC 3629, section 4).
    if (byte == 0xE0) lowest_ = 0xA0;
    if (byte == 0xED) highest_ = 0x9F;
    if (byte == 0xF0) lowest_ = 0x90;
    if (byte == 0xF4) highest_ = 0x8F;
  }
  return true;
}

MessageReader::Kind MessageReader::refuse(CloseCode code) {
  code_ = code;
  return Kind::refused;
}

std::string_view MessageReader::payload() const {
  if (!is_message_done_) return {control_.data(), control_size_};
  return message_;
}

// False if more bytes are needed or the frame is refused, which code_ tells apart.
bool MessageReader::read_header(const unsigned char* bytes, std::size_t size, std::size_t& at) {
  const std::size_t available = size - at;
  if (available < 2) return false;
  const unsigned char* header = bytes + at;
  const bool is_masked = (header[1] & 0x80) != 0;
  std::uint64_t length = header[1] & 0x7F;
  const std::size_t extra = length == 126 ? 2 : length == 127 ? 8 : 0;
  if (!is_masked) {
    code_ = CloseCode::protocol_error;
    return false;
  }
  if (available < 2 + extra + 4) return false;
  if (extra > 0) {
    length = 0;
    for (std::size_t i = 0; i < extra; ++i) length = length << 8 | header[2 + i];
    // The shortest form is a must, and the highest bit of a length is not used.
    if (length < (extra == 2 ? 126U : 65536U) || length >> 63 != 0) {
      code_ = CloseCode::protocol_error;
      return false;
    }
  }
  if (!begin_frame(header[0], length)) return false;
  std::copy_n(header + 2 + extra, 4, mask_.begin());
  at += 2 + extra + 4;
  return true;
}

bool MessageReader::begin_frame(std::uint8_t first, std::uint64_t length) {
  const unsigned opcode = first & 0x0FU;
  is_final_ = (first & 0x80) != 0;
  opcode_ = static_cast<Opcode>(opcode);
  const bool is_known = opcode <= 2 || (opcode >= 8 && opcode <= 10);
  bool is_right = is_known && (first & 0x70) == 0;  // no extension has been agreed upon
  if (is_right && is_control()) {
    is_right = is_final_ && length <= kMaxControl;
    control_size_ = 0;
  } else if (is_right) {
    is_right = (opcode_ == Opcode::continuation) == is_in_message_;
    if (is_right && !is_in_message_) {
      message_opcode_ = opcode_;
      message_.clear();
      utf8_ = {};
    }
  }
  if (!is_right) {
    code_ = CloseCode::protocol_error;
    return false;
  }
  if (!is_control() && length > max_message_ - message_.size()) {
    code_ = CloseCode::too_large;
    return false;
  }
  read_ = 0;
  length_ = length;
  is_in_frame_ = true;
  return true;
}

MessageReader::Kind MessageReader::read(char* data, std::size_t size, std::size_t& at) {
  if (is_message_done_) {
    is_message_done_ = false;
    message_ = std::string();  // an idle connection holds none
  }
  for (;;) {
    if (!is_in_frame_) {
      code_ = CloseCode::none;
      if (!read_header(reinterpret_cast<const unsigned char*>(data), size, at)) {
        return code_ == CloseCode::none ? Kind::incomplete : Kind::refused;
      }
    }
    const auto count =
        static_cast<std::size_t>(std::min<std::uint64_t>(size - at, length_ - read_));
    unmask(data + at, count, mask_, read_);
    const std::string_view piece(data + at, count);
    at += count;
    read_ += count;
    if (is_control()) {
      std::copy(piece.begin(), piece.end(), control_.begin() + control_size_);
      control_size_ = static_cast<std::uint8_t>(control_size_ + count);
    } else {
      if (message_opcode_ == Opcode::text && !utf8_.take(piece)) {
        return refuse(CloseCode::not_utf8);
      }
      message_ += piece;
    }
    if (read_ < length_) return Kind::incomplete;
    is_in_frame_ = false;
    const Kind kind = end_frame();
    if (kind != Kind::incomplete) return kind;
  }
}

MessageReader::Kind MessageReader::end_frame() {
  switch (opcode_) {
    case Opcode::close:
      return end_close();
    case Opcode::ping:
      return Kind::ping;
    case Opcode::pong:
      return Kind::pong;
    case Opcode::continuation:
    case Opcode::text:
    case Opcode::binary:
      break;
  }
  is_in_message_ = !is_final_;
  if (!is_final_) return Kind::incomplete;
  const bool is_text = message_opcode_ == Opcode::text;
  if (is_text && !utf8_.is_complete()) return refuse(CloseCode::not_utf8);
  is_message_done_ = true;
  return is_text ? Kind::text : Kind::binary;
}

MessageReader::Kind MessageReader::end_close() {
  code_ = CloseCode::none;
  if (control_size_ == 0) return Kind::close;
  const auto byte = [this](std::size_t i) { return static_cast<unsigned char>(control_[i]); };
  const unsigned code = control_size_ < 2 ? 0U : byte(0) * 256U + byte(1);
  if (!may_be_sent(code)) return refuse(CloseCode::protocol_error);
  if (!is_utf8(payload().substr(2))) return refuse(CloseCode::not_utf8);
  code_ = static_cast<CloseCode>(code);
  return Kind::close;
}

void append_frame_header(std::string& out, Opcode opcode, std::uint64_t size) {
  out += static_cast<char>(0x80 | static_cast<unsigned>(opcode));
  const int bytes = size <= kMaxControl ? 0 : size <= 0xFFFF ? 2 : 8;
  out += bytes == 0 ? static_cast<char>(size) : static_cast<char>(bytes == 2 ? 126 : 127);
  for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) {
    out += static_cast<char>(size >> shift & 0xFF);
  }
}

void append_close_frame(std::string& out, CloseCode code, std::string_view reason) {
  reason = reason.substr(0, kMaxControl - 2);
  while (!is_utf8(reason)) reason.remove_suffix(1);
  append_frame_header(out, Opcode::close, 2 + reason.size());
  const auto number = static_cast<unsigned>(code);
  out += static_cast<char>(number >> 8);
  out += static_cast<char>(number & 0xFF);
  out += reason;
}

}  // namespace sqlxc::http
