#pragma once

#include <cstdint>
#include <expected>
#include <vector>

#include <sqlxc/graph/names.h>
#include <sqlxc/graph/places.h>
#include <sqlxc/graphql/error.h>
#include <sqlxc/graphql/input.h>
#include <sqlxc/query/query.h>
#include <sqlxc/query/sql.h>

// The arguments that say which rows and in which order, as the query has them.
namespace sqlxc::graph {

template <typename Value>
using Read = std::expected<Value, graphql::Error>;

/// Whom the names are read for.
struct Scope {
  const Names& names;
  query::EntityIndex entity = 0;
  query::Dialect dialect = query::Dialect::sqlite;
  Places* places = nullptr;  // are left for values of variables

  const query::Entity& model() const { return names.model().entities[entity]; }
  Scope of(query::EntityIndex other) const { return {names, other, dialect, places}; }
};

/// `where`: a UserWhere, or null for all rows.
Read<query::Filter> read_where(const Scope& scope, const graphql::Input& where);

/// `orderBy`: a list of UserOrderBy, also by columns of rows that these rows refer to.
Read<void> read_order(const Scope& scope, const graphql::Input& order, query::Query& query);

/// A value that a field is to be equal to: of a key.
Read<value::Value> read_value(const Scope& scope, query::FieldIndex field,
                              const graphql::Input& input);

/// A part of the primary key that names a row, as REST reads it in a path.
Read<value::Value> read_key_part(const Scope& scope, query::FieldIndex field,
                                 const graphql::Input& input);

/// A value for a place that one of these has left, in the scope of the place's entity.
Read<value::Value> read_place(const Scope& scope, const Place& place, const graphql::Input& input);

/// A number of rows: `limit`, `first`. Negative ones are refused.
Read<std::int64_t> read_count(std::string_view name, const graphql::Input& input);

/// An enumeration's label by what GraphQL calls it; other values as text.
std::string text_of(const Scope& scope, query::FieldIndex field, const graphql::Input& input);

}  // namespace sqlxc::graph
