#include <sqlxc/rules/check.h>

#include <algorithm>

namespace sqlxc::rules {
namespace {

using value::Field;
using value::Value;

// The rule of the column itself that the proposal breaks, with its words; empty if none.
struct Broken {
  std::string_view rule;
  std::string_view message;
};

Broken check_presence(const Field& field, const Value& value, Write write) {
  if (field.generated && (value.has_value() || value.is_null())) {
    return {"generated", "only the database writes this column"};
  }
  const bool becomes_null =
      value.is_null() || (!field.has_default && !field.generated &&
                          (value.is_default() || (value.is_absent() && write == Write::insert)));
  if (becomes_null && !field.nullable) {
    return {"not_null", value.is_null() ? "null has no place here" : "a value is required"};
  }
  return {};
}

bool reads_any(const Rule& rule, std::span<const Value> values) {
  return std::any_of(rule.fields.begin(), rule.fields.end(),
                     [values](std::uint16_t field) { return !values[field].is_absent(); });
}

}  // namespace

void Violations::add(Violation violation) {
  ++count_;
  if (list_.size() < kMax) list_.push_back(std::move(violation));
}

void report(const Field& field, const value::ParseError& error, std::size_t row,
            Violations& violations) {
  violations.add({.fields = {field.name},
                  .rule = error.rule,
                  .message = error.message,
                  .sql = {},
                  .row = row});
}

void check(std::span<const Field> fields, std::span<const Rule> rules,
           std::span<const Value> values, Write write, std::size_t row, Violations& violations) {
  for (std::size_t i = 0; i < fields.size(); ++i) {
    const Broken broken = check_presence(fields[i], values[i], write);
    if (broken.rule.empty()) continue;
    violations.add({.fields = {fields[i].name},
                    .rule = broken.rule,
                    .message = std::string(broken.message),
                    .sql = {},
                    .row = row});
  }
  const bool is_insert = write == Write::insert;
  const Row proposed(values, is_insert ? fields : std::span<const Field>());
  for (const Rule& rule : rules) {
    if (rule.holds == nullptr || (!is_insert && !reads_any(rule, values))) continue;
    if (passes(rule.holds(proposed))) continue;
    Violation violation{.fields = {},
                        .rule = rule.name,
                        .message = "`" + std::string(rule.sql) + "` does not hold",
                        .sql = rule.sql,
                        .row = row};
    for (const std::uint16_t field : rule.fields) violation.fields.push_back(fields[field].name);
    violations.add(std::move(violation));
  }
}

}  // namespace sqlxc::rules
