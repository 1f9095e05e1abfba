#include <sqlxc/graphql_http/negotiate.h>

#include <charconv>

#include <sqlxc/core/text.h>

namespace sqlxc::graphql_http {
namespace {

struct Range {
  std::string_view type;  // "text/html"
  double weight = 1;
};

// The next media range of an Accept header, which is passed over.
Range take_range(std::string_view& accept) {
  std::string_view text = split_off(accept, ',');
  Range range;
  range.type = trim(split_off(text, ';'));
  while (!text.empty()) {
    std::string_view parameter = trim(split_off(text, ';'));
    if (!equals_ignoring_case(trim(split_off(parameter, '=')), "q")) continue;
    const std::string_view value = trim(parameter);
    std::from_chars(value.data(), value.data() + value.size(), range.weight);
  }
  return range;
}

// How much `type` is wanted: by the most specific range that it is in.
double weight_of(std::string_view accept, std::string_view type) {
  double weight = 0;
  int best = 0;
  while (!accept.empty()) {
    const Range range = take_range(accept);
    const int specificity = equals_ignoring_case(range.type, type)              ? 3
                            : equals_ignoring_case(range.type, "application/*") ? 2
                            : range.type == "*/*"                               ? 1
                                                                                : 0;
    if (specificity <= best) continue;
    best = specificity;
    weight = range.weight;
  }
  return weight;
}

}  // namespace

std::string_view content_type_of(Form form) {
  return form == Form::json ? "application/json; charset=utf-8"
                            : "application/graphql-response+json; charset=utf-8";
}

std::optional<Form> negotiate(const http::Request& request) {
  const auto accept = request.header("Accept");
  if (!accept || trim(*accept).empty()) return Form::json;
  const double json = weight_of(*accept, "application/json");
  const double response = weight_of(*accept, "application/graphql-response+json");
  if (json <= 0 && response <= 0) return std::nullopt;
  if (json != response) return json > response ? Form::json : Form::response;
  // Equally welcome: what is named stands before what a star includes, and what is named first
  // before what follows.
  const std::size_t named = accept->find("application/graphql-response+json");
  return named != accept->npos && named < accept->find("application/json") ? Form::response
                                                                           : Form::json;
}

bool asks_for_page(const http::Request& request) {
  std::string_view accept = request.header("Accept").value_or("");
  while (!accept.empty()) {
    const Range range = take_range(accept);
    if (equals_ignoring_case(range.type, "text/html") && range.weight > 0) return true;
  }
  return false;
}

}  // namespace sqlxc::graphql_http
