#pragma once

#include <expected>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <sqlxc/http/problem.h>
#include <sqlxc/http/request.h>

// The body of POST /api/batch: writes that happen together or not at all, each as a request of its
// own would be.
namespace sqlxc::rest {

/// One of the writes, and the room for what its request points to.
struct BatchPart {
  http::Method method = http::Method::post;
  std::string target;  // below /api: "/posts?columns=title"
  std::string body;
  std::vector<std::pair<std::string, std::string>> header_texts;
  std::vector<http::Header> headers;  // views of header_texts

  /// The request that the part stands for; it points into the part.
  http::Request request() const;
};

/// Reads `[{"method": "POST", "path": "/posts", "body": {...}, "headers": {"Prefer": "..."}}]`.
std::expected<std::vector<BatchPart>, http::Problem> parse_batch(std::string_view text);

}  // namespace sqlxc::rest
