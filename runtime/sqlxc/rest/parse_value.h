#pragma once

#include <expected>
#include <string>
#include <string_view>
#include <vector>

#include <sqlxc/http/problem.h>
#include <sqlxc/query/query.h>
#include <sqlxc/query/sql.h>

// Values of a URL, read as the type that they are compared with. SQLite compares what it stores, so
// values are brought to that form; PostgreSQL reads its own types, and says what is none of them.
namespace sqlxc::rest {

/// A value that `comparison` holds against `field`.
std::expected<value::Value, http::Problem> parse_compared(const query::Field& field,
                                                          query::Comparison comparison,
                                                          std::string_view text,
                                                          query::Dialect dialect);

/// The elements of PostgreSQL's array literal, `{a,"b,c"}`, as texts.
std::expected<std::vector<std::string>, http::Problem> split_array(std::string_view text);

}  // namespace sqlxc::rest
