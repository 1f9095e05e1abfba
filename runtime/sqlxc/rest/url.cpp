#include <sqlxc/rest/url.h>

#include <sqlxc/core/text.h>
#include <sqlxc/rest/problems.h>

namespace sqlxc::rest {
namespace {

using http::Problem;

constexpr std::size_t kMaxParameters = 500;

std::string escape_lone_signs(std::string_view text) {
  std::string escaped;
  for (std::size_t i = 0; i < text.size(); ++i) {
    escaped += text[i];
    if (text[i] != '%') continue;
    const bool has_digits =
        i + 2 < text.size() && hex_value(text[i + 1]) >= 0 && hex_value(text[i + 2]) >= 0;
    if (!has_digits) escaped += "25";
  }
  return escaped;
}

std::expected<std::string, Problem> decode(std::string_view text, bool plus_is_space) {
  std::string decoded;
  // A percent sign without digits stands for itself in a query, as the URL Standard reads it:
  // `like(any).{%a%}`.
  const bool is_read = percent_decode(text, plus_is_space, decoded) ||
                       (plus_is_space && percent_decode(escape_lone_signs(text), true, decoded));
  if (!is_read) {
    return std::unexpected(make_problem(400, "PGRST100",
                                        "a `%` in the URL is not followed by two digits",
                                        "write a percent sign as %25"));
  }
  if (!is_utf8(decoded)) {
    return std::unexpected(make_problem(400, "22021", "the URL is not UTF-8"));
  }
  if (decoded.find('\0') != std::string::npos) {
    return std::unexpected(make_problem(400, "22021", "the URL contains the character U+0000"));
  }
  return decoded;
}

}  // namespace

std::expected<std::vector<Parameter>, Problem> parse_query_string(std::string_view text) {
  std::vector<Parameter> parameters;
  while (!text.empty()) {
    std::string_view pair = split_off(text, '&');
    if (pair.empty()) continue;
    if (parameters.size() == kMaxParameters) {
      return std::unexpected(make_problem(400, "PGRST100", "the URL has more than 500 parameters"));
    }
    const std::string_view name = split_off(pair, '=');
    auto decoded_name = decode(name, true);
    if (!decoded_name) return std::unexpected(std::move(decoded_name.error()));
    auto value = decode(pair, true);
    if (!value) return std::unexpected(std::move(value.error()));
    parameters.push_back({.name = std::move(*decoded_name), .value = std::move(*value)});
  }
  return parameters;
}

std::expected<std::string, Problem> decode_segment(std::string_view segment) {
  return decode(segment, false);
}

}  // namespace sqlxc::rest
