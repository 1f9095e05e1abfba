#pragma once

#include <expected>
#include <string_view>
#include <vector>

#include <sqlxc/http/problem.h>
#include <sqlxc/query/query.h>
#include <sqlxc/rest/parse_filter.h>

// `order=age.desc.nullslast,data->>a,author(name)`.
namespace sqlxc::rest {

/// Appends what the parameter says to `order`; a column that stands twice counts once.
std::expected<void, http::Problem> parse_order(const FilterScope& scope, std::string_view text,
                                               std::vector<query::Sort>& order);

/// What is said of a relation that the request names and does not embed.
http::Problem not_embedded(std::string_view name);

}  // namespace sqlxc::rest
