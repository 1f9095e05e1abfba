#include <algorithm>
#include <utility>

#include "compiler/ir/lower_types.h"
#include "compiler/passes/exprs.h"
#include "compiler/passes/legalizer.h"
#include "compiler/syntax/print.h"

// Conditions: what is true, false or null.
namespace sqlxc::passes {
namespace {

using ast::Expr;
using ir::TypeKind;
using Kind = Expr::Kind;

std::optional<Expr> negated_if(bool is_negated, std::optional<Expr> expr) {
  if (expr && is_negated) return unary_expr("not", std::move(*expr));
  return expr;
}

bool is_order(std::string_view op) { return op == "<" || op == "<=" || op == ">" || op == ">="; }

bool is_distinction(std::string_view op) { return op.starts_with("is "); }

// The operator of a comparison in the words of PostgreSQL; empty for what is none.
std::string_view comparison_of(std::string_view op) {
  if (op == "=" || op == "==") return "=";
  if (op == "<>" || op == "!=") return "<>";
  if (is_order(op) || op == "is distinct from" || op == "is not distinct from") return op;
  if (op == "is" || op == "<=>") return "is not distinct from";
  if (op == "is not") return "is distinct from";
  return {};
}

Expr all_of(std::vector<Expr> parts, std::string_view op) {
  Expr out = std::move(parts.front());
  for (std::size_t i = 1; i < parts.size(); ++i) {
    out = binary_expr(op, std::move(out), std::move(parts[i]));
  }
  return out;
}

}  // namespace

std::optional<Expr> Legalizer::condition(const Expr& expr) {
  switch (expr.kind) {
    case Kind::unary:
      if (expr.name != "not" && expr.name != "!") break;
      return negation(expr);
    case Kind::binary:
      return binary_condition(expr);
    case Kind::is_test:
      return is_test(expr);
    case Kind::between:
      return between(expr);
    case Kind::in_list:
      return in_list(expr.args[0], {expr.args.begin() + 1, expr.args.end()}, expr.is_negated);
    case Kind::like:
      return expr.name == "like" || expr.name == "ilike" ? like(expr, expr.name)
                                                         : other_pattern(expr);
    case Kind::quantified:
      return quantified(expr);
    case Kind::boolean:
      return boolean_expr(expr.text == "true");
    case Kind::in_query:
    case Kind::exists:
    case Kind::subquery:
      return refuse("a subquery");
    default:
      break;
  }
  std::optional<Operand> operand = value(expr);
  if (!operand) return std::nullopt;
  if (operand->kind == TypeKind::boolean) return std::move(operand->expr);
  // MySQL and SQLite: a number is true where it is not zero.
  if (!is(Dialect::postgres) && is_number(operand->kind) && !operand->is_literal) {
    return binary_expr("<>", std::move(operand->expr), number_expr("0"));
  }
  return refuse("a number or text as a condition");
}

// One whose value is looked at: nothing of it may be left out.
std::optional<Expr> Legalizer::whole_condition(const Expr& expr) {
  const Polarity before = std::exchange(polarity_, Polarity::none);
  std::optional<Expr> out = condition(expr);
  polarity_ = before;
  return out;
}

std::optional<Expr> Legalizer::negation(const Expr& expr) {
  const Polarity before = polarity_;
  if (before == Polarity::positive) polarity_ = Polarity::negative;
  if (before == Polarity::negative) polarity_ = Polarity::positive;
  std::optional<Expr> out = condition(expr.args[0]);
  polarity_ = before;
  return negated_if(true, std::move(out));
}

std::optional<Expr> Legalizer::junction(const Expr& expr) {
  std::optional<Expr> left = condition(expr.args[0]);
  std::optional<Expr> right = condition(expr.args[1]);
  if (left && right) return binary_expr(expr.name, std::move(*left), std::move(*right));
  const bool may_drop = polarity_ == (expr.name == "and" ? Polarity::positive : Polarity::negative);
  if (!may_drop || (!left && !right)) return std::nullopt;
  is_weaker_ = true;
  return left ? left : right;
}

std::optional<Expr> Legalizer::binary_condition(const Expr& expr) {
  const std::string& op = expr.name;
  if (op == "and" || op == "or") return junction(expr);
  const Expr& left = expr.args[0];
  const Expr& right = expr.args[1];
  if (const std::string_view known = comparison_of(op); !known.empty()) {
    return comparison(known, left, right);
  }
  if (op == "~" || op == "~*") return regex(op, left, right);
  if (op == "!~" || op == "!~*") {
    return negated_if(true, regex(std::string_view(op).substr(1), left, right));
  }
  if (op == "~~") return like(expr, "like");
  if (op == "~~*") return like(expr, "ilike");
  if (op == "!~~") return negated_if(true, like(expr, "like"));
  if (op == "!~~*") return negated_if(true, like(expr, "ilike"));
  if (op == "^@") {
    Expr call = call_expr("starts_with", {left, right});
    return condition(call);
  }
  if (op == "?" || op == "?&" || op == "?|") return has_key(expr);
  if (op == "@>" || op == "<@" || op == "&&") return array_condition(expr);
  if (op == "xor") {
    std::optional<Expr> a = whole_condition(left);
    std::optional<Expr> b = whole_condition(right);
    if (!a || !b) return std::nullopt;
    return call_expr("unequal", {std::move(*a), std::move(*b)});
  }
  std::optional<Operand> operand = value(expr);
  if (!operand) return std::nullopt;
  if (operand->kind == TypeKind::boolean) return std::move(operand->expr);
  if (!is(Dialect::postgres) && is_number(operand->kind)) {
    return binary_expr("<>", std::move(operand->expr), number_expr("0"));
  }
  return refuse("the operator " + quoted(op));
}

// ---- comparisons

std::optional<Expr> Legalizer::comparison(std::string_view op, const Expr& left,
                                          const Expr& right) {
  if (left.kind == Kind::row && right.kind == Kind::row) return compare_rows(op, left, right);
  const bool has_null = left.kind == Kind::null_literal || right.kind == Kind::null_literal;
  if (has_null) {
    if (!is_distinction(op)) return refuse("a comparison with `null`");
    Expr test;
    test.kind = Kind::is_test;
    test.name = "null";
    test.args = {left.kind == Kind::null_literal ? right : left};
    test.is_negated = op == "is distinct from";
    return is_test(test);
  }
  std::optional<Operand> a = value(left);
  std::optional<Operand> b = value(right);
  if (!a || !b) return std::nullopt;
  return compare(op, std::move(*a), std::move(*b));
}

std::optional<Expr> Legalizer::compare(std::string_view op, Operand left, Operand right) {
  if (!coerce(left, right) || !coerce(right, left)) return std::nullopt;
  // 1 + (a is null) = 1: a truth value among numbers is 1 or 0.
  for (auto [truth, other] : {std::pair{&left, &right}, std::pair{&right, &left}}) {
    const bool is_counted = truth->kind == TypeKind::boolean && is_number(other->kind);
    if (!is_counted || is(Dialect::postgres)) continue;
    truth->expr = call_expr("as_integer", {std::move(truth->expr)});
    truth->kind = TypeKind::int32;
    truth->is_condition = false;
  }
  if (left.kind == TypeKind::boolean && right.kind == TypeKind::boolean && !is_order(op)) {
    return compare_truths(op, std::move(left), std::move(right));
  }
  if (!unify(left, right, op)) return std::nullopt;
  const bool is_alike = left.kind == TypeKind::text && (left.has_collation || right.has_collation);
  if (is_alike) {
    if (is_distinction(op)) return refuse("a collation decides which texts are equal");
    if (left.is_literal) std::swap(left, right);
    Expr alike = call_expr("alike", {std::move(left.expr), std::move(right.expr)});
    return op == "=" ? alike : unary_expr("not", std::move(alike));
  }
  return binary_expr(op, std::move(left.expr), std::move(right.expr));
}

// `flag = true` is flag; two conditions are compared as a whole.
std::optional<Expr> Legalizer::compare_truths(std::string_view op, Operand left, Operand right) {
  if (left.is_literal && right.is_literal) return refuse("a comparison of constants");
  if (left.is_literal) std::swap(left, right);
  if (is_distinction(op)) {
    const bool is_negated = op == "is distinct from";
    if (right.is_literal) {
      Expr test;
      test.kind = Kind::is_test;
      test.name = right.expr.text;
      test.args = {std::move(left.expr)};
      return negated_if(is_negated, std::move(test));
    }
    if (left.is_condition || right.is_condition) return refuse(quoted(op) + " of conditions");
    return binary_expr(op, std::move(left.expr), std::move(right.expr));
  }
  if (right.is_literal) {
    const bool is_wanted = (right.expr.text == "true") == (op == "=");
    return negated_if(!is_wanted, std::move(left.expr));
  }
  if (!left.is_condition && !right.is_condition) {
    return binary_expr(op, std::move(left.expr), std::move(right.expr));
  }
  return call_expr(op == "=" ? "equal" : "unequal", {std::move(left.expr), std::move(right.expr)});
}

// (a, b) = (c, d), (a, b) < (c, d): part by part, in their order.
std::optional<Expr> Legalizer::compare_rows(std::string_view op, const Expr& left,
                                            const Expr& right) {
  const std::size_t size = left.args.size();
  if (size == 0 || size != right.args.size()) return refuse("a comparison of rows");
  if (op == "<>") {
    std::optional<Expr> equal = compare_rows("=", left, right);
    return negated_if(true, std::move(equal));
  }
  if (op == "=") {
    std::vector<Expr> parts;
    for (std::size_t i = 0; i < size; ++i) {
      std::optional<Expr> part = comparison("=", left.args[i], right.args[i]);
      if (!part) return std::nullopt;
      parts.push_back(std::move(*part));
    }
    return all_of(std::move(parts), "and");
  }
  if (!is_order(op)) return refuse("a comparison of rows");
  const std::string_view strict = op.substr(0, 1);
  std::optional<Expr> out = comparison(op, left.args[size - 1], right.args[size - 1]);
  for (std::size_t i = size - 1; out && i-- > 0;) {
    std::optional<Expr> before = comparison(strict, left.args[i], right.args[i]);
    std::optional<Expr> same = comparison("=", left.args[i], right.args[i]);
    if (!before || !same) return std::nullopt;
    out = binary_expr("or", std::move(*before),
                      binary_expr("and", std::move(*same), std::move(*out)));
  }
  return out;
}

bool Legalizer::is_constant(const Operand& left, const Operand& right) {
  if (!left.is_literal || !right.is_literal) return false;
  refuse("a comparison of constants");
  return true;
}

// Makes both comparable by `op` with the meaning that the database gives it, or says why not.
bool Legalizer::unify(Operand& left, Operand& right, std::string_view op) {
  if (!coerce(left, right) || !coerce(right, left) || is_constant(left, right)) return false;
  if (is_number(left.kind) && is_number(right.kind)) return true;
  if (is_moment(left.kind) && is_moment(right.kind)) return unify_moments(left, right);
  if (left.kind != right.kind) return is_refused("a comparison of different types");
  switch (left.kind) {
    case TypeKind::enumeration: {
      const bool is_same =
          left.enumeration == right.enumeration || left.is_literal || right.is_literal;
      if (!is_same) return is_refused("a comparison of different enums");
      return !is_order(op) || is_refused("the order of an enum");
    }
    case TypeKind::text:
      return unify_texts(left, right, is_order(op));
    case TypeKind::boolean:
    case TypeKind::uuid:
      return !is_order(op) || is_refused("the order of such values");
    case TypeKind::interval:
      return true;
    default:
      return is_refused("a comparison of " + std::string(ir::name_of(left.kind)) + " values");
  }
}

// A date is its midnight; a time stamp without a zone is one of the zone that the service asks for.
bool Legalizer::unify_moments(Operand& left, Operand& right) {
  if (left.kind == right.kind) return true;
  if (left.kind == TypeKind::time || right.kind == TypeKind::time || !is(Dialect::postgres)) {
    return is_refused("a comparison of different types");
  }
  const TypeKind kind = std::max(left.kind, right.kind);
  if (left.is_literal || right.is_literal) return is_refused("a literal of another type");
  to_moment(left, kind);
  to_moment(right, kind);
  return true;
}

bool Legalizer::unify_texts(Operand& left, Operand& right, bool is_order) {
  const bool is_mysql = is(Dialect::mysql);
  const bool has_collation = is_mysql || left.has_collation || right.has_collation;
  if (is_order) {
    const bool is_by_bytes = (left.is_ordered || left.is_literal) &&
                             (right.is_ordered || right.is_literal) && !has_collation;
    const bool is_plain =
        !left.is_padded && !right.is_padded && !left.ignores_case && !right.ignores_case;
    return (is_by_bytes && is_plain) || is_refused("a collation decides the order of texts");
  }
  // A char(n) is kept without its padding, and compares so.
  if (left.is_padded || right.is_padded) {
    for (Operand* side : {&left, &right}) {
      if (side->is_literal) side->expr.text.erase(side->expr.text.find_last_not_of(' ') + 1);
    }
  }
  if (has_collation) {
    left.has_collation = right.has_collation = true;
    weaken("letters that differ in case, accents or beyond ASCII: a collation decides");
  } else if (left.ignores_case || right.ignores_case) {
    for (Operand* side : {&left, &right}) {
      side->expr = call_expr("ascii_lower", {std::move(side->expr)});
      side->ignores_case = false;
    }
  }
  return true;
}

std::optional<Expr> Legalizer::is_test(const Expr& expr) {
  if (expr.name == "unknown" || (expr.name == "null" && expr.args[0].kind == Kind::is_test)) {
    std::optional<Expr> inner = whole_condition(expr.args[0]);
    if (!inner) return std::nullopt;
    Expr test;
    test.kind = Kind::is_test;
    test.name = "null";
    test.args = {std::move(*inner)};
    return negated_if(expr.is_negated, std::move(test));
  }
  if (expr.name == "null") {
    if (expr.args[0].kind == Kind::row) {
      // (a, b) is not null: each is not; (a, b) is null: each is.
      std::vector<Expr> parts;
      for (const Expr& part : expr.args[0].args) {
        Expr test = expr;
        test.args = {part};
        std::optional<Expr> legal = is_test(test);
        if (!legal) return std::nullopt;
        parts.push_back(std::move(*legal));
      }
      return all_of(std::move(parts), "and");
    }
    std::optional<Operand> operand = value(expr.args[0]);
    if (!operand) return std::nullopt;
    if (operand->is_literal) return refuse("whether a constant is null");
    Expr test = expr;
    test.is_negated = false;
    test.args = {std::move(operand->expr)};
    return negated_if(expr.is_negated, std::move(test));
  }
  if (expr.name != "true" && expr.name != "false") return refuse(quoted("is " + expr.name));
  std::optional<Expr> operand = whole_condition(expr.args[0]);
  if (!operand) return std::nullopt;
  Expr test = expr;
  test.is_negated = false;
  test.args = {std::move(*operand)};
  return negated_if(expr.is_negated, std::move(test));
}

std::optional<Expr> Legalizer::between(const Expr& expr) {
  if (expr.is_symmetric) {
    std::vector<Expr> ways;
    for (const auto& [low, high] : {std::pair{1, 2}, std::pair{2, 1}}) {
      Expr way = expr;
      way.is_symmetric = way.is_negated = false;
      way.args = {expr.args[0], expr.args[static_cast<std::size_t>(low)],
                  expr.args[static_cast<std::size_t>(high)]};
      std::optional<Expr> legal = between(way);
      if (!legal) return std::nullopt;
      ways.push_back(std::move(*legal));
    }
    return negated_if(expr.is_negated, all_of(std::move(ways), "or"));
  }
  std::optional<Operand> x = value(expr.args[0]);
  std::optional<Operand> low = value(expr.args[1]);
  std::optional<Operand> high = value(expr.args[2]);
  if (!x || !low || !high) return std::nullopt;
  // What a comparison makes of x may differ: a literal takes the type of each bound.
  const bool is_split =
      x->is_literal || (is_moment(x->kind) && (low->kind != x->kind || high->kind != x->kind));
  if (is_split) {
    std::optional<Expr> from = compare(">=", *x, std::move(*low));
    std::optional<Expr> to = compare("<=", *x, std::move(*high));
    if (!from || !to) return std::nullopt;
    return negated_if(expr.is_negated, binary_expr("and", std::move(*from), std::move(*to)));
  }
  if (!unify(*x, *low, ">=") || !unify(*x, *high, "<=")) return std::nullopt;
  return negated_if(expr.is_negated,
                    between_expr(std::move(x->expr), std::move(low->expr), std::move(high->expr)));
}

std::optional<Expr> Legalizer::in_list(const Expr& needle, const std::vector<Expr>& list,
                                       bool is_negated) {
  std::vector<Expr> items;
  std::vector<Expr> comparisons;
  std::optional<Expr> x;
  std::string needle_as;
  for (const Expr& item : list) {
    std::optional<Expr> equal = comparison("=", needle, item);
    if (!equal) return std::nullopt;
    comparisons.push_back(*equal);
    const bool is_call = equal->kind == Kind::call && equal->path.last() == "alike";
    const bool is_plain = is_call || (equal->kind == Kind::binary && equal->name == "=");
    if (!is_plain) continue;
    // What an item makes of the needle may differ: then each is a comparison of its own.
    const std::string spelled = syntax::print(equal->args[0], Dialect::postgres);
    if (x && spelled != needle_as) continue;
    items.push_back(std::move(equal->args[1]));
    if (!x) x = std::move(equal->args[0]);
    needle_as = spelled;
  }
  if (comparisons.empty()) return refuse("an empty list");
  if (items.size() != comparisons.size()) {
    return negated_if(is_negated, all_of(std::move(comparisons), "or"));
  }
  Expr in;
  if (comparisons.front().kind == Kind::call) {
    in = call_expr("alike", {});
  } else {
    in.kind = Kind::in_list;
  }
  in.args.push_back(std::move(*x));
  for (Expr& item : items) in.args.push_back(std::move(item));
  return negated_if(is_negated, std::move(in));
}

// x = any (array['a', 'b']), as pg_dump writes IN; x <> all (array[...]) is NOT IN; any other
// comparison is with each.
std::optional<Expr> Legalizer::quantified(const Expr& expr) {
  if (expr.args.size() < 2) return refuse("a subquery");
  const bool is_all = expr.text == "all";
  const std::string_view op = comparison_of(expr.name);
  const std::optional<std::vector<Expr>> items = array_items(expr.args[1]);
  if (!items) {
    const bool is_in = op == "=" && !is_all;
    if (!is_in && !(op == "<>" && is_all)) return refuse(quoted(expr.name + ' ' + expr.text));
    std::optional<Operand> array = value(expr.args[1]);
    if (!array) return std::nullopt;
    if (array->kind != TypeKind::array) return refuse(quoted(expr.name + ' ' + expr.text));
    std::optional<Expr> item = item_of(expr.args[0], *array);
    if (!item) return std::nullopt;
    return negated_if(!is_in, call_expr("in_array", {std::move(*item), std::move(array->expr)}));
  }
  if (items->empty()) return boolean_expr(is_all);
  if (op == "=" && !is_all) return in_list(expr.args[0], *items, false);
  if (op == "<>" && is_all) return in_list(expr.args[0], *items, true);
  std::vector<Expr> parts;
  for (const Expr& item : *items) {
    Expr one = binary_expr(expr.name, expr.args[0], item);
    std::optional<Expr> part = whole_condition(one);
    if (!part) return std::nullopt;
    parts.push_back(std::move(*part));
  }
  return all_of(std::move(parts), is_all ? "and" : "or");
}

}  // namespace sqlxc::passes
