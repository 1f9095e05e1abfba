#include "compiler/passes/predicate.h"

#include <algorithm>

#include "compiler/ir/lower_types.h"
#include "compiler/passes/exprs.h"
#include "compiler/passes/literals.h"
#include "compiler/passes/operands.h"

namespace sqlxc::passes {
namespace {

using ast::Expr;
using ir::TypeKind;
using Kind = Expr::Kind;

class Legalizer {
 public:
  Legalizer(const ir::Module& module, const ir::Entity& entity)
      : module_(module), operands_(module, entity) {}

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
    if (result.is_weaker) result.reason = operands_.reason();
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

  std::optional<Operand> value(const Expr& expr) { return operands_.value(expr); }

  std::nullopt_t refuse(std::string reason) { return operands_.refuse(std::move(reason)); }

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
    if (!operands_.coerce(left, right) || !operands_.coerce(right, left)) return false;
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
      refuse("parts of the pattern may mean something else to the service");
    }
    return binary_expr(op, std::move(text->expr), std::move(pattern->expr));
  }

  const ir::Module& module_;
  Operands operands_;
  bool is_weaker_ = false;
};

}  // namespace

LegalPredicate legalize(const Expr& expr, const ir::Module& module, const ir::Entity& entity) {
  return Legalizer(module, entity).run(expr);
}

}  // namespace sqlxc::passes
