#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <sqlxc/orm/condition.h>
#include <sqlxc/orm/json.h>
#include <sqlxc/query/query.h>

namespace sqlxc::orm {

/// A column of a table and the type of its values, to ask and to sort by.
template <typename Table, typename T>
struct Column {
  query::FieldIndex field = 0;

  Condition<Table> operator==(const T& value) const { return compare(Comparison::eq, value); }
  Condition<Table> operator!=(const T& value) const { return compare(Comparison::neq, value); }
  Condition<Table> operator<(const T& value) const { return compare(Comparison::lt, value); }
  Condition<Table> operator<=(const T& value) const { return compare(Comparison::lte, value); }
  Condition<Table> operator>(const T& value) const { return compare(Comparison::gt, value); }
  Condition<Table> operator>=(const T& value) const { return compare(Comparison::gte, value); }

  Condition<Table> in(const std::vector<T>& values) const { return among(values, false); }
  Condition<Table> not_in(const std::vector<T>& values) const { return among(values, true); }

  Condition<Table> is_null() const { return null_test(false); }
  Condition<Table> is_not_null() const { return null_test(true); }

  /// `%` is any text, `_` any letter, `\` takes the meaning from either.
  Condition<Table> like(std::string_view pattern) const { return match(Comparison::like, pattern); }
  /// The same in any case.
  Condition<Table> ilike(std::string_view pattern) const {
    return match(Comparison::ilike, pattern);
  }
  /// A regular expression, as PostgreSQL reads it.
  Condition<Table> matches(std::string_view pattern) const {
    return match(Comparison::match, pattern);
  }
  Condition<Table> imatches(std::string_view pattern) const {
    return match(Comparison::imatch, pattern);
  }

  Order<Table> asc() const { return Order<Table>({.field = field}); }
  Order<Table> desc() const { return Order<Table>({.field = field, .descending = true}); }

 private:
  using Comparison = query::Comparison;

  query::Filter filter(Comparison comparison, bool is_negated = false) const {
    return {.kind = query::Filter::Kind::compare,
            .is_negated = is_negated,
            .field = field,
            .comparison = comparison};
  }
  static value::Value json_of(const T& value) {
    std::string json;
    append_json(json, value);
    return value::Value::of_text(std::move(json));
  }
  Condition<Table> compare(Comparison comparison, const T& value) const {
    query::Filter made = filter(comparison);
    made.values.push_back(json_of(value));
    return Condition<Table>(std::move(made));
  }
  Condition<Table> among(const std::vector<T>& values, bool is_negated) const {
    query::Filter made = filter(Comparison::in, is_negated);
    for (const T& value : values) made.values.push_back(json_of(value));
    return Condition<Table>(std::move(made));
  }
  Condition<Table> null_test(bool is_negated) const {
    return Condition<Table>(filter(Comparison::is_null, is_negated));
  }
  Condition<Table> match(Comparison comparison, std::string_view pattern) const {
    query::Filter made = filter(comparison);
    made.values.push_back(value::Value::of_text(std::string(pattern)));
    return Condition<Table>(std::move(made));
  }
};

}  // namespace sqlxc::orm
