#pragma once

#include <string>

#include <sqlxc/graphql/ast.h>

// Values and types in GraphQL's own language, as errors and introspection show them.
namespace sqlxc::graphql {

/// `{a: [1, "x"]}`, on one line; what nests or goes on beyond all reason is cut with an ellipsis
/// where `is_for_error` says that a person reads it.
std::string print(const ast::Document& document, const ast::Value& value,
                  bool is_for_error = false);

/// `[User!]!`.
std::string print(const ast::Type& type);

}  // namespace sqlxc::graphql
