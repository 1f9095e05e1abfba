#pragma once

#include <cstddef>

#include <sqlxc/graphql/ast.h>
#include <sqlxc/graphql/error.h>

// The rules for a text of type system definitions, as graphql-js's buildSchema holds them: names
// that are defined once and resolve, directives where they may stand, extensions of what there is.
namespace sqlxc::graphql {

/// What is wrong; none: a type system can be built of it. What stands before `own` (GraphQL's own
/// definitions) is trusted and may be defined again.
Errors validate_sdl(const ast::Document& document, std::size_t own);

}  // namespace sqlxc::graphql
