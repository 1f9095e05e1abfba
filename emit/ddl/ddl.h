#pragma once

#include <string>
#include <vector>

#include "emit/emit.h"

// The database's own DDL: db/schema.<target>.sql, and where each table of the catalog is kept. What
// a target cannot hold is reported (SX50xx) with what happens instead.
namespace sqlxc::emit::ddl {

/// Where a table of the catalog is kept.
struct HeldTable {
  bool is_held = false;              // false: partitions, what the target refuses
  std::string name;                  // without quotes: "sales.orders" where schemas are flattened
  std::vector<std::string> columns;  // parallel to the table's columns
  std::vector<bool> lost_defaults;   // the same: the schema's default has no form there
};

struct Schema {
  std::string sql;
  std::vector<HeldTable> tables;  // parallel to Catalog::tables
};

/// The DDL of a new SQLite file. It loads without an error on a connection that has the runtime's
/// functions: SQLite itself was asked (docs/decisions/0012-ask-sqlite.md).
Schema sqlite_schema(const ir::Module& module, Diagnostics& diagnostics);

/// The module as SQLite holds it: entities and fields by their names there, without the entities
/// that are not held, their relations and operations.
ir::Module held_in_sqlite(ir::Module module, const Schema& schema);

/// The files db/schema.*.sql of the module's targets. `sqlite` is what sqlite_schema gave for this
/// module.
std::vector<File> emit_ddl(const ir::Module& module, const Options& options, const Schema& sqlite,
                           Diagnostics& diagnostics);

}  // namespace sqlxc::emit::ddl
