#pragma once

#include <expected>
#include <string_view>

#include <sqlxc/http/problem.h>
#include <sqlxc/query/query.h>

// `select=`: `id,mail:email,age::text,posts(id,title,comments(*)),author!inner(name)`.
namespace sqlxc::rest {

/// Reads the parameter into `query`, whose entity is set: items and embeds.
std::expected<void, http::Problem> parse_select(const query::Model& model, std::string_view text,
                                                query::Query& query);

}  // namespace sqlxc::rest
