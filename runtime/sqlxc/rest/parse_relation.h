#pragma once

#include <expected>
#include <string_view>

#include <sqlxc/http/problem.h>
#include <sqlxc/query/query.h>
#include <sqlxc/query/sql.h>

// Which relation `select` means: by its name, by its table, by a foreign key or its column, with a
// hint where several lead to one table.
namespace sqlxc::rest {

/// What a request says of a relation: `name!hint`.
struct RelationName {
  std::string_view name;
  std::string_view hint;  // a foreign key, its column or a junction; empty: none
};

/// The one relation of `entity` that is meant; 400 if there is none, 300 if there are several.
std::expected<query::RelationIndex, http::Problem> find_relation(const query::Model& model,
                                                                 const query::Entity& entity,
                                                                 const RelationName& wanted,
                                                                 query::Dialect dialect);

}  // namespace sqlxc::rest
