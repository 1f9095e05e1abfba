#pragma once

#include "compiler/catalog/infer.h"

namespace sqlxc::catalog {

/// Says where a named query, whose names are resolved, is none that the engine takes: columns that
/// two tables have, aggregates where rows are chosen, subqueries of several columns where a value
/// stands; in PostgreSQL also types that have no operator together, conditions that are none,
/// labels that an enum has not, and columns that are neither grouped nor aggregated (SX3016 to
/// SX3019). Only what is certain: of an expression whose type is guessed nothing is said.
void check_query(Fold& fold, const ast::Query& query);

}  // namespace sqlxc::catalog
