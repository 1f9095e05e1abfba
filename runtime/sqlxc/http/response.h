#pragma once

#include <string>
#include <string_view>

// An answer while it is made. Status, media type and body stand apart because nearly every answer
// has them; the reader of HTTP's framing (Content-Length, Transfer-Encoding, Connection, Date) is
// the server alone.
namespace sqlxc::http {

struct Response {
  int status = 200;
  std::string_view content_type = "application/json";  // of static storage; empty: no such header
  std::string body;     // keeps its capacity from one exchange to the next: append, do not replace
  std::string headers;  // further lines "Name: value\r\n", best through header()

  /// Appends a header. A value is cut at its first CR, LF or NUL, so that no text can become a
  /// header of its own.
  void header(std::string_view name, std::string_view value);
  /// Makes it 200, JSON and empty again.
  void clear();
};

/// "Not Found" for 404; "Unknown" for what RFC 9110 and its kin do not name.
std::string_view reason_of(int status);

}  // namespace sqlxc::http
