#pragma once

#include <expected>
#include <string_view>

#include <sqlxc/http/problem.h>
#include <sqlxc/query/query.h>
#include <sqlxc/query/sql.h>

// `select=`: `id,mail:email,data->a->>b,total:price.sum(),posts(id,comments(*)),...author(name)`.
namespace sqlxc::rest {

/// Reads the parameter into `query`, whose entity is set: items and embeds.
std::expected<void, http::Problem> parse_select(const query::Model& model, std::string_view text,
                                                query::Dialect dialect, query::Query& query);

}  // namespace sqlxc::rest
