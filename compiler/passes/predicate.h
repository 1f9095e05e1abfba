#pragma once

#include <optional>
#include <string>

#include "compiler/ir/ir.h"

// A condition of the schema in the small language that emitted rules are written in. Legal
// predicates hold only: columns of the entity by their JSON names; numbers, strings, booleans and
// date, time, timestamp and timestamptz literals; and, or, not; = <> < <= > >= and `is distinct
// from`, `is not distinct from`, over operands of comparable types; + - * / % and ||; ~ and ~* with
// a literal pattern; between, in, like and ilike (with the escape as a third argument where it is
// not a backslash, "" for none), is null, is true, is false; and calls of kFunctions
// (operands.cpp).
namespace sqlxc::passes {

struct LegalPredicate {
  std::optional<ast::Expr> expr;  // empty: the database alone can tell
  std::string reason;             // what it is that it alone can tell
  bool is_weaker = false;         // some of it is left to the database
};

/// The predicate in that language, or why it is not. Of a conjunction the parts that are legal
/// remain.
LegalPredicate legalize(const ast::Expr& expr, const ir::Module& module, const ir::Entity& entity);

}  // namespace sqlxc::passes
