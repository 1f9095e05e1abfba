#pragma once

#include <cstddef>
#include <expected>
#include <string_view>

#include <sqlxc/http/problem.h>
#include <sqlxc/query/query.h>
#include <sqlxc/query/sql.h>
#include <sqlxc/rest/parse_field.h>

// Filters in PostgREST's syntax: `age=gte.18`, `or=(age.lt.18,not.and(name.like.A*,id.in.(1,2)))`.
namespace sqlxc::rest {

/// How much one request may ask; shared by all its filters.
struct FilterBudget {
  std::size_t conditions = 200;
  std::size_t values = 5000;  // of lists
};

/// What a filter is about: the rows of a query, whose relations it may name, and the database that
/// will compare.
struct FilterScope {
  const query::Model& model;
  const query::Query& query;
  query::Dialect dialect = query::Dialect::sqlite;

  const query::Entity& entity() const { return model.entities[query.entity]; }
};

/// The value of a parameter named after a column or an embedded relation: `not.in.(1,2)`.
std::expected<query::Filter, http::Problem> parse_condition(const FilterScope& scope,
                                                            const FieldName& field,
                                                            std::string_view text,
                                                            FilterBudget& budget);

/// The value of `and=` or `or=` (`kind`), negated for `not.and=` and `not.or=`.
std::expected<query::Filter, http::Problem> parse_logic(const FilterScope& scope,
                                                        query::Filter::Kind kind, bool is_negated,
                                                        std::string_view text,
                                                        FilterBudget& budget);

/// The place in Query::embeds of the relation that a request calls `name`, by its key or its own
/// name; Item::kNoEmbed if none is.
std::size_t find_embed(const query::Model& model, const query::Query& query, std::string_view name);

}  // namespace sqlxc::rest
