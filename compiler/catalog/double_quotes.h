#pragma once

#include "compiler/catalog/fold.h"

// SQLite reads a word in double quotes that names no column as a string, in CREATE statements too
// (SQLITE_DBCONFIG_DQS_DDL, on where it is not switched off). Other quotes are only a name's.
namespace sqlxc::catalog {

/// The expression with such words, of a table whose columns stand, said as the strings that they
/// are.
ast::Expr with_strings(const Fold& fold, const Table& table, ast::Expr expr);

}  // namespace sqlxc::catalog
