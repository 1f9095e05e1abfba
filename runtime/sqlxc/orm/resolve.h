#pragma once

#include <expected>
#include <string>
#include <string_view>
#include <vector>

#include <sqlxc/http/problem.h>
#include <sqlxc/query/query.h>
#include <sqlxc/query/sql.h>

// From what typed code asks to what the database is asked: values become those of their columns.
namespace sqlxc::orm {

using Resolved = std::expected<void, http::Problem>;

/// For whom the values are read.
struct Scope {
  const query::Model& model;
  query::Dialect dialect;
};

/// Gives the query all columns of its rows, their values and, where it names none, their order; in
/// embedded rows, too.
Resolved resolve(const Scope& scope, query::Query& query);

/// The values of a filter on rows of `entity`.
Resolved resolve(const Scope& scope, query::EntityIndex entity, query::Filter& filter);

/// The values of a primary key, given as JSON.
std::expected<std::vector<value::Value>, http::Problem> resolve_key(
    const Scope& scope, query::EntityIndex entity, const std::vector<std::string>& key);

}  // namespace sqlxc::orm
