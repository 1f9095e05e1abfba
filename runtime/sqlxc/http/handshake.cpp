#include <array>
#include <bit>
#include <cstdint>

#include <sqlxc/core/text.h>
#include <sqlxc/http/websocket.h>

// The opening handshake of RFC 6455, section 4.2.
namespace sqlxc::http {
namespace {

constexpr std::string_view kGuid = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

using Words = std::array<std::uint32_t, 5>;

void take_block(Words& state, const unsigned char* block) {
  std::array<std::uint32_t, 80> words{};
  for (std::size_t i = 0; i < 16; ++i) {
    for (std::size_t j = 0; j < 4; ++j) words[i] = words[i] << 8 | block[4 * i + j];
  }
  for (std::size_t i = 16; i < 80; ++i) {
    words[i] = std::rotl(words[i - 3] ^ words[i - 8] ^ words[i - 14] ^ words[i - 16], 1);
  }
  auto [a, b, c, d, e] = state;
  for (std::size_t i = 0; i < 80; ++i) {
    const auto [f, constant] = i < 20   ? std::pair((b & c) | (~b & d), 0x5A827999U)
                               : i < 40 ? std::pair(b ^ c ^ d, 0x6ED9EBA1U)
                               : i < 60 ? std::pair((b & c) | (b & d) | (c & d), 0x8F1BBCDCU)
                                        : std::pair(b ^ c ^ d, 0xCA62C1D6U);
    const std::uint32_t next = std::rotl(a, 5) + f + e + constant + words[i];
    e = d;
    d = c;
    c = std::rotl(b, 30);
    b = a;
    a = next;
  }
  const Words mixed{a, b, c, d, e};
  for (std::size_t i = 0; i < 5; ++i) state[i] += mixed[i];
}

// SHA-1 (FIPS 180-4), which the handshake asks for; it keeps no secret.
std::string sha1(std::string text) {
  const std::uint64_t bits = 8 * text.size();
  text += '\x80';
  while (text.size() % 64 != 56) text += '\0';
  for (int shift = 56; shift >= 0; shift -= 8) text += static_cast<char>(bits >> shift & 0xFF);
  Words state{0x67452301, 0xEFCDAB89, 0x98BADCFE, 0x10325476, 0xC3D2E1F0};
  for (std::size_t at = 0; at < text.size(); at += 64) {
    take_block(state, reinterpret_cast<const unsigned char*>(text.data() + at));
  }
  std::string digest;
  for (const std::uint32_t word : state) {
    for (int shift = 24; shift >= 0; shift -= 8) digest += static_cast<char>(word >> shift & 0xFF);
  }
  return digest;
}

}  // namespace

bool has_token(std::string_view list, std::string_view token) {
  while (!list.empty()) {
    if (equals_ignoring_case(trim(split_off(list, ',')), token)) return true;
  }
  return false;
}

bool wants_socket(const Request& request) {
  return request.method == Method::get && !request.is_http_1_0 &&
         has_token(request.header("Upgrade").value_or(""), "websocket") &&
         has_token(request.header("Connection").value_or(""), "upgrade");
}

std::string accept_key_of(const Request& request) {
  const std::string_view key = request.header("Sec-WebSocket-Key").value_or("");
  const auto nonce = decode_base64(key);
  const bool is_right = wants_socket(request) && nonce && nonce->size() == 16 &&
                        request.header("Sec-WebSocket-Version") == "13" && request.body.empty();
  std::string accept;
  if (is_right) append_base64(accept, sha1(std::string(key) + std::string(kGuid)));
  return accept;
}

}  // namespace sqlxc::http
