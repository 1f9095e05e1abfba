#include <algorithm>
#include <map>
#include <optional>
#include <string>

#include "compiler/passes/exprs.h"
#include "compiler/passes/passes.h"
#include "compiler/syntax/print.h"

// Folds constant parts of rules and marks those that say nothing new: `x is not null` of a required
// field, a rule that another one repeats, one that always holds. A constant that is false is
// reported.
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
      if (value && !*value) {
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
