#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

// A request as the reader found it: views into the connection's buffer, valid until the exchange is
// finished.
namespace sqlxc::http {

enum class Method : std::uint8_t { get, head, post, put, patch, del, options };

/// "GET".
std::string_view name_of(Method method);

struct Header {
  std::string_view name;   // as it was sent; compare without case
  std::string_view value;  // without surrounding spaces
};

struct Request {
  Method method = Method::get;
  bool is_http_1_0 = false;
  bool keep_alive = true;
  std::string_view target;  // path and query as they were sent, without scheme, host and fragment
  std::string_view
      path;  // starts with `/` (or is `*`); percent-encoded, so that %2F is no separator
  std::string_view query;  // after the `?`, percent-encoded; empty where there is none
  std::span<const Header> headers;
  std::string_view body;  // whole, chunks joined

  /// The value of the first header of that name (any case), if there is one.
  std::optional<std::string_view> header(std::string_view name) const;
  /// The media type of the body in the client's spelling, without parameters; empty where none is
  /// named.
  std::string_view content_type() const;
};

}  // namespace sqlxc::http
