#pragma once

#include <cstddef>
#include <cstdint>

// What the queries of introspect_postgres_queries.cpp answer, for who makes a text of it.
namespace sqlxc::catalog {

enum class PostgresAnswer : std::uint8_t {
  schemas,
  extensions,
  enums,
  domains,
  domain_checks,
  composites,
  ranges,
  type_needs,
  sequences,
  tables,
  parents,
  columns,
  constraints,
  indexes,
  views,
  view_needs,
  functions,
  aggregates,
  casts,
  triggers,
  rules,
  policies,
  comments,
};

inline constexpr std::size_t kPostgresAnswers = 23;

}  // namespace sqlxc::catalog
