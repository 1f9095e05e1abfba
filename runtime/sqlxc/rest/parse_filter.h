#pragma once

#include <cstddef>
#include <expected>
#include <string_view>

#include <sqlxc/http/problem.h>
#include <sqlxc/query/query.h>

// Filters in PostgREST's syntax: `age=gte.18`, `or=(age.lt.18,not.and(name.like.A*,id.in.(1,2)))`.
namespace sqlxc::rest {

/// How much one request may ask; shared by all its filters.
struct FilterBudget {
  std::size_t conditions = 200;
  std::size_t values = 5000;  // of lists
};

/// The value of a parameter named after a column: `not.in.(1,2)`.
std::expected<query::Filter, http::Problem> parse_condition(const query::Entity& entity,
                                                            query::FieldIndex field,
                                                            std::string_view text,
                                                            FilterBudget& budget);

/// The value of `and=` or `or=` (`kind`), negated for `not.and=` and `not.or=`.
std::expected<query::Filter, http::Problem> parse_logic(const query::Entity& entity,
                                                        query::Filter::Kind kind, bool is_negated,
                                                        std::string_view text,
                                                        FilterBudget& budget);

/// The index of a column by its name, or -1.
int find_field(const query::Entity& entity, std::string_view name);

}  // namespace sqlxc::rest
