#include "compiler/passes/exprs.h"

#include <utility>

namespace sqlxc::passes {

using ast::Expr;
using Kind = Expr::Kind;

namespace {

Expr make(Kind kind, std::string_view text = {}) {
  Expr expr;
  expr.kind = kind;
  expr.text = text;
  return expr;
}

ast::Path path_of(std::string_view name) {
  ast::Path path;
  path.names.push_back({.text = std::string(name), .quoted = false, .range = {}});
  return path;
}

}  // namespace

Expr column_expr(std::string_view name) {
  Expr expr = make(Kind::column);
  expr.path = path_of(name);
  return expr;
}

Expr number_expr(std::string_view text) {
  if (!text.starts_with('-')) return make(Kind::number, text);
  return unary_expr("-", make(Kind::number, text.substr(1)));
}

Expr string_expr(std::string_view text) { return make(Kind::string, text); }
Expr boolean_expr(bool value) { return make(Kind::boolean, value ? "true" : "false"); }

Expr binary_expr(std::string_view op, Expr left, Expr right) {
  Expr expr = make(Kind::binary);
  expr.name = op;
  expr.args.push_back(std::move(left));
  expr.args.push_back(std::move(right));
  return expr;
}

Expr unary_expr(std::string_view op, Expr operand) {
  Expr expr = make(Kind::unary);
  expr.name = op;
  expr.args.push_back(std::move(operand));
  return expr;
}

Expr call_expr(std::string_view function, std::vector<Expr> args) {
  Expr expr = make(Kind::call);
  expr.path = path_of(function);
  expr.args = std::move(args);
  return expr;
}

Expr between_expr(Expr value, Expr low, Expr high) {
  Expr expr = make(Kind::between);
  expr.args.push_back(std::move(value));
  expr.args.push_back(std::move(low));
  expr.args.push_back(std::move(high));
  return expr;
}

Expr typed_literal_expr(std::string_view type, std::string_view text) {
  Expr expr = make(Kind::typed_literal);
  ast::TypeName name;
  name.path = path_of(type);
  expr.type.push_back(std::move(name));
  expr.args.push_back(string_expr(text));
  return expr;
}

std::string lower_case(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

}  // namespace sqlxc::passes
