#include <sqlxc/value/decimal.h>

#include <algorithm>
#include <charconv>
#include <utility>

#include "compiler/ir/lower_types.h"
#include "compiler/passes/exprs.h"
#include "compiler/passes/legalizer.h"
#include "compiler/passes/literals.h"

// Values: columns, literals, truth values, CASE and arithmetic.
namespace sqlxc::passes {
namespace {

using ast::Expr;
using ir::TypeKind;
using Kind = Expr::Kind;

std::string collation_of(const catalog::Column& column) {
  return lower_case(column.collation.empty() ? column.type.collation : column.collation);
}

bool is_by_bytes(std::string_view collation) {
  return collation == "c" || collation == "posix" || collation == "binary" ||
         collation == "ucs_basic";
}

// The types that round what they are given to a scale of their own.
bool is_rounded(const catalog::Type& type, TypeKind kind) {
  return !type.args.empty() && (kind == TypeKind::time || kind == TypeKind::timestamp ||
                                kind == TypeKind::timestamptz || kind == TypeKind::interval);
}

std::optional<std::int64_t> int64_in(const Operand& operand) {
  const bool is_negative = operand.expr.kind == Kind::unary;
  const Expr& number = is_negative ? operand.expr.args[0] : operand.expr;
  const std::string text = (is_negative ? "-" : "") + number.text;
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool is_whole = error == std::errc() && end == text.data() + text.size();
  return is_whole ? std::optional(value) : std::nullopt;
}

}  // namespace

bool is_integer(TypeKind kind) {
  return kind == TypeKind::int16 || kind == TypeKind::int32 || kind == TypeKind::int64;
}
bool is_number(TypeKind kind) {
  return is_integer(kind) || kind == TypeKind::float32 || kind == TypeKind::float64 ||
         kind == TypeKind::decimal;
}
bool is_moment(TypeKind kind) {
  return kind == TypeKind::date || kind == TypeKind::time || kind == TypeKind::timestamp ||
         kind == TypeKind::timestamptz;
}

std::optional<Operand> Legalizer::value(const Expr& expr) {
  switch (expr.kind) {
    case Kind::column:
      return column(expr);
    case Kind::number:
      return number(expr);
    case Kind::string: {
      Operand text;
      text.expr = string_expr(expr.text);
      text.kind = TypeKind::text;
      text.is_literal = text.is_string_literal = true;
      return text;
    }
    case Kind::boolean: {
      Operand flag;
      flag.expr = boolean_expr(expr.text == "true");
      flag.kind = TypeKind::boolean;
      flag.is_literal = true;
      return flag;
    }
    case Kind::typed_literal:
    case Kind::cast:
      return cast(expr);
    case Kind::unary:
      if (expr.name == "-") return negative(expr);
      if (expr.name == "+") return value(expr.args[0]);
      if (expr.name == "not" || expr.name == "!") return truth(expr);
      return refuse("the operator " + quoted(expr.name));
    case Kind::binary:
      return arithmetic(expr);
    case Kind::call:
      return call(expr);
    case Kind::case_when:
      return case_when(expr);
    case Kind::collate:
      return collate(expr);
    case Kind::is_test:
    case Kind::between:
    case Kind::in_list:
    case Kind::like:
    case Kind::quantified:
      return truth(expr);
    case Kind::null_literal:
      return refuse(quoted("null") + " as an operand");
    case Kind::in_query:
    case Kind::exists:
    case Kind::subquery:
      return refuse("a subquery");
    case Kind::at_time_zone:
      return refuse("a time zone");
    case Kind::field:
      return refuse("a field of a composite value");
    case Kind::subscript:
      return refuse("an element of an array");
    default:
      break;
  }
  return refuse("an expression of this kind");
}

std::optional<Operand> Legalizer::column(const Expr& expr) {
  const std::string_view name = expr.path.last();
  const auto equal = [&](const ir::Field& field) {
    return is(Dialect::postgres) ? field.column == name
                                 : lower_case(field.column) == lower_case(name);
  };
  const auto found = std::ranges::find_if(entity_.fields, equal);
  if (found == entity_.fields.end()) return refuse("what " + quoted(name) + " is");
  const catalog::Column& column =
      table_.columns[static_cast<std::size_t>(found - entity_.fields.begin())];
  if (is_rounded(column.type, found->type.kind)) return refuse("how the column rounds a time");
  Operand operand;
  operand.expr = column_expr(found->name);
  operand.kind = found->type.kind;
  operand.enumeration = found->type.enumeration;
  operand.is_padded = found->type.is_fixed_length;
  if (operand.kind == TypeKind::array) operand.element = found->type.element.front().kind;
  const std::string collation = collation_of(column);
  const bool is_sqlite = is(Dialect::sqlite);
  operand.is_ordered = is_by_bytes(collation) || (is_sqlite && collation.empty());
  operand.ignores_case = is_sqlite && collation == "nocase";
  const bool is_default = collation.empty() || collation == "default";
  operand.has_collation =
      column.type.name == "citext" || (!is_default && !operand.is_ordered && !operand.ignores_case);
  return operand;
}

std::optional<Operand> Legalizer::number(const Expr& expr) {
  if (!passes::is_number(expr.text)) return refuse("the number " + quoted(expr.text));
  Operand operand;
  operand.expr = number_expr(expr.text);
  operand.kind = is_int64(expr.text) ? TypeKind::int64 : TypeKind::decimal;
  operand.is_literal = true;
  return operand;
}

std::optional<Operand> Legalizer::negative(const Expr& expr) {
  std::optional<Operand> operand = value(expr.args[0]);
  if (!operand) return std::nullopt;
  if (!is_number(operand->kind)) return refuse("minus of what is no number");
  operand->expr = unary_expr("-", std::move(operand->expr));
  return operand;
}

// A condition among values.
std::optional<Operand> Legalizer::truth(const Expr& expr) {
  std::optional<Expr> condition = whole_condition(expr);
  if (!condition) return std::nullopt;
  Operand operand;
  operand.kind = TypeKind::boolean;
  operand.is_literal = condition->kind == Kind::boolean;
  operand.is_condition = !operand.is_literal && condition->kind != Kind::column;
  operand.expr = std::move(*condition);
  return operand;
}

// CASE as nested calls, from the last branch on.
std::optional<Operand> Legalizer::case_when(const Expr& expr) {
  std::size_t at = expr.has_operand ? 1 : 0;
  const std::size_t end = expr.args.size() - (expr.has_else ? 1 : 0);
  if (!expr.has_else) return refuse(quoted("case") + " without " + quoted("else"));
  std::vector<Expr> conditions;
  std::vector<Operand> values;
  for (; at + 1 < end; at += 2) {
    std::optional<Expr> when = expr.has_operand ? comparison("=", expr.args[0], expr.args[at])
                                                : whole_condition(expr.args[at]);
    std::optional<Operand> then = value(expr.args[at + 1]);
    if (!when || !then) return std::nullopt;
    conditions.push_back(std::move(*when));
    values.push_back(std::move(*then));
  }
  std::optional<Operand> otherwise = value(expr.args.back());
  if (!otherwise) return std::nullopt;
  values.push_back(std::move(*otherwise));
  if (!join(values)) return std::nullopt;
  Operand out = std::move(values.back());
  for (std::size_t i = conditions.size(); i-- > 0;) {
    out.expr = call_expr(
        "case_when", {std::move(conditions[i]), std::move(values[i].expr), std::move(out.expr)});
    out.is_literal = out.is_string_literal = false;
    out.is_condition = out.kind == TypeKind::boolean;
    out.has_collation = out.has_collation || values[i].has_collation;
  }
  return out;
}

std::optional<Operand> Legalizer::collate(const Expr& expr) {
  std::optional<Operand> operand = value(expr.args[0]);
  if (!operand) return std::nullopt;
  const std::string name = lower_case(expr.path.last());
  operand->is_ordered = is_by_bytes(name);
  operand->ignores_case = is(Dialect::sqlite) && name == "nocase";
  operand->has_collation = !operand->is_ordered && !operand->ignores_case && name != "default";
  return operand;
}

// ---- arithmetic

// Of constants, as far as whole numbers go.
std::optional<Operand> Legalizer::fold(const std::string& op, const Operand& left,
                                       const Operand& right) {
  const auto a = int64_in(left);
  const auto b = int64_in(right);
  std::int64_t result = 0;
  bool is_folded = a && b;
  if (is_folded && op == "+") {
    is_folded = !__builtin_add_overflow(*a, *b, &result);
  } else if (is_folded && op == "-") {
    is_folded = !__builtin_sub_overflow(*a, *b, &result);
  } else if (is_folded && op == "*") {
    is_folded = !__builtin_mul_overflow(*a, *b, &result);
  } else {
    is_folded = false;
  }
  if (is_folded && result == INT64_MIN) is_folded = false;
  // What PostgreSQL computes in 32 bits overflows there.
  const auto fits = [](std::int64_t x) { return x >= INT32_MIN && x <= INT32_MAX; };
  if (is_folded && is(Dialect::postgres) && fits(*a) && fits(*b)) is_folded = fits(result);
  if (is_folded) {
    Operand out = left;
    out.expr = number_expr(std::to_string(result));
    return out;
  }
  const auto x = value::Decimal::parse(
      (left.expr.kind == Kind::unary ? "-" : "") +
      (left.expr.kind == Kind::unary ? left.expr.args[0].text : left.expr.text));
  const auto y = value::Decimal::parse(
      (right.expr.kind == Kind::unary ? "-" : "") +
      (right.expr.kind == Kind::unary ? right.expr.args[0].text : right.expr.text));
  const bool is_exact = is(Dialect::postgres) && !(a && b);
  if (!x || !y || !is_exact) return refuse("a computation of constants");
  std::optional<value::Decimal> decimal;
  if (op == "+") decimal = value::add(*x, *y);
  if (op == "-") decimal = value::subtract(*x, *y);
  if (op == "*") decimal = value::multiply(*x, *y);
  if (!decimal) return refuse("a computation of constants");
  std::string text;
  value::append_decimal(text, *decimal);
  Operand out = left;
  out.expr = number_expr(text);
  out.kind = TypeKind::decimal;
  return out;
}

std::optional<Operand> Legalizer::arithmetic(const Expr& expr) {
  const std::string op = expr.name == "div" ? "/" : expr.name == "mod" ? "%" : expr.name;
  if (op == "->" || op == "->>" || op == "#>" || op == "#>>") return member(expr);
  const bool is_known =
      op == "+" || op == "-" || op == "*" || op == "/" || op == "%" || op == "||" || op == "^";
  if (!is_known) return truth(expr);
  std::optional<Operand> left = value(expr.args[0]);
  std::optional<Operand> right = value(expr.args[1]);
  if (!left || !right) return std::nullopt;
  if (op == "||") return concatenation(std::move(*left), std::move(*right));
  // SQLite and MySQL count truth values.
  for (Operand* side : {&*left, &*right}) {
    if (side->kind != TypeKind::boolean || is(Dialect::postgres)) continue;
    side->expr = call_expr("as_integer", {std::move(side->expr)});
    side->kind = TypeKind::int32;
    side->is_condition = side->is_literal = false;
  }
  const bool has_numbers = is_number(left->kind) && is_number(right->kind);
  if (!has_numbers) return of_moments(op, std::move(*left), std::move(*right));
  if (left->is_literal && right->is_literal) return fold(op, *left, *right);
  if (op == "^") {
    const bool is_real = left->kind != TypeKind::decimal && right->kind != TypeKind::decimal &&
                         is(Dialect::postgres);
    if (!is_real) return refuse("a power of decimals");
    Operand power;
    power.kind = TypeKind::float64;
    power.expr = call_expr("power", {std::move(left->expr), std::move(right->expr)});
    return power;
  }
  const bool is_division = op == "/" || op == "%";
  const bool is_integral = is_integer(left->kind) && is_integer(right->kind);
  if (is_division && !is_integral && !is(Dialect::postgres)) {
    return refuse("a division with a fraction");
  }
  if (op == "/" && is(Dialect::mysql) && expr.name != "div") {
    return refuse("a division with a fraction");
  }
  const bool has_float =
      !is_integral && left->kind != TypeKind::decimal && right->kind != TypeKind::decimal;
  if (op == "%" && has_float) return refuse("what is left of a division of floating point");
  Operand result;
  const bool has_decimal = left->kind == TypeKind::decimal || right->kind == TypeKind::decimal;
  const bool is_real = !is_integral && (has_float || !has_decimal);
  const bool is_mixed =
      has_decimal && (left->kind == TypeKind::float64 || right->kind == TypeKind::float64 ||
                      left->kind == TypeKind::float32 || right->kind == TypeKind::float32);
  result.kind = is_real || is_mixed ? TypeKind::float64 : std::max(left->kind, right->kind);
  // Two float4 are computed as such.
  const bool is_single = left->kind == TypeKind::float32 && right->kind == TypeKind::float32;
  if (is_single) return refuse("arithmetic of single precision");
  // SQLite has no decimals: it computes in floating point, where 0.1 + 0.2 is not 0.3.
  if (is(Dialect::sqlite) && result.kind == TypeKind::decimal) {
    for (Operand* side : {&*left, &*right}) {
      if (side->kind != TypeKind::decimal) continue;
      side->expr = call_expr("as_double", {std::move(side->expr)});
    }
    result.kind = TypeKind::float64;
  }
  result.expr = binary_expr(op, std::move(left->expr), std::move(right->expr));
  return result;
}

// Days, spans and moments (PostgreSQL's manual, 9.9, Date/Time Operators).
std::optional<Operand> Legalizer::of_moments(const std::string& op, Operand left, Operand right) {
  if (!is(Dialect::postgres) || (op != "+" && op != "-")) {
    return refuse("arithmetic with what is no number");
  }
  // A bare literal beside a moment is a span, or another moment: what it is PostgreSQL decides.
  const bool is_vague = left.is_string_literal || right.is_string_literal;
  if (is_vague) return refuse("arithmetic with a text");
  if (left.is_literal && right.is_literal) return refuse("a computation of constants");
  if (op == "+" && !is_moment(left.kind)) std::swap(left, right);
  const bool is_day = left.kind == TypeKind::date;
  const bool is_stamp = left.kind == TypeKind::timestamp || left.kind == TypeKind::timestamptz;
  Operand result;
  if (is_day && is_integer(right.kind)) {
    result.kind = TypeKind::date;
  } else if ((is_day || is_stamp) && right.kind == TypeKind::interval) {
    result.kind = is_day ? TypeKind::timestamp : left.kind;
  } else if (op == "-" && is_day && right.kind == TypeKind::date) {
    result.kind = TypeKind::int32;
  } else if (op == "-" && (is_day || is_stamp) && is_moment(right.kind) &&
             right.kind != TypeKind::time) {
    const TypeKind kind = std::max(left.kind, right.kind);
    to_moment(left, kind);
    to_moment(right, kind);
    result.kind = TypeKind::interval;
  } else {
    return refuse("arithmetic with what is no number");
  }
  result.expr = binary_expr(op, std::move(left.expr), std::move(right.expr));
  return result;
}

std::optional<Operand> Legalizer::concatenation(Operand left, Operand right) {
  const bool is_text = left.kind == TypeKind::text && right.kind == TypeKind::text;
  if (!is_text || left.is_padded || right.is_padded || is(Dialect::mysql)) {
    return refuse(quoted("||"));
  }
  Operand result;
  result.kind = TypeKind::text;
  result.has_collation = left.has_collation || right.has_collation;
  result.is_ordered = left.is_ordered && right.is_ordered;
  if (left.is_literal && right.is_literal) {
    result.is_literal = result.is_string_literal = true;
    result.expr = string_expr(left.expr.text + right.expr.text);
    return result;
  }
  result.expr = binary_expr("||", std::move(left.expr), std::move(right.expr));
  return result;
}

// ---- common types

// A literal takes the type of what it is compared with.
bool Legalizer::coerce(Operand& literal, const Operand& other) {
  if (!literal.is_literal || other.is_literal) return true;
  const bool is_flag = other.kind == TypeKind::boolean && literal.expr.kind == Kind::number &&
                       (literal.expr.text == "0" || literal.expr.text == "1");
  if (is_flag) {
    literal.expr = boolean_expr(literal.expr.text == "1");
    literal.kind = TypeKind::boolean;
    return true;
  }
  if (!literal.is_string_literal) return true;
  const std::vector<std::string>* labels =
      other.enumeration.is_valid() ? &at(module_.enumerations, other.enumeration).labels : nullptr;
  std::optional<Expr> expr = literal_of(other.kind, literal.expr.text, module_.dialect, labels);
  if (!expr) {
    return is_refused("what " + quoted(literal.expr.text) + " means as " +
                      std::string(ir::name_of(other.kind)));
  }
  literal.expr = std::move(*expr);
  literal.kind = other.kind;
  literal.is_string_literal = false;
  return true;
}

// Gives several values one type, as CASE and COALESCE do.
bool Legalizer::join(std::vector<Operand>& operands) {
  const auto known = std::ranges::find_if(
      operands, [](const Operand& operand) { return !operand.is_string_literal; });
  if (known == operands.end()) return true;
  const Operand model = *known;
  Operand other = model;
  other.is_literal = false;
  TypeKind kind = model.kind;
  for (Operand& operand : operands) {
    if (!coerce(operand, other)) return false;
    const bool is_same = operand.kind == kind;
    if (!is_same && !(is_number(operand.kind) && is_number(kind))) {
      return is_refused("values of different types");
    }
    const bool is_wider_literal = operand.is_literal && is_integer(operand.kind);
    if (!is_wider_literal || !is_number(kind)) kind = std::max(kind, operand.kind);
    if (operand.is_padded) return is_refused("padded text among others");
  }
  const bool has_float = std::ranges::any_of(operands, [](const Operand& operand) {
    return operand.kind == TypeKind::float32 || operand.kind == TypeKind::float64;
  });
  if (has_float && is_number(kind)) kind = TypeKind::float64;
  for (Operand& operand : operands) {
    const bool is_cast =
        kind == TypeKind::decimal && operand.is_literal && is_integer(operand.kind);
    if (is_cast && operand.expr.kind == Kind::number) {
      operand.expr = typed_literal_expr("numeric", operand.expr.text);
    }
    operand.kind = kind;
    operand.enumeration = model.enumeration;
  }
  return true;
}

}  // namespace sqlxc::passes
