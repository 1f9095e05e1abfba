#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include <sqlxc/http/request.h>

// The reader of a request's head (RFC 9112), strict: what two readers could take for two different
// messages is refused. A pure function over bytes; bodies are framed by http/chunks.h and the
// connection.
namespace sqlxc::http {

constexpr std::size_t kMaxHeaders = 100;

/// Why a request is refused, with the status that says so.
struct Refusal {
  int status = 0;  // 0: not refused
  std::string_view message;

  explicit operator bool() const { return status != 0; }
};

struct HeadLimits {
  std::size_t max_target = 16 * 1024;
  std::size_t max_head = 64 * 1024;
};

/// A request's head, as views into the bytes that it was read from.
struct Head {
  Method method = Method::get;
  bool is_http_1_0 = false;
  bool keep_alive = true;
  bool is_chunked = false;
  bool expects_continue = false;
  std::uint64_t content_length = 0;
  std::string_view target;
  std::string_view path;
  std::string_view query;
  std::size_t header_count = 0;
  std::array<Header, kMaxHeaders> headers;
};

/// What parse_head found at the beginning of its bytes.
struct HeadOutcome {
  enum class Kind : std::uint8_t { incomplete, complete, refused };
  Kind kind = Kind::incomplete;
  std::size_t size = 0;  // of a complete head with its empty line
  Refusal refusal;
};

/// Reads the head at the beginning of `bytes`, which starts with no empty line, into `head`.
HeadOutcome parse_head(std::string_view bytes, const HeadLimits& limits, Head& head);

/// Whether `line` (without CRLF) is a header line: name, colon, value; sets the two.
bool parse_header_line(std::string_view line, Header& header);

}  // namespace sqlxc::http
