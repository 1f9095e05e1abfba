#include <sqlxc/rest/parse_call.h>

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include <sqlxc/query/postgres_value.h>
#include <sqlxc/rest/parse_filter.h>
#include <sqlxc/rest/parse_value.h>

namespace sqlxc::rest {
namespace {

using query::Function;

constexpr std::array<std::string_view, 9> kWords = {
    "select", "order", "limit", "offset", "and", "or", "after", "columns", "on_conflict"};

bool has_parameter(const Function& function, std::string_view name) {
  return std::ranges::any_of(function.parameters, [&](const query::Parameter& parameter) {
    return parameter.field.name == name;
  });
}

bool is_word(std::string_view name) {
  const std::size_t dot = name.rfind('.');
  const std::string_view last = dot == name.npos ? name : name.substr(dot + 1);
  return std::ranges::find(kWords, last) != kWords.end();
}

}  // namespace

CallParameters split_call(std::span<const Function> overloads,
                          std::span<const Parameter> parameters) {
  CallParameters split;
  for (const Parameter& parameter : parameters) {
    const bool is_named = std::ranges::any_of(overloads, [&](const Function& function) {
      return has_parameter(function, parameter.name);
    });
    const bool is_argument =
        is_named || (!is_word(parameter.name) && !is_condition(parameter.value));
    (is_argument ? split.arguments : split.rest).push_back(parameter);
  }
  return split;
}

std::expected<std::vector<value::Value>, http::Problem> parse_arguments(
    const Function& function, std::span<const Parameter> arguments, query::Dialect dialect) {
  std::vector<value::Value> values(function.parameters.size());
  for (std::size_t i = 0; i < values.size(); ++i) {
    const query::Parameter& parameter = function.parameters[i];
    query::Field field = parameter.field;
    if (parameter.is_variadic) field.type = field.element;
    std::vector<value::Value> given;
    for (const Parameter& argument : arguments) {
      if (argument.name != field.name) continue;
      auto value = parse_compared(field, query::Comparison::eq, argument.value, dialect);
      if (!value) return std::unexpected(std::move(value.error()));
      if (!parameter.is_variadic) given.clear();
      given.push_back(std::move(*value));
    }
    if (given.empty()) continue;
    values[i] = parameter.is_variadic ? value::Value::of_text(query::array_literal(given, field))
                                      : std::move(given.back());
  }
  return values;
}

}  // namespace sqlxc::rest
