#include <sqlxc/rest/parse_value.h>

#include <algorithm>
#include <utility>

#include <sqlxc/core/text.h>
#include <sqlxc/rest/problems.h>
#include <sqlxc/rules/regex.h>
#include <sqlxc/value/format.h>
#include <sqlxc/value/parse.h>
#include <sqlxc/value/pattern.h>

namespace sqlxc::rest {
namespace {

using http::Problem;
using query::Comparison;
using query::Field;
using query::Type;
using value::Value;

std::expected<Value, Problem> like_pattern(std::string_view text) {
  if (value::ends_in_escape(text)) {
    return std::unexpected(make_problem(400, "22025", "a pattern must not end with an escape",
                                        "write a backslash as two"));
  }
  std::string pattern(text);
  std::ranges::replace(pattern, '*', '%');
  return Value::of_text(std::move(pattern));
}

// SQLite has our regular expressions: what they do not take is said before a row is read.
std::expected<Value, Problem> regular_expression(std::string_view text, bool ignores_case) {
  if (rules::Regex(text, ignores_case).is_supported()) return Value::of_text(std::string(text));
  return std::unexpected(make_problem(400, "2201B",
                                      "the regular expression " + quoted(text) +
                                          " is malformed, too large, or has what SQLite's lack",
                                      "back references, look-around and word boundaries need "
                                      "PostgreSQL"));
}

// Types of which PostgreSQL reads more than we do: `today`, `[1,2)`, `{{1},{2}}`, `yes`.
bool is_read_by_postgres(Type type) {
  switch (type) {
    case Type::boolean:
    case Type::float32:
    case Type::float64:
    case Type::decimal:
    case Type::text:
    case Type::date:
    case Type::time:
    case Type::timetz:
    case Type::timestamp:
    case Type::timestamptz:
    case Type::interval:
    case Type::json:
    case Type::enumeration:
    case Type::array:
    case Type::other:
      return true;
    case Type::int16:
    case Type::int32:
    case Type::int64:
    case Type::uuid:
    case Type::bytes:  // base64, as in answers
      return false;
  }
  return false;
}

}  // namespace

std::expected<Value, Problem> parse_compared(const Field& field, Comparison comparison,
                                             std::string_view text, query::Dialect dialect) {
  if (comparison == Comparison::like || comparison == Comparison::ilike) {
    return like_pattern(text);
  }
  const bool is_postgres = dialect == query::Dialect::postgres;
  if (is_postgres && !field.pg_from_text.empty()) return Value::of_text(std::string(text));
  const bool is_regex = comparison == Comparison::match || comparison == Comparison::imatch;
  if (is_regex && !is_postgres) return regular_expression(text, comparison == Comparison::imatch);
  const bool is_text =
      is_regex || (comparison >= Comparison::full_text && comparison <= Comparison::full_text_web);
  if (is_text ||
      (is_postgres && (is_read_by_postgres(field.type) || comparison >= Comparison::contains))) {
    return Value::of_text(std::string(text));
  }
  // The column's bounds are of what it stores; comparing with a longer text is no mistake.
  Field compared = field;
  compared.max_length = 0;
  if (field.type == Type::decimal && value::is_small_decimal(field)) compared.type = Type::float64;
  auto parsed = value::parse_text(compared, text);
  if (!parsed) return std::unexpected(not_a_value(field, text, parsed.error()));
  return std::move(*parsed);
}

std::expected<std::vector<std::string>, Problem> split_array(std::string_view text) {
  const auto malformed = [&] {
    return std::unexpected(
        make_problem(400, "22P02", "the list " + quoted(text) + " is no array",
                     "write it as `{a,b}`, an element with a comma in double quotes"));
  };
  std::string_view left = trim(text);
  if (left.size() < 2 || left.front() != '{' || left.back() != '}') return malformed();
  left = left.substr(1, left.size() - 2);
  std::vector<std::string> elements;
  if (trim(left).empty()) return elements;
  while (true) {
    left = trim(left);
    std::string element;
    const bool is_quoted = left.starts_with('"');
    if (is_quoted) left.remove_prefix(1);
    bool is_closed = !is_quoted;
    while (!left.empty()) {
      char c = left.front();
      if (!is_quoted && c == ',') break;
      left.remove_prefix(1);
      if (is_quoted && c == '"') {
        is_closed = true;
        break;
      }
      if (c == '\\' && !left.empty()) {
        c = left.front();
        left.remove_prefix(1);
      }
      element += c;
    }
    if (!is_closed) return malformed();
    elements.push_back(is_quoted ? std::move(element) : std::string(trim(element)));
    left = trim(left);
    if (left.empty()) return elements;
    if (left.front() != ',') return malformed();
    left.remove_prefix(1);
  }
}

}  // namespace sqlxc::rest
