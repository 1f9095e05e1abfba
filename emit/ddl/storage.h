#pragma once

#include <optional>
#include <string>

#include "compiler/ir/ir.h"
#include "compiler/translate/translate.h"

// How SQLite keeps a column: the table in docs/sqlite.md as code.
namespace sqlxc::emit::ddl {

struct Storage {
  std::string declared;            // "integer", "numeric(10, 2)"
  std::string collation;           // "sqlxc_decimal", or empty
  std::optional<ast::Expr> check;  // what every value of the type is
};

/// `column` is the name in SQLite.
Storage storage_of(const catalog::Type& type, const std::string& column,
                   const catalog::Catalog& catalog);

/// The same type as the translator sees it.
translate::ValueType value_type_of(const catalog::Type& type, const catalog::Catalog& catalog);

}  // namespace sqlxc::emit::ddl
