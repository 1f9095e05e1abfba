#pragma once

#include <vector>

#include "compiler/base/diagnostic.h"
#include "compiler/ir/ir.h"
#include "emit/ddl/ddl.h"

// A MySQL or SQLite schema as PostgreSQL would have it: the same tables and columns in the same
// order, types, defaults, checks and views in its words.
namespace sqlxc::emit::ddl {

/// `is_held` is set to false for tables that have no form there, and queries are empty that have
/// none; they are reported.
catalog::Catalog catalog_for_postgres(const ir::Module& module, std::vector<bool>& is_held,
                                      std::vector<HeldQuery>& queries, Diagnostics& diagnostics);

/// The type in PostgreSQL; MySQL's enum is `text` here, and a type of its own in the catalog.
catalog::Type postgres_type_of(const catalog::Type& from, const catalog::Catalog& catalog);

}  // namespace sqlxc::emit::ddl
