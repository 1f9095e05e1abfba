#pragma once

#include <expected>
#include <span>
#include <string_view>
#include <vector>

#include <sqlxc/http/problem.h>
#include <sqlxc/query/query.h>
#include <sqlxc/query/sql.h>
#include <sqlxc/rest/url.h>

// The parameters of a GET on a function: `/rpc/f?id=1&tag=a&tag=b&select=id&name=like.A*`. Some are
// arguments, the others say what is shown of its rows.
namespace sqlxc::rest {

struct CallParameters {
  std::vector<Parameter> arguments;  // in their order, repeated ones too
  std::vector<Parameter> rest;       // for parse_query over the rows
};

/// Divides the parameters of a call of one of `overloads`: an argument is what bears the name of a
/// parameter, or no word of the dialect and is no condition.
CallParameters split_call(std::span<const query::Function> overloads,
                          std::span<const Parameter> parameters);

/// Reads the arguments of `function`, one value a parameter: absent where none is given. Of
/// repeated ones the last holds, but a variadic parameter takes them all.
std::expected<std::vector<value::Value>, http::Problem> parse_arguments(
    const query::Function& function, std::span<const Parameter> arguments, query::Dialect dialect);

}  // namespace sqlxc::rest
