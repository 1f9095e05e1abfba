#include <utility>

#include "compiler/passes/passes.h"
#include "compiler/passes/predicate.h"

// What of each rule the service can tell by itself: all (exact), some (weaker) or nothing (server
// only); an annotation it holds alone. What the service rejects the database must reject, so
// whatever is in doubt is left to the database.
namespace sqlxc::passes {
namespace {

// Of an annotation the database knows nothing.
ir::Verdict verdict_of(const ir::Rule& rule, const LegalPredicate& legal) {
  if (!legal.expr) return ir::Verdict::server_only;
  if (rule.kind == ir::ConstraintKind::annotation) return ir::Verdict::service_only;
  return legal.is_weaker ? ir::Verdict::weaker : ir::Verdict::exact;
}

}  // namespace

void legalize_rules(ir::Module& module, Context&) {
  for (ir::Entity& entity : module.entities) {
    for (ir::Rule& rule : entity.rules) {
      if (!rule.predicate) continue;
      const bool is_own = rule.kind == ir::ConstraintKind::annotation;
      LegalPredicate legal = legalize(*rule.predicate, module, entity, is_own);
      rule.verdict = verdict_of(rule, legal);
      rule.reason = std::move(legal.reason);
      rule.predicate = std::move(legal.expr);
    }
  }
}

}  // namespace sqlxc::passes
