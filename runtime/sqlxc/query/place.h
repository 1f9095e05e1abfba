#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

#include <sqlxc/query/postgres_value.h>
#include <sqlxc/query/sql.h>
#include <sqlxc/value/value.h>

// Places for values that are not known when a statement is printed: a place goes through the query
// and the printer as a value would, and turns up among the binds. No request has one: a value that
// is absent is never bound in a read.
namespace sqlxc::query {

inline value::Value place(std::size_t number) {
  return {.kind = value::Kind::absent, .integer = static_cast<std::int64_t>(number) + 1};
}

/// The number of the place that `bind` is.
inline std::optional<std::size_t> number_of_place(const value::Value& bind) {
  if (!bind.is_absent() || bind.integer == 0) return std::nullopt;
  return static_cast<std::size_t>(bind.integer - 1);
}

/// What is bound where a column is compared with `value`: what SqlPrinter makes of it.
inline value::Value bind_of(const value::Value& value, const Field& field, Dialect dialect) {
  const bool is_plain = dialect != Dialect::postgres || !field.pg_from_text.empty();
  return is_plain ? value : postgres_value(value, field);
}

}  // namespace sqlxc::query
