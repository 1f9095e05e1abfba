#include "compiler/passes/operands.h"

#include <algorithm>
#include <array>

#include "compiler/ir/lower_types.h"
#include "compiler/passes/exprs.h"
#include "compiler/passes/literals.h"

namespace sqlxc::passes {
namespace {

using ast::Expr;
using ir::TypeKind;
using Kind = Expr::Kind;

// Functions of one text or number, what the service calls them, and what they give.
enum class Takes : std::uint8_t { text, number };
struct Function {
  std::string_view name;
  std::string_view called;
  Takes takes;
  TypeKind gives;
};
constexpr std::array kFunctions = {
    Function{"length", "length", Takes::text, TypeKind::int32},
    Function{"char_length", "length", Takes::text, TypeKind::int32},
    Function{"character_length", "length", Takes::text, TypeKind::int32},
    Function{"octet_length", "octet_length", Takes::text, TypeKind::int32},
    Function{"lower", "lower", Takes::text, TypeKind::text},
    Function{"upper", "upper", Takes::text, TypeKind::text},
    Function{"trim", "trim", Takes::text, TypeKind::text},
    Function{"btrim", "trim", Takes::text, TypeKind::text},
    Function{"ltrim", "ltrim", Takes::text, TypeKind::text},
    Function{"rtrim", "rtrim", Takes::text, TypeKind::text},
    Function{"abs", "abs", Takes::number, TypeKind::other},
};

bool has_collation(const catalog::Column& column) {
  if (column.type.name == "citext") return true;
  for (const std::string& collation : {column.collation, column.type.collation}) {
    const std::string name = lower_case(collation);
    if (!name.empty() && name != "c" && name != "posix" && name != "binary" && name != "default")
      return true;
  }
  return false;
}

std::string quoted(std::string_view text) { return '`' + std::string(text) + '`'; }

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

Operands::Operands(const ir::Module& module, const ir::Entity& entity)
    : module_(module), entity_(entity), table_(at(module.catalog.tables, entity.source)) {}

std::nullopt_t Operands::refuse(std::string reason) {
  if (reason_.empty()) reason_ = std::move(reason);
  return std::nullopt;
}

std::optional<Operand> Operands::value(const Expr& expr) {
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
      return cast(expr);
    case Kind::cast:
      return cast(expr);
    case Kind::unary:
      if (expr.name == "-") return negative(expr);
      if (expr.name == "+") return value(expr.args[0]);
      break;
    case Kind::binary:
      return arithmetic(expr);
    case Kind::call:
      return call(expr);
    case Kind::null_literal:
      return refuse(quoted("null") + " as an operand");
    case Kind::case_when:
      return refuse(quoted("case"));
    default:
      break;
  }
  return refuse("an expression of this kind");
}

std::optional<Operand> Operands::column(const Expr& expr) {
  const std::string_view name = expr.path.last();
  const auto equal = [&](const ir::Field& field) {
    return module_.dialect == Dialect::postgres ? field.column == name
                                                : lower_case(field.column) == lower_case(name);
  };
  const auto found = std::ranges::find_if(entity_.fields, equal);
  if (found == entity_.fields.end()) return refuse("what " + quoted(name) + " is");
  const catalog::Column& column =
      table_.columns[static_cast<std::size_t>(found - entity_.fields.begin())];
  Operand operand;
  operand.expr = column_expr(found->name);
  operand.kind = found->type.kind;
  operand.enumeration = found->type.enumeration;
  operand.is_padded = found->type.is_fixed_length;
  operand.has_collation = has_collation(column);
  return operand;
}

std::optional<Operand> Operands::number(const Expr& expr) {
  if (!passes::is_number(expr.text)) return refuse("the number " + quoted(expr.text));
  Operand operand;
  operand.expr = number_expr(expr.text);
  operand.kind = is_int64(expr.text) ? TypeKind::int64 : TypeKind::decimal;
  operand.is_literal = true;
  return operand;
}

std::optional<Operand> Operands::negative(const Expr& expr) {
  std::optional<Operand> operand = value(expr.args[0]);
  if (!operand) return std::nullopt;
  if (!is_number(operand->kind)) return refuse("minus of what is no number");
  operand->expr = unary_expr("-", std::move(operand->expr));
  return operand;
}

// What a type's name means, or nothing where it is not one that the service knows.
std::optional<TypeKind> Operands::kind_of(const ast::TypeName& type) const {
  if (type.array_dimensions > 0) return std::nullopt;
  std::string name = lower_case(type.path.last());
  if (name == "timestamptz" || name == "timetz") return ir::lower_type_name(name, module_.dialect);
  if (type.with_time_zone.value_or(false)) name += " with time zone";
  return ir::lower_type_name(name, module_.dialect);
}

std::optional<Operand> Operands::cast(const Expr& expr) {
  std::optional<Operand> operand = value(expr.args[0]);
  if (!operand) return std::nullopt;
  const ast::TypeName& type = expr.type.front();
  const std::optional<TypeKind> kind = kind_of(type);
  if (!kind) {
    // 'draft'::post_status: the literal takes the type of what it is compared with.
    if (operand->is_string_literal || operand->kind == TypeKind::enumeration) return operand;
    return refuse("a cast to " + quoted(type.path.last()));
  }
  if (operand->is_string_literal) return cast_literal(std::move(*operand), *kind, type);
  const bool is_same = operand->kind == *kind && type.args.empty();
  const bool is_wider = is_number(operand->kind) && is_number(*kind) && type.args.empty() &&
                        *kind >= operand->kind && (*kind == TypeKind::decimal || is_integer(*kind));
  if (!is_same && !is_wider) return refuse("a cast to " + quoted(type.path.last()));
  operand->kind = *kind;
  return operand;
}

std::optional<Operand> Operands::cast_literal(Operand operand, TypeKind kind,
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
  if (!expr)
    return refuse("what " + quoted(operand.expr.text) + " means as " +
                  std::string(ir::name_of(kind)));
  operand.expr = std::move(*expr);
  operand.kind = kind;
  operand.is_string_literal = false;
  return operand;
}

std::optional<Operand> Operands::arithmetic(const Expr& expr) {
  const std::string& op = expr.name;
  const bool is_known = op == "+" || op == "-" || op == "*" || op == "/" || op == "%" || op == "||";
  if (!is_known) return refuse(quoted(op) + " as a value");
  std::optional<Operand> left = value(expr.args[0]);
  std::optional<Operand> right = value(expr.args[1]);
  if (!left || !right) return std::nullopt;
  if (left->is_literal && right->is_literal) return refuse("a computation of constants");
  if (op == "||") return concatenation(std::move(*left), std::move(*right));
  const bool is_days = op == "-" && left->kind == TypeKind::date && right->kind == TypeKind::date &&
                       module_.dialect == Dialect::postgres && !left->is_literal &&
                       !right->is_literal;
  if (!is_days && (!is_number(left->kind) || !is_number(right->kind))) {
    return refuse("arithmetic with what is no number");
  }
  const bool is_division = op == "/" || op == "%";
  const bool is_integral = is_integer(left->kind) && is_integer(right->kind);
  if (is_division && (!is_integral || (op == "/" && module_.dialect == Dialect::mysql))) {
    return refuse("a division with a fraction");
  }
  Operand result;
  result.kind = is_days ? TypeKind::int32 : std::max(left->kind, right->kind);
  result.expr = binary_expr(op, std::move(left->expr), std::move(right->expr));
  return result;
}

std::optional<Operand> Operands::concatenation(Operand left, Operand right) {
  const bool is_text = left.kind == TypeKind::text && right.kind == TypeKind::text;
  if (!is_text || left.is_padded || right.is_padded || module_.dialect == Dialect::mysql) {
    return refuse(quoted("||"));
  }
  Operand result;
  result.kind = TypeKind::text;
  result.has_collation = left.has_collation || right.has_collation;
  result.expr = binary_expr("||", std::move(left.expr), std::move(right.expr));
  return result;
}

std::optional<Operand> Operands::call(const Expr& expr) {
  const std::string name = lower_case(expr.path.last());
  const bool is_plain =
      !expr.is_distinct && !expr.is_star && expr.filter.empty() && expr.over.empty();
  if (!is_plain) return refuse("the function " + quoted(name));
  if (name == "coalesce" && expr.args.size() > 1) return coalesce(expr);
  if (name == "num_nonnulls" && module_.dialect == Dialect::postgres) return num_nonnulls(expr);
  const bool is_trim = name == "trim" && expr.args.size() == 2 && expr.args[0].kind == Kind::string;
  if (is_trim) {
    const std::string& side = expr.args[0].text;
    return apply(side == "leading" ? "ltrim" : side == "trailing" ? "rtrim" : "trim", expr.args[1]);
  }
  if (expr.args.size() != 1) return refuse("the function " + quoted(name));
  return apply(name, expr.args[0]);
}

std::optional<Operand> Operands::apply(const std::string& name, const Expr& arg) {
  const auto* function = std::ranges::find(kFunctions, name, &Function::name);
  if (function == kFunctions.end()) return refuse("the function " + quoted(name));
  std::optional<Operand> operand = value(arg);
  if (!operand) return std::nullopt;
  const bool fits =
      function->takes == Takes::text ? operand->kind == TypeKind::text : is_number(operand->kind);
  if (!fits || operand->is_literal)
    return refuse("the function " + quoted(name) + " of such a value");
  std::string_view called = function->called;
  // MySQL's length() counts bytes.
  if (name == "length" && module_.dialect == Dialect::mysql) called = "octet_length";
  if (called == "octet_length" && operand->is_padded) return refuse("the bytes of padded text");
  Operand result;
  result.kind = function->takes == Takes::number ? operand->kind : function->gives;
  result.has_collation = operand->has_collation;
  result.expr = call_expr(called, {std::move(operand->expr)});
  return result;
}

std::optional<Operand> Operands::coalesce(const Expr& expr) {
  std::optional<Operand> first = value(expr.args[0]);
  if (!first) return std::nullopt;
  if (first->is_literal) return refuse("coalesce of constants");
  std::vector<Expr> args = {first->expr};
  for (std::size_t i = 1; i < expr.args.size(); ++i) {
    std::optional<Operand> next = value(expr.args[i]);
    if (!next || !coerce(*next, *first)) return std::nullopt;
    const bool is_wider_literal =
        is_integer(first->kind) && is_integer(next->kind) && next->is_literal;
    const bool is_decimal =
        first->kind == TypeKind::decimal && is_integer(next->kind) && next->is_literal;
    if (next->kind != first->kind && !is_wider_literal && !is_decimal) {
      return refuse("coalesce of different types");
    }
    if (is_decimal) next->expr = typed_literal_expr("numeric", next->expr.text);
    args.push_back(std::move(next->expr));
  }
  Operand result = *first;
  result.expr = call_expr("coalesce", std::move(args));
  return result;
}

std::optional<Operand> Operands::num_nonnulls(const Expr& expr) {
  std::vector<Expr> args;
  for (const Expr& arg : expr.args) {
    std::optional<Operand> operand = value(arg);
    if (!operand) return std::nullopt;
    if (operand->expr.kind != Kind::column)
      return refuse("the function `num_nonnulls` of such a value");
    args.push_back(std::move(operand->expr));
  }
  Operand result;
  result.kind = TypeKind::int32;
  result.expr = call_expr("num_nonnulls", std::move(args));
  return result;
}
// A literal takes the type of what it is compared with.
bool Operands::coerce(Operand& literal, const Operand& other) {
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
    refuse("what " + quoted(literal.expr.text) + " means as " +
           std::string(ir::name_of(other.kind)));
    return false;
  }
  literal.expr = std::move(*expr);
  literal.kind = other.kind;
  literal.is_string_literal = false;
  return true;
}
}  // namespace sqlxc::passes
