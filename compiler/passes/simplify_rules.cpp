#include <algorithm>
#include <optional>
#include <set>

#include "compiler/passes/exprs.h"
#include "compiler/passes/passes.h"
#include "compiler/syntax/print.h"

// Folds constant parts of rules and drops those that say nothing new: `x is not null` of a required
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
    std::set<std::string> known;
    std::erase_if(entity.rules, [&](ir::Rule& rule) {
      if (!rule.predicate) return false;
      Folder(entity).fold(*rule.predicate);
      if (const auto value = constant(*rule.predicate); value && !*value) {
        context.diagnostics.report<diag::RuleContradiction>(rule.place.range, rule.sql,
                                                            entity.table);
      } else if (value) {
        if (rule.verdict == ir::Verdict::exact) return true;
        rule.verdict = ir::Verdict::server_only;
        rule.predicate.reset();
        return false;
      }
      const bool is_new = known.insert(syntax::print(*rule.predicate, Dialect::postgres)).second;
      return !is_new && rule.verdict == ir::Verdict::exact;
    });
  }
}

}  // namespace sqlxc::passes
