#pragma once

#include <string>

#include "compiler/ir/ir.h"
#include "emit/ddl/ddl.h"

// What makes searches fast, in PostgreSQL: an index over the very expression that the runtime asks
// for (runtime/sqlxc/query/sql_search.cpp). SQLite's is planned with its tables.
namespace sqlxc::emit::ddl {

/// CREATE INDEX for every table that is searched, empty where none is.
std::string postgres_searches(const ir::Module& module, const PostgresSchema& schema);

}  // namespace sqlxc::emit::ddl
