#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "compiler/syntax/ast.h"

// Expressions made by rewrites, a function a shape.
namespace sqlxc::translate {

inline ast::Expr make(ast::Expr::Kind kind, std::vector<ast::Expr> args = {}) {
  ast::Expr expr;
  expr.kind = kind;
  expr.args = std::move(args);
  return expr;
}

inline ast::Expr string_of(std::string_view text) {
  ast::Expr expr = make(ast::Expr::Kind::string);
  expr.text = text;
  return expr;
}

inline ast::Expr number_of(std::string_view text) {
  ast::Expr expr = make(ast::Expr::Kind::number);
  expr.text = text;
  return expr;
}

inline ast::Expr null_value() { return make(ast::Expr::Kind::null_literal); }

inline ast::Expr call(std::string_view name, std::vector<ast::Expr> args = {}) {
  ast::Expr expr = make(ast::Expr::Kind::call, std::move(args));
  ast::Name part;
  part.text = name;
  expr.path.names.push_back(part);
  return expr;
}

inline ast::Expr niladic(std::string_view name) {
  ast::Expr expr = call(name);
  expr.text = "niladic";
  return expr;
}

inline ast::Expr binary(ast::Expr left, std::string_view op, ast::Expr right) {
  ast::Expr expr = make(ast::Expr::Kind::binary, {std::move(left), std::move(right)});
  expr.name = op;
  return expr;
}

inline ast::Expr unary(std::string_view op, ast::Expr of) {
  ast::Expr expr = make(ast::Expr::Kind::unary, {std::move(of)});
  expr.name = op;
  return expr;
}

inline ast::Expr cast_to(ast::Expr of, std::string_view type) {
  ast::Expr expr = make(ast::Expr::Kind::cast, {std::move(of)});
  expr.text = "cast";
  ast::TypeName name;
  ast::Name part;
  part.text = type;
  name.path.names.push_back(part);
  expr.type.push_back(name);
  return expr;
}

inline ast::Expr is_null(ast::Expr of) {
  ast::Expr expr = make(ast::Expr::Kind::is_test, {std::move(of)});
  expr.name = "null";
  return expr;
}

inline ast::Expr column_of(std::vector<std::string> names) {
  ast::Expr expr = make(ast::Expr::Kind::column);
  for (std::string& name : names) {
    ast::Name part;
    part.text = std::move(name);
    expr.path.names.push_back(std::move(part));
  }
  return expr;
}

}  // namespace sqlxc::translate
