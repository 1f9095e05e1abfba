#include <sqlxc/graph/refusal.h>

#include <utility>

#include <sqlxc/core/text.h>
#include <sqlxc/json/writer.h>

namespace sqlxc::graph {
namespace {

// The word for programs; the words of Apollo where it has one.
std::string_view code_of(int status) {
  switch (status) {
    case 400:
      return graphql::kBadInput;
    case 404:
      return "NOT_FOUND";
    case 409:
      return "CONFLICT";
    case 412:
      return "PRECONDITION_FAILED";
    case 422:
      return "VALIDATION_FAILED";
    case 503:
    case 504:
      return "UNAVAILABLE";
    default:
      return status < 500 ? "BAD_USER_INPUT" : "INTERNAL_SERVER_ERROR";
  }
}

}  // namespace

graphql::Error bad_input(std::string message) {
  return {.message = std::move(message), .code = std::string(graphql::kBadInput)};
}

graphql::Error to_error(const http::Problem& problem) {
  graphql::Error error{.message = problem.message, .code = std::string(code_of(problem.status))};
  const auto add = [&](std::string_view name, std::string_view text) {
    if (text.empty()) return;
    if (!error.extensions.empty()) error.extensions += ',';
    json::append_string(error.extensions, name);
    error.extensions += ':';
    json::append_string(error.extensions, text);
  };
  error.extensions = "\"status\":";
  append_number(error.extensions, problem.status);
  add("reason", problem.code);
  add("details", problem.details);
  add("hint", problem.hint);
  if (!problem.members.empty()) error.extensions += ',' + problem.members;
  return error;
}

}  // namespace sqlxc::graph
