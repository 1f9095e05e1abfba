#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "tests/unit/http_test_server.h"

// A client's side of WebSocket, right or wrong.
namespace sqlxc::http {

/// A client's frame, masked.
inline std::string frame(unsigned first, std::string_view payload, int force_extra = -1) {
  std::string out(1, static_cast<char>(first));
  const int extra = force_extra >= 0           ? force_extra
                    : payload.size() <= 125    ? 0
                    : payload.size() <= 0xFFFF ? 2
                                               : 8;
  out += static_cast<char>(0x80 | (extra == 0 ? payload.size() : extra == 2 ? 126U : 127U));
  for (int shift = 8 * (extra - 1); shift >= 0; shift -= 8) {
    out += static_cast<char>(static_cast<std::uint64_t>(payload.size()) >> shift & 0xFF);
  }
  const std::string_view mask = "\x37\xfa\x21\x3d";
  out += mask;
  for (std::size_t i = 0; i < payload.size(); ++i) {
    out += static_cast<char>(payload[i] ^ mask[i % 4]);
  }
  return out;
}

/// Reads one frame of a server: its first byte and its payload.
inline std::pair<unsigned, std::string> receive_frame(TestClient& client) {
  const std::string head = client.receive_exactly(2);
  if (head.size() < 2) return {0, {}};
  std::size_t size = static_cast<unsigned char>(head[1]);
  if (size == 126 || size == 127) {
    const std::string length = client.receive_exactly(size == 126 ? 2 : 8);
    size = 0;
    for (const char c : length) size = size << 8 | static_cast<unsigned char>(c);
  }
  return {static_cast<unsigned char>(head[0]), client.receive_exactly(size)};
}

inline std::string close_payload(unsigned code, std::string_view reason) {
  return std::string{static_cast<char>(code >> 8), static_cast<char>(code & 0xFF)} +
         std::string(reason);
}

}  // namespace sqlxc::http
