#include "emit/openapi/bounds.h"

#include <cstdlib>

namespace sqlxc::emit {
namespace {

using ast::Expr;
using Kind = Expr::Kind;

/// `-5` and `5` as written; nothing for any other expression.
std::optional<std::string> number_in(const Expr& expr) {
  if (expr.kind == Kind::number) return expr.text;
  if (expr.kind == Kind::unary && expr.name == "-" && expr.args[0].kind == Kind::number) {
    return "-" + expr.args[0].text;
  }
  if (expr.kind == Kind::cast) return number_in(expr.args[0]);
  return std::nullopt;
}

bool is_column(const Expr& expr, std::string_view name) {
  if (expr.kind == Kind::cast) return is_column(expr.args[0], name);
  return expr.kind == Kind::column && expr.path.last() == name;
}

bool is_length_of(const Expr& expr, std::string_view name) {
  if (expr.kind != Kind::call || expr.args.size() != 1 || !is_column(expr.args[0], name))
    return false;
  const std::string_view function = expr.path.last();
  return function == "length" || function == "char_length" || function == "character_length";
}

bool is_below(const std::string& a, const std::string& b) {
  return std::strtod(a.c_str(), nullptr) < std::strtod(b.c_str(), nullptr);
}

class Reader {
 public:
  Reader(std::string_view column, Bounds& bounds) : column_(column), bounds_(bounds) {}

  void conjunct(const Expr& expr) {
    if (expr.kind == Kind::binary && expr.name == "and") {
      conjunct(expr.args[0]);
      conjunct(expr.args[1]);
    } else if (expr.kind == Kind::between && !expr.is_negated && !expr.is_symmetric) {
      compare(expr.args[0], ">=", expr.args[1]);
      compare(expr.args[0], "<=", expr.args[2]);
    } else if (expr.kind == Kind::binary) {
      compare(expr.args[0], expr.name, expr.args[1]);
      compare(expr.args[1], mirrored(expr.name), expr.args[0]);
    }
  }

 private:
  static std::string_view mirrored(std::string_view op) {
    if (op == "<") return ">";
    if (op == "<=") return ">=";
    if (op == ">") return "<";
    if (op == ">=") return "<=";
    return op;
  }

  void compare(const Expr& left, std::string_view op, const Expr& right) {
    const std::optional<std::string> number = number_in(right);
    if (!number) return;
    if (is_column(left, column_)) {
      if (op == ">" || op == ">=") at_least({*number, op == ">"});
      if (op == "<" || op == "<=") at_most({*number, op == "<"});
    } else if (is_length_of(left, column_) &&
               number->find_first_not_of("0123456789") == std::string::npos) {
      const auto length = std::strtoull(number->c_str(), nullptr, 10);
      if (op == ">=" || op == ">") bounds_.min_length = std::to_string(length + (op == ">"));
      if (op == "<=") bounds_.max_length = *number;
      if (op == "<" && length > 0) bounds_.max_length = std::to_string(length - 1);
    }
  }

  void at_least(Bound bound) {
    if (!bounds_.minimum || is_below(bounds_.minimum->number, bound.number))
      bounds_.minimum = bound;
  }
  void at_most(Bound bound) {
    if (!bounds_.maximum || is_below(bound.number, bounds_.maximum->number))
      bounds_.maximum = bound;
  }

  std::string_view column_;
  Bounds& bounds_;
};

}  // namespace

Bounds bounds_of(const ir::Entity& entity, std::uint16_t field) {
  Bounds bounds;
  Reader reader(entity.fields[field].name, bounds);
  for (const ir::Rule& rule : entity.rules) {
    if (rule.predicate && rule.verdict != ir::Verdict::server_only)
      reader.conjunct(*rule.predicate);
  }
  return bounds;
}

}  // namespace sqlxc::emit
