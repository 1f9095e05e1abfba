#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "compiler/base/diagnostic.h"
#include "compiler/catalog/catalog.h"
#include "compiler/stdlib/dialects.h"

// What the statements of a schema are folded into: the catalog so far, and what only the fold needs
// (who is alive, which names are taken, the search path). Dropped things stay in the vectors, so
// that ids hold, and go when the fold is over.
namespace sqlxc::catalog {

/// Where a user's type is: exactly one is valid, or none for the row type of a table.
struct TypeEntry {
  Id<Enum> enumeration = {};
  Id<Domain> domain = {};
  Id<Composite> composite = {};
};

struct TableNotes {
  bool is_alive = true;
  bool is_temporary = false;
  bool ignores_foreign_keys = false;  // MyISAM and its like read them and keep nothing
};

/// A key of a table as it was written, before columns are indices.
struct PendingConstraint {
  const ast::Constraint* constraint = nullptr;
  std::optional<ast::Name> column;  // of a column constraint
};

/// SQLite reads a view when it is used, so that one may name what is made later: the columns of
/// views are found when somebody asks, at the latest when every statement is applied.
struct LateViews {
  std::map<Id<Table>, const ast::CreateView*> waiting = {};
  std::vector<Id<Table>> open = {};      // that are looked at, each for the one before
  std::vector<Id<Table>> circular = {};  // that read themselves
};

struct Fold {
  const SourceMap& sources;
  Diagnostics& diagnostics;
  Catalog catalog = {};
  const stdlib::DialectRow* row = nullptr;
  SourceRange statement = {};

  std::vector<TableNotes> notes = {};  // parallel to catalog.tables
  std::vector<bool> enum_alive = {};   // parallel to catalog.enums, ...
  std::vector<bool> domain_alive = {};
  std::vector<bool> composite_alive = {};
  std::vector<bool> sequence_alive = {};
  std::vector<bool> function_alive = {};
  std::vector<bool> trigger_alive = {};

  std::unordered_map<std::string, Id<Table>> tables = {};
  std::unordered_map<std::string, TypeEntry> types = {};
  std::unordered_map<std::string, Id<Sequence>> sequences = {};
  std::unordered_set<std::string> relations =
      {};  // PostgreSQL: tables, views, indexes and sequences share their names
  std::unordered_set<std::string> constraints = {};  // names, a schema
  std::unordered_set<std::string> schemas = {};
  std::vector<std::string> search_path =
      {};                     // where an unqualified name is made, then where it is looked for
  std::string database = {};  // MySQL: what USE said last; the first one is the default schema
  std::string first_database = {};
  bool checks_foreign_keys = true;
  std::vector<Type> parameters = {};  // $1, $2, ... of the named query that is looked at
  LateViews late_views = {};

  Dialect dialect() const { return catalog.dialect; }
  bool is_postgres() const { return catalog.dialect == Dialect::postgres; }
  bool is_mysql() const { return catalog.dialect == Dialect::mysql; }
  bool is_sqlite() const { return catalog.dialect == Dialect::sqlite; }

  Table& table(Id<Table> id) { return catalog.tables[id.index]; }
};

std::string to_lower(std::string_view text);
bool equal_ignoring_case(std::string_view a, std::string_view b);

/// The key of a name in the maps above.
std::string key_of(const Fold& fold, std::string_view schema, std::string_view name);

/// The search path of now, by its place in Catalog::search_paths.
std::uint32_t search_path_now(Fold& fold);

/// The statement that is being applied, as it was written, without its semicolon.
std::string statement_text(const Fold& fold);

/// The schema in which a statement makes a thing of this name; reports a schema that does not
/// exist.
std::string schema_for(Fold& fold, const ast::Path& path);

/// A schema as the catalog spells it: the default one is empty.
std::string schema_spelled(const Fold& fold, std::string_view schema);

/// The table or view that a path means, by the search path.
Id<Table> find_table(const Fold& fold, const ast::Path& path);

/// The same; reports where there is none.
Id<Table> require_table(Fold& fold, const ast::Path& path);

/// `schema.name` as in messages.
std::string display_name(const Table& table);
std::string display_name(const ast::Path& path);

/// The index of a column, compared as the dialect does.
std::optional<std::uint32_t> find_column(const Fold& fold, const Table& table,
                                         std::string_view name);

/// The same; reports with a suggestion.
std::optional<std::uint32_t> require_column(Fold& fold, const Table& table, const ast::Name& name);

Id<Table> add_table(Fold& fold, Table table, TableNotes notes);
void drop_table(Fold& fold, Id<Table> id);
void rename_table(Fold& fold, Id<Table> id, std::string schema, std::string name);

/// The columns that an expression reads, of one table; reports those that it does not have.
std::vector<std::uint32_t> columns_read(Fold& fold, const Table& table, const ast::Expr& expr);

/// Calls `visit(expr)` for the expression and everything below it, subqueries not.
template <typename Visit>
void visit_exprs(const ast::Expr& expr, const Visit& visit) {
  visit(expr);
  for (const ast::Expr& arg : expr.args) visit_exprs(arg, visit);
  for (const ast::Expr& filter : expr.filter) visit_exprs(filter, visit);
}
template <typename Visit>
void visit_exprs(ast::Expr& expr, const Visit& visit) {
  visit(expr);
  for (ast::Expr& arg : expr.args) visit_exprs(arg, visit);
  for (ast::Expr& filter : expr.filter) visit_exprs(filter, visit);
}

// types.cpp
Type resolve_type(Fold& fold, const ast::TypeName& type);
/// As the engine prints it: format_type, SHOW COLUMNS, the declared text.
std::string spell_type(const Fold& fold, const Type& type);
/// A type by the name of its row, without arguments.
Type type_of_row(const Fold& fold, std::string_view name);
const TypeEntry* find_type_entry(const Fold& fold, const ast::Path& path);

// names.cpp
/// PostgreSQL's makeObjectName: `one_two_label` in at most 63 bytes, the longer part cut first.
std::string make_object_name(std::string_view one, std::string_view two, std::string_view label);
/// A name of that form that no relation of the schema has; it is taken from now on.
std::string choose_relation_name(Fold& fold, std::string_view schema, std::string_view table,
                                 std::string_view columns, std::string_view label,
                                 bool is_constraint);
std::string choose_constraint_name(Fold& fold, std::string_view schema, std::string_view table,
                                   std::string_view column, std::string_view label);
/// The names of an index's elements, joined as PostgreSQL does.
std::string index_columns_name(const std::vector<ast::OrderItem>& elements);
/// MySQL: the first column's name, with _2, _3, ... where it is taken.
std::string choose_mysql_key_name(const Fold& fold, const Table& table, std::string_view column);

// columns.cpp
/// Adds the column and collects its constraints, which are applied when all columns stand.
void add_column(Fold& fold, Id<Table> table, const ast::ColumnDef& column,
                std::vector<PendingConstraint>& pending);
/// Reads a column's type and clauses that are its own: NULL, DEFAULT, GENERATED, IDENTITY, COLLATE,
/// COMMENT.
Column read_column(Fold& fold, Table& table, const ast::ColumnDef& column);
/// Removes a column with what stands on it, and moves every index past it.
void remove_column(Fold& fold, Id<Table> table, std::uint32_t column);
/// Moves a column to another place.
void move_column(Fold& fold, Id<Table> table, std::uint32_t from, std::uint32_t to);
/// Says a new name in every expression of the table.
void rename_column_in_exprs(Fold& fold, Table& table, std::string_view from, const std::string& to);
/// The sequence behind serial and identity, named as PostgreSQL does.
void add_serial(Fold& fold, Id<Table> table, std::uint32_t column);

/// A type that the catalog does not know (`anyelement`, one of an extension) is no mistake here.
RoutineType routine_type(Fold& fold, const ast::TypeName& written);

// casts.cpp
/// Reads CREATE CAST into the catalog; one without a function is none of ours.
void note_cast(Fold& fold, std::string_view statement);
/// Reads CREATE AGGREGATE into the catalog, if it takes one argument.
void note_aggregate(Fold& fold, std::string_view statement);

// create_view.cpp
/// Finds the columns of a view that waits for it; nothing for any other table.
void settle_view(Fold& fold, Id<Table> id);
/// The same of those views that read the table, before it is called otherwise.
void settle_readers(Fold& fold, Id<Table> table);
void settle_views(Fold& fold);

// create_index.cpp
/// How many indexes of the table are this one but for the name. A root takes such an index of its
/// partition for its own, each for one.
std::size_t count_like(const Table& table, const Index& index);

// the statements
void apply_create_table(Fold& fold, const ast::CreateTable& create);
void apply_alter_table(Fold& fold, const ast::AlterTable& alter);
void apply_create_view(Fold& fold, const ast::CreateView& create);
void apply_create_index(Fold& fold, const ast::CreateIndex& create);
void apply_drop(Fold& fold, const ast::Drop& drop);
void apply_comment(Fold& fold, const ast::CommentOn& comment);
void apply_create_type(Fold& fold, const ast::CreateType& create);
void apply_alter_type(Fold& fold, const ast::AlterType& alter);
void apply_create_domain(Fold& fold, const ast::CreateDomain& create);
void apply_alter_domain(Fold& fold, const ast::AlterDomain& alter);
void apply_sequence(Fold& fold, const ast::CreateSequence& create);
void apply_setting(Fold& fold, const ast::Setting& setting);
void copy_like(Fold& fold, Id<Table> target, const ast::Constraint& like);
void copy_partition(Fold& fold, Id<Table> parent, Id<Table> child);

}  // namespace sqlxc::catalog
