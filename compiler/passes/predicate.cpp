#include "compiler/passes/predicate.h"

#include <utility>

#include "compiler/passes/legalizer.h"

namespace sqlxc::passes {

Legalizer::Legalizer(const ir::Module& module, const ir::Entity& entity, bool is_own)
    : module_(module),
      entity_(entity),
      table_(at(module.catalog.tables, entity.source)),
      is_own_(is_own) {}

LegalPredicate Legalizer::run(const ast::Expr& expr) {
  LegalPredicate result;
  result.expr = condition(expr);
  result.is_weaker = !result.expr || is_weaker_ || !reason_.empty();
  if (result.is_weaker) result.reason = reason_.empty() ? weakness_ : reason_;
  return result;
}

std::nullopt_t Legalizer::refuse(std::string reason) {
  if (reason_.empty()) reason_ = std::move(reason);
  return std::nullopt;
}

bool Legalizer::is_refused(std::string reason) {
  refuse(std::move(reason));
  return false;
}

void Legalizer::weaken(std::string reason) {
  is_weaker_ = true;
  if (weakness_.empty()) weakness_ = std::move(reason);
}

std::string quoted(std::string_view text) { return '`' + std::string(text) + '`'; }

LegalPredicate legalize(const ast::Expr& expr, const ir::Module& module, const ir::Entity& entity,
                        bool is_own) {
  return Legalizer(module, entity, is_own).run(expr);
}

}  // namespace sqlxc::passes
