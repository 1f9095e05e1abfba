#pragma once

#include <vector>

#include "compiler/catalog/infer.h"

namespace sqlxc::catalog {

/// Says what every name in a named query's SELECT means: a name of a parameter, `:name` and `$n`
/// become parameters `$n`, tables get their schema where the catalog has several, and `*` at the
/// top becomes the columns that it stands for, without those that are never shown. Reports names
/// that nothing has, and those that a parameter and a column have (SX2002, SX3012, SX3013). True
/// in the result where the parameter is used.
std::vector<bool> resolve_query_names(Fold& fold, const NamedQuery& named, ast::Query& query);

/// The SELECT whose items name the columns of the query; null where there is none.
ast::Select* leading_select(ast::Query& query);

}  // namespace sqlxc::catalog
