#pragma once

#include <cstddef>

#include <sqlxc/graphql/ast.h>
#include <sqlxc/graphql/report.h>

namespace sqlxc::graphql {

/// Checks the directives that stand on type system definitions: known, at home where they stand,
/// once where they may not repeat, with the arguments that they ask for.
void check_sdl_directives(const ast::Document& document, std::size_t own, Report& report);

}  // namespace sqlxc::graphql
