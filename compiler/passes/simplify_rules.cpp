#include <algorithm>
#include <cstdlib>
#include <limits>
#include <map>
#include <optional>
#include <string>

#include "compiler/passes/exprs.h"
#include "compiler/passes/passes.h"
#include "compiler/syntax/print.h"

// Folds constant parts of rules and marks those that say nothing new: `x is not null` of a required
// field, a rule that another one repeats, one that always holds. One that never holds is reported.
namespace sqlxc::passes {
namespace {

using ast::Expr;
using Kind = Expr::Kind;

std::optional<bool> constant(const Expr& expr) {
  if (expr.kind != Kind::boolean) return std::nullopt;
  return expr.text == "true";
}

bool is_null_test(const Expr& expr) {
  return expr.kind == Kind::is_test && expr.name == "null" && expr.args[0].kind == Kind::column;
}

// What a conjunction leaves of one column.
struct Bounds {
  double low = -std::numeric_limits<double>::infinity();
  double high = std::numeric_limits<double>::infinity();
  bool is_low_open = false;  // the bound itself is not within
  bool is_high_open = false;

  void at_least(double value, bool is_open) {
    if (value > low || (value == low && is_open)) {
      low = value;
      is_low_open = is_open;
    }
  }
  void at_most(double value, bool is_open) {
    if (value < high || (value == high && is_open)) {
      high = value;
      is_high_open = is_open;
    }
  }
  bool is_empty() const { return low > high || (low == high && (is_low_open || is_high_open)); }
};

std::optional<double> number_in(const Expr& expr) {
  const bool is_negative = expr.kind == Kind::unary && expr.name == "-";
  const Expr& number = is_negative ? expr.args[0] : expr;
  if (number.kind != Kind::number) return std::nullopt;
  const double value = std::strtod(number.text.c_str(), nullptr);
  return is_negative ? -value : value;
}

void narrow(const Expr& expr, std::map<std::string, Bounds>& bounds) {
  if (expr.kind == Kind::binary && expr.name == "and") {
    narrow(expr.args[0], bounds);
    narrow(expr.args[1], bounds);
    return;
  }
  const bool is_range = expr.kind == Kind::between || expr.kind == Kind::binary;
  if (!is_range || expr.args[0].kind != Kind::column) return;
  const auto first = number_in(expr.args[1]);
  if (!first) return;
  Bounds& of = bounds[std::string(expr.args[0].path.last())];
  const std::string& op = expr.name;
  if (expr.kind == Kind::between) {
    of.at_least(*first, false);
    if (const auto second = number_in(expr.args[2])) of.at_most(*second, false);
    return;
  }
  if (op == ">" || op == ">=" || op == "=") of.at_least(*first, op == ">");
  if (op == "<" || op == "<=" || op == "=") of.at_most(*first, op == "<");
}

// No value of a required field is within the bounds: null alone would pass.
bool is_contradiction(const Expr& expr, const ir::Entity& entity) {
  if (const auto value = constant(expr)) return !*value;
  std::map<std::string, Bounds> bounds;
  narrow(expr, bounds);
  return std::ranges::any_of(entity.fields, [&](const ir::Field& field) {
    const auto found = bounds.find(field.name);
    return found != bounds.end() && !field.is_nullable && found->second.is_empty();
  });
}

class Folder {
 public:
  explicit Folder(const ir::Entity& entity) : entity_(entity) {}

  void fold(Expr& expr) const {
    for (Expr& arg : expr.args) fold(arg);
    if (expr.kind == Kind::unary && expr.name == "not") {
      if (const auto value = constant(expr.args[0])) expr = boolean_expr(!*value);
    } else if (expr.kind == Kind::binary && (expr.name == "and" || expr.name == "or")) {
      fold_junction(expr);
    } else if (is_null_test(expr) && is_required(expr.args[0].path.last())) {
      expr = boolean_expr(false);
    }
  }

 private:
  // A required field that a write leaves to its default is not null either.
  bool is_required(std::string_view name) const {
    const auto found = std::ranges::find(entity_.fields, name, &ir::Field::name);
    return found != entity_.fields.end() && !found->is_nullable;
  }

  // `false and x` is false, `true and x` is x; the other way round for or.
  static void fold_junction(Expr& expr) {
    const bool absorbing = expr.name == "or";
    for (std::size_t i = 0; i < 2; ++i) {
      const auto value = constant(expr.args[i]);
      if (!value) continue;
      Expr result = *value == absorbing ? boolean_expr(absorbing) : std::move(expr.args[1 - i]);
      expr = std::move(result);
      return;
    }
  }

  const ir::Entity& entity_;
};

}  // namespace

void simplify_rules(ir::Module& module, Context& context) {
  for (ir::Entity& entity : module.entities) {
    std::map<std::string, std::string> known;  // predicates and who says so
    for (ir::Rule& rule : entity.rules) {
      if (!rule.predicate) continue;
      Folder(entity).fold(*rule.predicate);
      const auto value = constant(*rule.predicate);
      if (is_contradiction(*rule.predicate, entity)) {
        context.diagnostics.report<diag::RuleContradiction>(rule.place.range, rule.sql,
                                                            entity.table);
      } else if (value) {
        if (rule.verdict == ir::Verdict::weaker) {
          rule.verdict = ir::Verdict::server_only;
          rule.predicate.reset();
          continue;
        }
        rule.is_redundant = true;
        rule.reason = "it always holds";
        continue;
      }
      const auto [first, is_new] =
          known.emplace(syntax::print(*rule.predicate, Dialect::postgres), rule.name);
      if (is_new) continue;
      rule.is_redundant = true;
      if (rule.verdict == ir::Verdict::exact) rule.reason = "`" + first->second + "` says the same";
    }
  }
}

}  // namespace sqlxc::passes
