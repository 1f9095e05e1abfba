#pragma once

#include <string>

#include "compiler/syntax/ast.h"

// ast -> SQL of a dialect, the only place where SQL text is made: quoting, parentheses and layout
// are decided here, and what it prints parses back to the same tree.
namespace sqlxc::syntax {

std::string print(const ast::Expr& expr, Dialect dialect);
std::string print(const ast::Query& query, Dialect dialect);
std::string print(const ast::TypeName& type, Dialect dialect);
/// With the closing semicolon.
std::string print(const ast::Statement& statement, Dialect dialect);
/// `name` quoted where the dialect needs it.
std::string print_name(std::string_view name, Dialect dialect);
/// A word that the dialect keeps to itself; letter case does not matter.
bool is_reserved(std::string_view name, Dialect dialect);
std::string print_string(std::string_view text, Dialect dialect);

/// The tree, one node a line, indented: what --emit=ast shows.
std::string dump(const ast::File& file);

}  // namespace sqlxc::syntax
