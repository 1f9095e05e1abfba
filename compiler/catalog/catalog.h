#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/base/dialect.h"
#include "compiler/base/id.h"
#include "compiler/base/source.h"
#include "compiler/syntax/ast.h"

// The schema after all statements are applied: names resolved, types known, ALTERs folded in. It is
// what the database itself would say of the file. Its serialized form is SQL (print.h). Rules of
// the service do not live here; they are the ir's.
namespace sqlxc::catalog {

struct Table;
struct Enum;
struct Domain;
struct Composite;

/// A resolved type. `name` is a row of stdlib/types ("integer", "character varying", "timestamp
/// with time zone"), or the name of the enum, domain or composite that one of the ids points to.
struct Type {
  std::string name;
  std::vector<std::string> args;  // length, precision and scale; labels of MySQL's enum and set
  std::uint8_t array_dimensions = 0;
  bool is_unsigned = false;
  bool is_zerofill = false;
  std::string character_set;
  std::string collation;
  std::string schema;  // of a user's type
  Id<Enum> enumeration;
  Id<Domain> domain;
  Id<Composite> composite;
  bool is_known = true;  // false: reported; kept so that the rest can go on
  std::string spelled;   // as the engine itself prints it (format_type, SHOW COLUMNS, SQLite's
                         // declared text)
  SourceRange range;
};

/// A raw annotation that was placed on a thing, and after catalog/annotate its arguments.
struct Annotation {
  std::string name;               // a row of stdlib/annotations
  std::vector<std::string> args;  // each as written, strings decoded
  std::vector<std::string>
      keys;  // parallel to args: "" or the name before `:` (`read: owner_id = auth.id`)
  std::vector<bool> is_quoted;  // parallel to args: it was written as a string
  std::vector<ast::Expr>
      exprs;  // parallel to args where the row says an argument is an SQL expression
  SourceRange range;
};

enum class Generated : std::uint8_t { no, stored, virtual_ };
enum class Identity : std::uint8_t { no, always, by_default };

struct Column {
  std::string name;
  Type type;
  bool is_nullable = true;
  std::optional<ast::Expr> default_value;  // or the expression of a generated column
  Generated generated = Generated::no;
  Identity identity = Identity::no;
  bool is_serial = false;          // PostgreSQL's serial: the default reads a sequence of its own
  bool is_auto_increment = false;  // MySQL's AUTO_INCREMENT, SQLite's AUTOINCREMENT
  bool is_rowid = false;           // SQLite: INTEGER PRIMARY KEY, the rowid by another name
  bool is_hidden = false;          // MySQL's INVISIBLE, hidden columns of virtual tables
  std::optional<ast::Expr> on_update;  // MySQL
  std::string collation;
  Id<Table> origin;           // of a view: the table whose column this shows unchanged
  std::string origin_column;  // its name there
  std::optional<std::string>
      comment;                // COMMENT ON, COMMENT '...', else the plain comment beside it
  SourceRange comment_range;  // of COMMENT ON's text
  std::vector<Annotation> annotations;
  SourceRange range;  // of the definition; its name is range's beginning
  SourceRange name_range;
};

/// A primary key or UNIQUE constraint; `columns` index into Table::columns.
struct Key {
  std::string name;
  std::vector<std::uint32_t> columns;
  std::vector<std::uint32_t>
      prefixes;  // MySQL's KEY (name(10)), parallel to columns; empty where there are none
  std::vector<std::uint32_t> include;  // PostgreSQL's INCLUDE
  bool nulls_not_distinct = false;
  bool is_deferrable = false;
  bool is_initially_deferred = false;
  std::string conflict;  // SQLite's ON CONFLICT
  SourceRange range;
};

struct Check {
  std::string name;
  ast::Expr expr;
  std::vector<std::uint32_t> columns;  // what it reads
  bool is_not_valid = false;
  bool is_not_enforced = false;
  bool is_no_inherit = false;
  SourceRange range;
};

struct ForeignKey {
  std::string name;
  std::vector<std::uint32_t> columns;
  Id<Table> table;                           // invalid where the target is nowhere (reported)
  ast::Path written;                         // the target as written
  std::vector<std::uint32_t> references;     // columns of the target
  std::vector<std::string> reference_names;  // their names, known even where the target is not
  ast::ReferenceAction on_delete = ast::ReferenceAction::no_action;
  ast::ReferenceAction on_update = ast::ReferenceAction::no_action;
  std::string match;
  bool is_deferrable = false;
  bool is_initially_deferred = false;
  bool is_not_valid = false;
  std::vector<ast::Name> set_columns;  // ON DELETE SET NULL (columns)
  bool must_exist = true;              // the engine wants the target to stand when the key is made
  bool was_ahead = false;              // it did not stand then
  SourceRange range;
};

struct IndexElement {
  std::optional<std::uint32_t> column;  // a plain column, else `expr`
  std::optional<ast::Expr> expr;
  bool is_descending = false;
  std::optional<bool> nulls_first;
  std::string collation;
  std::string operator_class;
  std::optional<std::uint32_t> prefix_length;
};

struct Index {
  std::string name;
  bool is_unique = false;
  std::string method;  // "btree", "gin", "fulltext", ...
  std::vector<IndexElement> elements;
  std::vector<std::uint32_t> include;
  std::optional<ast::Expr> where;
  bool nulls_not_distinct = false;
  bool is_implicit = false;  // MySQL makes one for a foreign key that has none
  SourceRange range;
};

/// EXCLUDE, kept as written.
struct Exclusion {
  std::string name;
  ast::Constraint constraint;
  SourceRange range;
};

enum class TableKind : std::uint8_t {
  table,
  view,
  materialized_view,
  foreign_table,
  virtual_table
};

struct Table {
  std::string schema;  // empty: the default schema (public, main, the database)
  std::string name;
  TableKind kind = TableKind::table;
  std::vector<Column> columns;
  std::optional<Key> primary_key;
  std::vector<Key> uniques;
  std::vector<Check> checks;
  std::vector<ForeignKey> foreign_keys;
  std::vector<Index> indexes;  // CREATE INDEX; MySQL's KEYs; not the ones behind keys
  std::vector<Exclusion> exclusions;
  std::optional<std::string> comment;
  SourceRange comment_range;
  std::vector<Annotation> annotations;
  std::optional<ast::Query> query;  // of a view
  std::vector<Id<Table>> inherits;
  Id<Table> partition_of;
  std::string partition_bound;
  std::optional<ast::PartitionBy> partition_by;
  bool is_unlogged = false;
  bool is_without_rowid = false;
  bool is_strict = false;
  bool is_shadow = false;  // SQLite: a virtual table keeps its own data in it; nobody else does
  std::string module;      // of a virtual table
  std::vector<std::string> module_arguments;
  ast::Options options;
  bool has_column_list = false;   // of a view: its columns are not all called as its query has them
  std::uint32_t search_path = 0;  // that its expressions were written under
  SourceRange range;
  SourceRange name_range;
};

struct Enum {
  std::string schema;
  std::string name;
  std::vector<std::string> labels;
  std::optional<std::string> comment;
  SourceRange range;
};

struct Domain {
  std::string schema;
  std::string name;
  Type type;
  bool is_nullable = true;
  std::optional<ast::Expr> default_value;
  std::vector<Check> checks;  // they speak of VALUE
  std::optional<std::string> comment;
  std::uint32_t search_path = 0;
  SourceRange range;
};

struct Composite {
  std::string schema;
  std::string name;
  std::vector<Column> attributes;
  std::string text;  // of a range or base type: its statement, without the semicolon
  std::uint32_t search_path = 0;
  std::optional<std::string> comment;
  SourceRange range;
};

struct Sequence {
  std::string schema;
  std::string name;
  ast::Options options;
  Id<Table> owner;  // OWNED BY
  std::uint32_t owner_column = 0;
  SourceRange range;
};

/// What a function takes or gives: a type, or the row of a table.
struct RoutineType {
  Type type;
  Id<Table> row;
};

/// Functions, procedures and triggers are kept as they were written; a later floor makes endpoints
/// of some.
struct Function {
  std::string schema;
  std::string name;
  ast::CreateFunction definition;
  std::vector<RoutineType> parameters;  // parallel to those of the definition
  std::vector<RoutineType> columns;     // parallel to those of RETURNS TABLE
  std::optional<RoutineType> returns;
  std::string text;  // the statement as it was written, without its semicolon
  std::uint32_t search_path = 0;
  std::optional<std::string> comment;
  SourceRange range;
};

struct Trigger {
  std::string name;
  Id<Table> table;
  ast::CreateTrigger definition;
  std::string text;  // as that of a function
  std::uint32_t search_path = 0;
  SourceRange range;
};

/// PostgreSQL's CREATE CAST ... WITH FUNCTION.
struct Cast {
  RoutineType source;
  RoutineType target;
  std::string function_schema;
  std::string function;
  bool is_implicit = false;
};

/// PostgreSQL's CREATE AGGREGATE over one argument.
struct Aggregate {
  std::string schema;
  std::string name;
  RoutineType parameter;
  RoutineType result;
  SourceRange range;
};

/// A statement that the service has no use for and its database needs, as it was written: an
/// extension, a cast, an aggregate, a policy.
struct Verbatim {
  std::string construct;  // "create cast"
  std::string text;       // without its semicolon
  std::uint32_t search_path = 0;
  SourceRange range;
};

struct QueryParameter {
  std::string name;
  Type type;
  std::optional<ast::Expr> default_value;
  SourceRange range;
};

/// `--@ query name(parameters): SELECT ...`. Of its query, names of parameters are Kind::parameter
/// `$1`, `$2`, ... and every column that it gives has the name of `columns`.
struct NamedQuery {
  std::string name;
  std::vector<QueryParameter> parameters;
  ast::Query query;
  std::vector<Column> columns;
  Id<Table> rows;  // the table whose rows, whole, it gives
  std::string comment;
  SourceRange range;
  SourceRange name_range;
};

struct Catalog {
  Dialect dialect = Dialect::postgres;
  std::vector<std::string>
      schemas;                // those that the file creates or uses, the default one not named
  std::vector<Table> tables;  // in the order of their creation; dropped ones are gone
  std::vector<Enum> enums;
  std::vector<Domain> domains;
  std::vector<Composite> composites;
  std::vector<Sequence> sequences;
  std::vector<Function> functions;
  std::vector<Trigger> triggers;
  std::vector<Cast> casts;
  std::vector<Aggregate> aggregates;
  std::vector<Verbatim> verbatim;
  /// Those that statements were written under; an empty name is the default schema. The first one
  /// is that of a new connection.
  std::vector<std::vector<std::string>> search_paths = {{""}};
  std::vector<Annotation> annotations;  // that speak of the whole schema: named queries
  std::vector<NamedQuery> queries;      // those of the annotations, read
};

}  // namespace sqlxc::catalog
