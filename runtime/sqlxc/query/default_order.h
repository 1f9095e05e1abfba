#pragma once

#include <sqlxc/query/model.h>
#include <sqlxc/query/query.h>

namespace sqlxc::query {

/// Gives a query that names no order the one that the schema says of its rows.
void add_default_order(const Entity& entity, Query& query);

}  // namespace sqlxc::query
