#include <utility>

#include "compiler/passes/passes.h"
#include "compiler/passes/predicate.h"

// What of each rule the service can tell by itself: all (exact), some (weaker) or nothing (server
// only). What the service rejects the database must reject, so whatever is in doubt is left to the
// database.
namespace sqlxc::passes {

void legalize_rules(ir::Module& module, Context&) {
  for (ir::Entity& entity : module.entities) {
    for (ir::Rule& rule : entity.rules) {
      if (!rule.predicate) continue;
      LegalPredicate legal = legalize(*rule.predicate, module, entity);
      rule.verdict = !legal.expr       ? ir::Verdict::server_only
                     : legal.is_weaker ? ir::Verdict::weaker
                                       : ir::Verdict::exact;
      rule.reason = std::move(legal.reason);
      rule.predicate = std::move(legal.expr);
    }
  }
}

}  // namespace sqlxc::passes
