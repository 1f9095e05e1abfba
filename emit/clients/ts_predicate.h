#pragma once

#include <string>

#include "compiler/ir/ir.h"

// A legal predicate (compiler/passes/predicate.h) in TypeScript, over the functions of rules.ts.
namespace sqlxc::emit {

struct TsPredicate {
  std::string text;       // `or(ne(text(row["status"]), "paid"), ...)`
  bool is_exact = true;   // no part of it is `unknown`
  bool is_empty = false;  // nothing is left but `unknown`
};

TsPredicate ts_predicate(const ast::Expr& expr, const ir::Entity& entity);

}  // namespace sqlxc::emit
