#pragma once

#include "compiler/syntax/tree.h"

// SET, USE, PRAGMA, RESET and the commands of psql and sqlite3, read by their words. Private to
// compiler/syntax.
namespace sqlxc::syntax {

/// Of the tokens of context.tree.
ast::Setting setting(const BuildContext& context);

/// `\connect shop`, `.mode csv`.
ast::Statement command(const BuildContext& context, std::uint32_t begin, std::uint32_t end);

/// pg_dump's SELECT pg_catalog.set_config('search_path', '', false) becomes a Setting.
void as_setting(ast::Statement& statement);

}  // namespace sqlxc::syntax
