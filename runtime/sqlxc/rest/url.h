#pragma once

#include <expected>
#include <string>
#include <string_view>
#include <vector>

#include <sqlxc/http/problem.h>

// The parts of a request's target, decoded and known to be text: valid UTF-8 without U+0000.
namespace sqlxc::rest {

struct Parameter {
  std::string name;
  std::string value;
};

/// The parameters of a query string in their order (application/x-www-form-urlencoded).
std::expected<std::vector<Parameter>, http::Problem> parse_query_string(std::string_view text);

/// Decodes one segment of a path.
std::expected<std::string, http::Problem> decode_segment(std::string_view segment);

}  // namespace sqlxc::rest
