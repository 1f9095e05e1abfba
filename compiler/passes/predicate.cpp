#include "compiler/passes/predicate.h"

#include <algorithm>
#include <array>

#include "compiler/ir/lower_types.h"
#include "compiler/passes/exprs.h"
#include "compiler/passes/literals.h"
#include "compiler/stdlib/types.h"

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

// An operand: what it is and what may be done with it.
struct Operand {
  Expr expr;
  TypeKind kind = TypeKind::other;
  bool is_literal = false;
  bool is_string_literal = false;  // of a type yet to be found out
  bool is_padded = false;          // char(n)
  bool has_collation = false;      // equality is not that of bytes
  Id<ir::Enumeration> enumeration;
};

class Legalizer {
 public:
  Legalizer(const ir::Module& module, const ir::Entity& entity)
      : module_(module), entity_(entity), table_(at(module.catalog.tables, entity.source)) {}

  LegalPredicate run(const Expr& expr) {
    LegalPredicate result;
    for (const Expr* part : conjuncts(expr)) {
      std::optional<Expr> legal = condition(*part);
      if (!legal) {
        result.is_weaker = true;
      } else if (result.expr) {
        result.expr = binary_expr("and", std::move(*result.expr), std::move(*legal));
      } else {
        result.expr = std::move(legal);
      }
    }
    result.is_weaker = result.is_weaker || is_weaker_;
    if (result.is_weaker) result.reason = reason_;
    return result;
  }

 private:
  static std::vector<const Expr*> conjuncts(const Expr& expr) {
    if (expr.kind != Kind::binary || expr.name != "and") return {&expr};
    std::vector<const Expr*> parts = conjuncts(expr.args[0]);
    const std::vector<const Expr*> right = conjuncts(expr.args[1]);
    parts.insert(parts.end(), right.begin(), right.end());
    return parts;
  }

  // The first reason is the one that is told.
  std::nullopt_t refuse(std::string reason) {
    if (reason_.empty()) reason_ = std::move(reason);
    return std::nullopt;
  }

  bool is_refused(std::string reason) {
    refuse(std::move(reason));
    return false;
  }

  static std::string quoted(std::string_view text) { return '`' + std::string(text) + '`'; }

  static std::optional<Expr> negated_if(bool is_negated, std::optional<Expr> expr) {
    if (expr && is_negated) return unary_expr("not", std::move(*expr));
    return expr;
  }

  // ---- conditions

  std::optional<Expr> condition(const Expr& expr) {
    switch (expr.kind) {
      case Kind::unary:
        if (expr.name != "not" && expr.name != "!") break;
        return negated_if(true, condition(expr.args[0]));
      case Kind::binary:
        return binary_condition(expr);
      case Kind::is_test:
        return is_test(expr);
      case Kind::between:
        return between(expr);
      case Kind::in_list:
        return in_list(expr.args[0], {expr.args.begin() + 1, expr.args.end()}, expr.is_negated);
      case Kind::like:
        return like(expr, expr.name);
      case Kind::quantified:
        return quantified(expr);
      case Kind::boolean:
        return boolean_expr(expr.text == "true");
      default:
        break;
    }
    const std::optional<Operand> operand = value(expr);
    if (!operand) return std::nullopt;
    if (operand->kind != TypeKind::boolean) return refuse("a number or text as a condition");
    return operand->expr;
  }

  std::optional<Expr> binary_condition(const Expr& expr) {
    const std::string& op = expr.name;
    if (op == "and" || op == "or") {
      std::optional<Expr> left = condition(expr.args[0]);
      std::optional<Expr> right = condition(expr.args[1]);
      if (!left || !right) return std::nullopt;
      return binary_expr(op, std::move(*left), std::move(*right));
    }
    if (op == "=" || op == "==") return comparison("=", expr);
    if (op == "<>" || op == "!=") return comparison("<>", expr);
    if (op == "<" || op == "<=" || op == ">" || op == ">=") return comparison(op, expr);
    if (op == "is distinct from" || op == "is not distinct from") return comparison(op, expr);
    if (op == "is" || op == "<=>") return comparison("is not distinct from", expr);
    if (op == "is not") return comparison("is distinct from", expr);
    if (op == "~" || op == "~*") return regex(op, expr);
    if (op == "!~" || op == "!~*") return negated_if(true, regex(op.substr(1), expr));
    if (op == "~~") return like(expr, "like");
    if (op == "~~*") return like(expr, "ilike");
    if (op == "!~~") return negated_if(true, like(expr, "like"));
    if (op == "!~~*") return negated_if(true, like(expr, "ilike"));
    return refuse("the operator " + quoted(op));
  }

  std::optional<Expr> comparison(std::string_view op, const Expr& expr) {
    std::optional<Operand> left = value(expr.args[0]);
    std::optional<Operand> right = value(expr.args[1]);
    if (!left || !right || !unify(*left, *right, op)) return std::nullopt;
    return binary_expr(op, std::move(left->expr), std::move(right->expr));
  }

  // Makes both comparable by `op` with the meaning that the database gives it, or says why not.
  bool unify(Operand& left, Operand& right, std::string_view op) {
    if (!coerce(left, right) || !coerce(right, left)) return false;
    if (left.is_literal && right.is_literal) return is_refused("a comparison of constants");
    const bool is_order = op.starts_with('<') ? op != "<>" : op.starts_with('>');
    if (is_number(left.kind) && is_number(right.kind)) return true;
    if (left.kind != right.kind) return is_refused("a comparison of different types");
    if (left.kind == TypeKind::enumeration) {
      return left.enumeration == right.enumeration || left.is_literal || right.is_literal
                 ? !is_order || is_refused("the order of an enum")
                 : is_refused("a comparison of different enums");
    }
    if (left.kind == TypeKind::text) return is_text_comparable(left, right, is_order);
    if (left.kind == TypeKind::boolean || left.kind == TypeKind::uuid) {
      return !is_order || is_refused("the order of such values");
    }
    if (is_moment(left.kind)) return true;
    return is_refused("a comparison of " + std::string(ir::name_of(left.kind)) + " values");
  }

  bool is_text_comparable(Operand& left, Operand& right, bool is_order) {
    if (module_.dialect == Dialect::mysql)
      return is_refused("MySQL's collation decides which texts are equal");
    if (left.has_collation || right.has_collation)
      return is_refused("a collation decides which texts are equal");
    if (is_order) return is_refused("a collation decides the order of texts");
    // A char(n) is kept without its padding, and compares so.
    if (left.is_padded || right.is_padded) {
      for (Operand* side : {&left, &right}) {
        if (side->is_literal) side->expr.text.erase(side->expr.text.find_last_not_of(' ') + 1);
      }
    }
    return true;
  }

  // A literal takes the type of what it is compared with.
  bool coerce(Operand& literal, const Operand& other) {
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
        other.enumeration.is_valid() ? &at(module_.enumerations, other.enumeration).labels
                                     : nullptr;
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

  std::optional<Expr> is_test(const Expr& expr) {
    if (expr.name == "null") {
      std::optional<Operand> operand = value(expr.args[0]);
      if (!operand) return std::nullopt;
      if (operand->is_literal) return refuse("whether a constant is null");
      Expr test = expr;
      test.is_negated = false;
      test.args = {std::move(operand->expr)};
      return negated_if(expr.is_negated, std::move(test));
    }
    if (expr.name != "true" && expr.name != "false") return refuse(quoted("is " + expr.name));
    std::optional<Expr> operand = condition(expr.args[0]);
    if (!operand) return std::nullopt;
    // IS TRUE of an unknown condition is false in SQL, but unknown may also mean that the service
    // does not know.
    Expr test = expr;
    test.is_negated = false;
    test.args = {std::move(*operand)};
    return negated_if(expr.is_negated, std::move(test));
  }

  std::optional<Expr> between(const Expr& expr) {
    if (expr.is_symmetric) return refuse(quoted("between symmetric"));
    std::optional<Operand> x = value(expr.args[0]);
    std::optional<Operand> low = value(expr.args[1]);
    std::optional<Operand> high = value(expr.args[2]);
    if (!x || !low || !high || !unify(*x, *low, ">=") || !unify(*x, *high, "<="))
      return std::nullopt;
    return negated_if(expr.is_negated, between_expr(std::move(x->expr), std::move(low->expr),
                                                    std::move(high->expr)));
  }

  std::optional<Expr> in_list(const Expr& needle, const std::vector<Expr>& list, bool is_negated) {
    Expr in;
    in.kind = Kind::in_list;
    for (const Expr& item : list) {
      // Each is compared with a fresh copy: a literal needle would take the first one's type.
      std::optional<Operand> x = value(needle);
      std::optional<Operand> operand = value(item);
      if (!x || !operand || !unify(*x, *operand, "=")) return std::nullopt;
      if (in.args.empty()) in.args.push_back(std::move(x->expr));
      in.args.push_back(std::move(operand->expr));
    }
    return negated_if(is_negated, std::move(in));
  }

  // x = ANY (ARRAY['a', 'b']), as pg_dump writes IN; x <> ALL (ARRAY[...]) is NOT IN.
  std::optional<Expr> quantified(const Expr& expr) {
    const Expr* array = expr.args.size() > 1 ? &expr.args[1] : nullptr;
    while (array != nullptr && array->kind == Kind::cast) array = &array->args[0];
    const bool is_list = array != nullptr && array->kind == Kind::array && array->query.empty();
    const bool is_in = expr.name == "=" && expr.text != "all";
    const bool is_not_in = expr.name == "<>" && expr.text == "all";
    if (!is_list || array->args.empty() || (!is_in && !is_not_in)) {
      return refuse(quoted(expr.name + ' ' + expr.text));
    }
    return in_list(expr.args[0], array->args, is_not_in);
  }

  // ---- texts

  std::optional<Operand> plain_text(const Expr& expr) {
    std::optional<Operand> text = value(expr);
    if (!text) return std::nullopt;
    const bool is_text = text->kind == TypeKind::text && !text->is_literal;
    if (!is_text) return refuse("a pattern over what is not text");
    if (text->is_padded) return refuse("a pattern over padded text");
    if (text->has_collation) return refuse("a collation decides what matches");
    return text;
  }

  std::optional<Expr> like(const Expr& expr, std::string_view op) {
    if (op != "like" && op != "ilike") return refuse(quoted(op));
    if (module_.dialect == Dialect::mysql) return refuse("MySQL's collation decides what matches");
    std::optional<Operand> text = plain_text(expr.args[0]);
    std::optional<Operand> pattern = value(expr.args[1]);
    if (!text || !pattern) return std::nullopt;
    if (!pattern->is_string_literal) return refuse("a pattern that is not constant");
    std::string escape = module_.dialect == Dialect::sqlite ? "" : "\\";
    if (expr.kind == Kind::like && expr.args.size() > 2) {
      if (expr.args[2].kind != Kind::string || expr.args[2].text.size() > 1)
        return refuse(quoted("escape"));
      escape = expr.args[2].text;
    }
    Expr out;
    out.kind = Kind::like;
    // SQLite's LIKE ignores the case of ASCII letters.
    out.name = module_.dialect == Dialect::sqlite ? "ilike" : std::string(op);
    out.args = {std::move(text->expr), std::move(pattern->expr)};
    if (escape != "\\") out.args.push_back(string_expr(escape));
    return negated_if(expr.kind == Kind::like && expr.is_negated, std::move(out));
  }

  std::optional<Expr> regex(const std::string& op, const Expr& expr) {
    std::optional<Operand> text = plain_text(expr.args[0]);
    std::optional<Operand> pattern = value(expr.args[1]);
    if (!text || !pattern) return std::nullopt;
    if (!pattern->is_string_literal) return refuse("a pattern that is not constant");
    if (!is_plain_regex(pattern->expr.text)) {
      is_weaker_ = true;
      if (reason_.empty()) reason_ = "parts of the pattern may mean something else to the service";
    }
    return binary_expr(op, std::move(text->expr), std::move(pattern->expr));
  }

  // ---- values

  std::optional<Operand> value(const Expr& expr) {
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

  std::optional<Operand> column(const Expr& expr) {
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

  static bool has_collation(const catalog::Column& column) {
    if (column.type.name == "citext") return true;
    for (const std::string& collation : {column.collation, column.type.collation}) {
      const std::string name = lower_case(collation);
      if (!name.empty() && name != "c" && name != "posix" && name != "binary" && name != "default")
        return true;
    }
    return false;
  }

  std::optional<Operand> number(const Expr& expr) {
    if (!passes::is_number(expr.text)) return refuse("the number " + quoted(expr.text));
    Operand operand;
    operand.expr = number_expr(expr.text);
    operand.kind = is_int64(expr.text) ? TypeKind::int64 : TypeKind::decimal;
    operand.is_literal = true;
    return operand;
  }

  std::optional<Operand> negative(const Expr& expr) {
    std::optional<Operand> operand = value(expr.args[0]);
    if (!operand) return std::nullopt;
    if (!is_number(operand->kind)) return refuse("minus of what is no number");
    operand->expr = unary_expr("-", std::move(operand->expr));
    return operand;
  }

  // What a type's name means, or nothing where it is not one that the service knows.
  std::optional<TypeKind> kind_of(const ast::TypeName& type) const {
    if (type.array_dimensions > 0) return std::nullopt;
    std::string name = lower_case(type.path.last());
    if (name == "timestamptz" || name == "timetz")
      return ir::lower_type_name(name, module_.dialect);
    if (type.with_time_zone.value_or(false)) name += " with time zone";
    return ir::lower_type_name(name, module_.dialect);
  }

  std::optional<Operand> cast(const Expr& expr) {
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
                          *kind >= operand->kind &&
                          (*kind == TypeKind::decimal || is_integer(*kind));
    if (!is_same && !is_wider) return refuse("a cast to " + quoted(type.path.last()));
    operand->kind = *kind;
    return operand;
  }

  std::optional<Operand> cast_literal(Operand operand, TypeKind kind, const ast::TypeName& type) {
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

  std::optional<Operand> arithmetic(const Expr& expr) {
    const std::string& op = expr.name;
    const bool is_known =
        op == "+" || op == "-" || op == "*" || op == "/" || op == "%" || op == "||";
    // A comparison as a value: (a is null) = (b is null).
    if (!is_known) return condition_value(expr);
    std::optional<Operand> left = value(expr.args[0]);
    std::optional<Operand> right = value(expr.args[1]);
    if (!left || !right) return std::nullopt;
    if (left->is_literal && right->is_literal) return refuse("a computation of constants");
    if (op == "||") return concatenation(std::move(*left), std::move(*right));
    const bool is_days = op == "-" && left->kind == TypeKind::date &&
                         right->kind == TypeKind::date && module_.dialect == Dialect::postgres &&
                         !left->is_literal && !right->is_literal;
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

  std::optional<Operand> condition_value(const Expr& expr) {
    const std::optional<Expr> inner = binary_condition(expr);
    if (!inner) return std::nullopt;
    return refuse("a condition as a value");
  }

  std::optional<Operand> concatenation(Operand left, Operand right) {
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

  std::optional<Operand> call(const Expr& expr) {
    const std::string name = lower_case(expr.path.last());
    const bool is_plain =
        !expr.is_distinct && !expr.is_star && expr.filter.empty() && expr.over.empty();
    if (!is_plain) return refuse("the function " + quoted(name));
    if (name == "coalesce" && expr.args.size() > 1) return coalesce(expr);
    if (name == "num_nonnulls" && module_.dialect == Dialect::postgres) return num_nonnulls(expr);
    const bool is_trim =
        name == "trim" && expr.args.size() == 2 && expr.args[0].kind == Kind::string;
    if (is_trim) {
      const std::string& side = expr.args[0].text;
      return apply(side == "leading"    ? "ltrim"
                   : side == "trailing" ? "rtrim"
                                        : "trim",
                   expr.args[1]);
    }
    if (expr.args.size() != 1) return refuse("the function " + quoted(name));
    return apply(name, expr.args[0]);
  }

  std::optional<Operand> apply(const std::string& name, const Expr& arg) {
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

  std::optional<Operand> coalesce(const Expr& expr) {
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

  std::optional<Operand> num_nonnulls(const Expr& expr) {
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

  const ir::Module& module_;
  const ir::Entity& entity_;
  const catalog::Table& table_;
  std::string reason_;
  bool is_weaker_ = false;
};

}  // namespace

LegalPredicate legalize(const Expr& expr, const ir::Module& module, const ir::Entity& entity) {
  return Legalizer(module, entity).run(expr);
}

}  // namespace sqlxc::passes
