#pragma once

#include <string>
#include <string_view>

#include "compiler/syntax/ast.h"

// Small expressions made by passes, and questions about expressions that were written.
namespace sqlxc::passes {

ast::Expr column_expr(std::string_view name);
ast::Expr number_expr(std::string_view text);
ast::Expr string_expr(std::string_view text);
ast::Expr boolean_expr(bool value);
ast::Expr binary_expr(std::string_view op, ast::Expr left, ast::Expr right);
ast::Expr unary_expr(std::string_view op, ast::Expr operand);
ast::Expr call_expr(std::string_view function, std::vector<ast::Expr> args);
ast::Expr between_expr(ast::Expr value, ast::Expr low, ast::Expr high);
/// `date '2020-01-01'`: the type is a row of stdlib/types.
ast::Expr typed_literal_expr(std::string_view type, std::string_view text);

/// `text` in lower case, ASCII only.
std::string lower_case(std::string_view text);

}  // namespace sqlxc::passes
