#pragma once

#include <expected>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <sqlxc/http/problem.h>
#include <sqlxc/http/request.h>
#include <sqlxc/query/model.h>
#include <sqlxc/rest/backend.h>
#include <sqlxc/rest/media.h>

// Functions and named queries as endpoints: /api/rpc/{name}, its arguments from the query string of
// a GET or from the body of a POST. Which of several overloads is meant, the names of the arguments
// say.
namespace sqlxc::rest {

/// Reads what a request asks of the functions of that name in `schema` (empty: the default one).
std::expected<ReadTask, http::Problem> make_call(const query::Model& model,
                                                 const http::Request& request,
                                                 std::string_view name, std::string_view schema,
                                                 query::Dialect dialect);

/// What PostgREST lets functions know of the request, by current_setting(): request.method,
/// request.path, request.headers and request.cookies.
void add_request(const http::Request& request,
                 std::vector<std::pair<std::string, std::string>>& settings);

}  // namespace sqlxc::rest
