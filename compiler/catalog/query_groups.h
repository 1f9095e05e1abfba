#pragma once

#include "compiler/catalog/infer.h"

namespace sqlxc::catalog {

/// Whether the expression is a call of an aggregate that the standard library of the dialect has.
bool is_aggregate(const Fold& fold, const ast::Expr& expr);

/// PostgreSQL: of a SELECT that groups or aggregates, reports the columns that are neither grouped,
/// nor inside an aggregate, nor of a row that is grouped by its primary key (SX3017). `scope` is
/// that of its FROM.
void check_groups(Fold& fold, const ast::Query& query, const Scope& scope);

}  // namespace sqlxc::catalog
