#include <sqlxc/http/problem.h>

#include <sqlxc/core/text.h>
#include <sqlxc/json/writer.h>

namespace sqlxc::http {
namespace {

void append_member(std::string& out, std::string_view name, std::string_view value) {
  out += ",\"";
  out += name;
  out += "\":";
  // It may repeat what a client sent, of which not all is UTF-8.
  json::append_string(out, value);
}

void append_nullable_member(std::string& out, std::string_view name, std::string_view value) {
  if (!value.empty()) return append_member(out, name, value);
  out += ",\"";
  out += name;
  out += "\":null";
}

void append_problem(std::string& out, const Problem& problem) {
  out += R"({"type":"about:blank")";
  append_member(out, "title", reason_of(problem.status));
  out += R"(,"status":)";
  append_number(out, problem.status);
  if (!problem.message.empty()) append_member(out, "detail", problem.message);
  if (!problem.code.empty()) append_member(out, "code", problem.code);
  if (!problem.message.empty()) append_member(out, "message", problem.message);
  append_nullable_member(out, "details", problem.details);
  append_nullable_member(out, "hint", problem.hint);
  if (!problem.members.empty()) {
    out += ',';
    out += problem.members;
  }
  out += '}';
}

}  // namespace

std::string to_json(const Problem& problem) {
  std::string out;
  append_problem(out, problem);
  return out;
}

void set_problem(Response& response, const Problem& problem) {
  response.status = problem.status;
  response.content_type = "application/problem+json";
  response.body.clear();
  append_problem(response.body, problem);
}

}  // namespace sqlxc::http
