#pragma once

#include <expected>
#include <string>
#include <string_view>

#include <sqlxc/graphql/error.h>
#include <sqlxc/http/problem.h>

// Why a root field has failed, as GraphQL says it: the same reasons as REST's problems.
namespace sqlxc::graph {

/// "Not what the type says" and other mistakes of the request.
graphql::Error bad_input(std::string message);

/// A problem of REST with its code, its SQLSTATE and the rules that were broken.
graphql::Error to_error(const http::Problem& problem);

}  // namespace sqlxc::graph
