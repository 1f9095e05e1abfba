#include <sqlxc/orm/problem.h>

#include <string_view>

#include <sqlxc/core/check.h>
#include <sqlxc/core/text.h>
#include <sqlxc/json/reader.h>

namespace sqlxc::orm {
namespace {

using json::Token;

// One of the objects that rest::of_violations writes.
Violation read_violation(json::Reader& reader) {
  Violation violation;
  while (reader.next() == Token::key) {
    const std::string key(reader.text());
    const Token token = reader.next();
    const std::string text(reader.text());
    if (key == "field") {
      if (token == Token::string) violation.fields.push_back(text);
    } else if (key == "fields") {
      violation.fields.clear();
      while (reader.next() == Token::string) violation.fields.emplace_back(reader.text());
    } else if (key == "rule") {
      violation.rule = text;
    } else if (key == "message") {
      violation.message = text;
    } else if (key == "sql") {
      violation.sql = text;
    } else if (key == "source") {
      violation.source = text;
    } else if (key == "row") {
      violation.row = parse_number<std::size_t>(text).value_or(0);
    }
  }
  return violation;
}

// `"violations":[...]`, among the members of a problem document.
std::vector<Violation> read_violations(std::string_view members) {
  const std::string json = '{' + std::string(members) + '}';
  std::vector<Violation> violations;
  json::Reader reader(json);
  SQLXC_CHECK(reader.next() == Token::begin_object);
  while (reader.next() == Token::key) {
    const bool is_list = reader.text() == "violations";
    reader.next();
    if (!is_list) {
      reader.raw();
      continue;
    }
    while (reader.next() == Token::begin_object) violations.push_back(read_violation(reader));
  }
  return violations;
}

}  // namespace

Error to_error(const http::Problem& problem) {
  return {.status = problem.status,
          .code = problem.code,
          .message = problem.message,
          .details = problem.details,
          .hint = problem.hint,
          .violations = read_violations(problem.members)};
}

}  // namespace sqlxc::orm
