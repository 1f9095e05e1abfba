#pragma once

#include <string>
#include <vector>

#include "emit/emit.h"

// The database's own DDL: db/schema.<target>.sql, and where each table of the catalog is kept. What
// a target cannot hold is reported (SX50xx) with what happens instead.
namespace sqlxc::emit::ddl {

/// Whether the service is to talk to such a database.
bool has_target(const ir::Module& module, Dialect dialect);

/// The targets that the service itself opens, and makes where they are empty.
std::vector<Dialect> databases(const ir::Module& module);

/// Where a table of the catalog is kept.
struct HeldTable {
  bool is_held = false;              // false: partitions, what the target refuses
  std::string name;                  // without quotes: "sales.orders" where schemas are flattened
  std::vector<std::string> columns;  // parallel to the table's columns
  std::vector<bool> lost_defaults;   // the same: the schema's default has no form there
  std::string search;                // the FTS5 table that indexes its words; empty: it has none
  std::string search_row;            // the column by which that names a row
};

/// A named query in a database's words.
struct HeldQuery {
  std::string sql;  // with its parameters as $1, $2, ...; empty where it has no form there
  std::vector<std::string> defaults;  // of its parameters; empty: none, or null
};

struct Schema {
  std::string sql;
  std::vector<HeldTable> tables;   // parallel to Catalog::tables
  std::vector<HeldQuery> queries;  // parallel to Catalog::queries
};

/// The DDL of a new SQLite file. It loads without an error on a connection that has the runtime's
/// functions: SQLite itself was asked (docs/decisions/0012-ask-sqlite.md).
Schema sqlite_schema(const ir::Module& module, Diagnostics& diagnostics);

/// What PostgreSQL holds of a schema.
struct PostgresSchema {
  catalog::Catalog
      catalog;  // in PostgreSQL's dialect; tables and columns are parallel to the user's
  std::vector<bool> is_held;  // parallel to Catalog::tables: views that have no form there are not
  std::string sql;
  std::vector<HeldQuery> queries;  // parallel to Catalog::queries
};

/// The schema in PostgreSQL, from any dialect. Reports what has no form there.
PostgresSchema postgres_schema(const ir::Module& module, Diagnostics& diagnostics);

/// The DDL of a PostgreSQL catalog, in an order that an empty database takes. Expressions and
/// bodies are as they were written, under the search path of their statement.
std::string postgres_ddl(const catalog::Catalog& catalog, const std::vector<bool>& is_held);

/// The type of a PostgreSQL column in words for casts: "character varying(80)".
std::string postgres_type_name(const catalog::Catalog& catalog, const catalog::Type& type);

/// The module as its targets hold it: entities and fields by their names there, without the
/// entities that no target holds, their relations and operations. A schema is null where it is no
/// target.
ir::Module held(ir::Module module, const Schema* sqlite, const PostgresSchema* postgres);

/// The files db/schema.*.sql of the module's targets. A schema is null where it is no target.
std::vector<File> emit_ddl(const ir::Module& module, const Options& options, const Schema* sqlite,
                           const PostgresSchema* postgres, Diagnostics& diagnostics);

}  // namespace sqlxc::emit::ddl
