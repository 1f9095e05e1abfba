#pragma once

#include <expected>
#include <span>

#include <sqlxc/http/problem.h>
#include <sqlxc/rest/parse_query.h>

// The parameters of /api/{table}/search: those of a list, and `q`.
namespace sqlxc::rest {

/// Reads the parameters of a search for rows of `entity`, which has an index for that.
std::expected<ParsedQuery, http::Problem> parse_search(const query::Model& model,
                                                       query::EntityIndex entity,
                                                       std::span<const Parameter> parameters,
                                                       query::Dialect dialect);

}  // namespace sqlxc::rest
