#include <utility>

#include "compiler/ir/lower_types.h"
#include "compiler/passes/exprs.h"
#include "compiler/passes/legalizer.h"
#include "compiler/passes/literals.h"

// Casts: those that the service computes as PostgreSQL does, or that change nothing.
namespace sqlxc::passes {
namespace {

using ast::Expr;
using ir::TypeKind;

bool is_stamp(TypeKind kind) {
  return kind == TypeKind::timestamp || kind == TypeKind::timestamptz;
}

bool is_float(TypeKind kind) { return kind == TypeKind::float32 || kind == TypeKind::float64; }

std::string_view cast_to(TypeKind kind) {
  switch (kind) {
    case TypeKind::int16:
      return "as_int16";
    case TypeKind::int32:
      return "as_int32";
    case TypeKind::int64:
      return "as_int64";
    case TypeKind::float64:
      return "as_double";
    case TypeKind::decimal:
      return "as_decimal";
    case TypeKind::date:
      return "as_date";
    case TypeKind::time:
      return "as_time";
    case TypeKind::timestamp:
      return "as_timestamp";
    case TypeKind::timestamptz:
      return "as_timestamptz";
    default:
      return "as_text";
  }
}

}  // namespace

// What a type's name means, or nothing where it is not one that the service knows.
std::optional<TypeKind> Legalizer::kind_of(const ast::TypeName& type) const {
  if (type.array_dimensions > 0) return std::nullopt;
  std::string name = lower_case(type.path.last());
  if (name == "timestamptz" || name == "timetz") return ir::lower_type_name(name, module_.dialect);
  if (type.with_time_zone.value_or(false)) name += " with time zone";
  return ir::lower_type_name(name, module_.dialect);
}

std::optional<Operand> Legalizer::cast(const Expr& expr) {
  const ast::TypeName& type = expr.type.front();
  const std::optional<TypeKind> kind = kind_of(type);
  if (expr.args[0].kind == Expr::Kind::null_literal)
    return refuse(quoted("null") + " as an operand");
  std::optional<Operand> operand = value(expr.args[0]);
  if (!operand) return std::nullopt;
  if (!kind) {
    // 'draft'::post_status: the literal takes the type of what it is compared with.
    const bool is_label = operand->is_string_literal || operand->kind == TypeKind::enumeration;
    if (is_label || operand->kind == TypeKind::array) return operand;
    return refuse("a cast to " + quoted(type.path.last()));
  }
  if (operand->is_string_literal) return cast_literal(std::move(*operand), *kind, type);
  return cast_value(std::move(*operand), *kind, type);
}

std::optional<Operand> Legalizer::cast_literal(Operand operand, TypeKind kind,
                                               const ast::TypeName& type) {
  if (kind == TypeKind::text) {
    // 'M'::character(1) stays what it is where it fits.
    const bool may_cut = !type.args.empty() &&
                         std::to_string(operand.expr.text.size()) > type.args[0] &&
                         type.args[0].size() <= std::to_string(operand.expr.text.size()).size();
    if (may_cut) return refuse("a cast to " + quoted(type.path.last()));
    return operand;
  }
  std::optional<Expr> expr = literal_of(kind, operand.expr.text, module_.dialect, nullptr);
  if (!expr) {
    return refuse("what " + quoted(operand.expr.text) + " means as " +
                  std::string(ir::name_of(kind)));
  }
  operand.expr = std::move(*expr);
  operand.kind = kind;
  operand.is_string_literal = false;
  return operand;
}

void Legalizer::to_moment(Operand& operand, TypeKind kind) {
  if (operand.kind == kind) return;
  operand.expr = call_expr(cast_to(kind), {std::move(operand.expr)});
  operand.kind = kind;
}

std::optional<Operand> Legalizer::cast_value(Operand operand, TypeKind kind,
                                             const ast::TypeName& type) {
  const TypeKind from = operand.kind;
  const bool has_args = !type.args.empty();
  const auto refusal = [&] { return refuse("a cast to " + quoted(type.path.last())); };
  // Types of SQLite and MySQL are not PostgreSQL's: only what changes nothing is read.
  const bool is_same = from == kind && !has_args;
  if (is_same) return operand;
  if (operand.is_literal && is_number(from) && is_number(kind) && !has_args) {
    const bool is_wider = kind >= from || is_integer(from);
    if (!is_wider) return refusal();
    if (is_integer(kind) && !is_integer(from)) return refusal();
    if (kind == TypeKind::decimal) operand.kind = kind;
    if (is_float(kind)) operand.kind = TypeKind::decimal;
    return operand;
  }
  if (!is(Dialect::postgres)) return refusal();
  if (operand.is_literal) return refusal();
  const auto call = [&](std::string_view function) {
    Operand out;
    out.kind = kind;
    out.expr = call_expr(function, {std::move(operand.expr)});
    return out;
  };
  if (kind == TypeKind::text) {
    const std::string name = lower_case(type.path.last());
    const bool is_fixed = name == "character" || name == "char" || name == "bpchar";
    if (is_fixed || operand.is_padded) return refusal();
    if (from == TypeKind::enumeration || from == TypeKind::uuid) {
      operand.kind = kind;
      operand.enumeration = {};
    } else if (is_integer(from) || from == TypeKind::boolean) {
      operand = call("as_text");
    } else if (from != TypeKind::text) {
      return refusal();
    }
    // An explicit cast cuts.
    if (!has_args) return operand;
    operand.expr = call_expr("left", {std::move(operand.expr), number_expr(type.args[0])});
    return operand;
  }
  if (from == TypeKind::boolean) {
    if (kind != TypeKind::int32) return refusal();
    return call("as_integer");
  }
  if (is_number(from) && is_number(kind)) {
    if (kind == TypeKind::float32) return refusal();
    if (kind == TypeKind::decimal && is_float(from)) return refusal();
    if (is_integer(kind) && is_integer(from) && kind >= from) {
      operand.kind = kind;
      return operand;
    }
    Operand out = call(cast_to(kind));
    if (!has_args) return out;
    if (kind != TypeKind::decimal) return refusal();
    const std::string scale = type.args.size() > 1 ? type.args[1] : "0";
    if (scale.starts_with('-')) return refusal();
    out.expr = call_expr("round", {std::move(out.expr), number_expr(scale)});
    return out;
  }
  const bool is_moment_cast =
      (from == TypeKind::date || is_stamp(from)) &&
      (kind == TypeKind::date || is_stamp(kind) || (kind == TypeKind::time && is_stamp(from)));
  if (is_moment_cast && !has_args) {
    to_moment(operand, kind);
    return operand;
  }
  return refusal();
}

}  // namespace sqlxc::passes
