#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "compiler/base/dialect.h"
#include "compiler/base/source.h"

// SQL as it was written, in values: statements, queries, expressions, types and names, of all three
// dialects in one shape. Nothing is resolved here (that is catalog/apply) and nothing is normalized
// but letter case of unquoted names (PostgreSQL folds to lower case; MySQL and SQLite keep what was
// written) and the spelling of operators (lower case, single spaces). A field that may be absent
// once is a std::optional; one that would make the type contain itself is a vector of 0 or 1.
namespace sqlxc::ast {

struct Name {
  std::string text;  // without quotes, folded by the dialect's rule
  bool quoted = false;
  SourceRange range;
  friend bool operator==(const Name& a, const Name& b) { return a.text == b.text; }
};

/// schema.table, table.column, ...: the last one is the object itself.
struct Path {
  std::vector<Name> names;
  SourceRange range;

  bool is_empty() const { return names.empty(); }
  std::string_view last() const { return names.empty() ? std::string_view{} : names.back().text; }
  /// What stands before the last name; empty where the path has one name.
  std::string_view qualifier() const {
    return names.size() < 2 ? std::string_view{} : names[names.size() - 2].text;
  }
  friend bool operator==(const Path& a, const Path& b) { return a.names == b.names; }
};

struct Expr;
struct Query;

/// `numeric(10, 2)[]`, `enum('a', 'b') character set utf8`, `timestamp(3) with time zone`, `int(11)
/// unsigned`.
struct TypeName {
  Path path;  // lower case, several words as one name: "double precision"; user types keep theirs
  std::vector<std::string>
      args;  // as written, strings decoded: precision, scale, length; the labels of enum and set
  std::optional<bool> with_time_zone;  // of time and timestamp
  std::uint8_t array_dimensions = 0;
  bool is_setof = false;
  bool is_unsigned = false;
  bool is_zerofill = false;
  std::string character_set;  // MySQL; `binary` and `ascii` attributes included
  std::string collation;
  std::string interval_fields;       // "day to second"
  std::string spelled;               // SQLite: the declared type as written, single spaces
  bool is_column_reference = false;  // PostgreSQL's table.column%TYPE
  SourceRange range;
};

struct OrderItem;
struct Window;

/// An expression: what its args are depends on its kind.
struct Expr {
  enum class Kind : std::uint8_t {
    null_literal,
    boolean,  // text: "true" or "false"
    number,   // text: as written
    string,   // text: decoded; name: MySQL's introducer (`_utf8`) or PostgreSQL's prefix, usually
              // empty
    bit_string,     // text: the digits; name: "b" or "x"
    typed_literal,  // type, args[0] a string: date '2020-01-01', interval '1 day'
    interval,       // MySQL: args[0], name: the unit (`interval 1 day`)
    column,         // path: [schema.][table.]column
    star,           // path: the table, or empty
    parameter,      // text: "$1", "?", ":id", "@x", "@@session.sql_mode"
    default_value,  // DEFAULT where a value is expected
    unary,          // name: "-", "+", "not", "~", "!", "binary", "prior", ...; args[0]
    binary,   // name: the operator ("and", "or", "=", "<>", "||", "->>", "~*", "is distinct from",
              // "div", ...)
    is_test,  // args[0] IS name: "null", "true", "false", "unknown", "document", "json"; is_negated
    between,  // args: x, low, high; is_negated, is_symmetric
    in_list,  // args: x, items...; is_negated
    in_query,  // args: x; query; is_negated
    like,  // name: like, ilike, similar to, regexp, rlike, glob, match; args: x, pattern[, escape];
           // is_negated
    quantified,  // args[0] name ANY|ALL (args[1] or query): name the operator, text "any", "some"
                 // or "all"
    case_when,   // has_operand; args: [operand,] (when, then)..., [else]; has_else
    cast,        // args[0], type; text: "cast", "::", "convert", "try_cast": how it was written
    call,        // path, args: see the fields below; text "niladic" for CURRENT_DATE and its like,
                 // written without ()
    row,         // args: (a, b); text "row" where the word was written
    array,       // ARRAY[args]; with query: ARRAY(query)
    subscript,   // args: base, index; is_slice: base, low, high (absent bounds are default_value)
    field,       // args[0].name
    exists,      // query
    subquery,    // query
    collate,     // args[0], path
    at_time_zone,  // args: x, zone
    assignment,    // MySQL: @a := args[0], text the variable; also named arguments: name => args[0]
    match_against,    // MySQL: MATCH (args[0..n-2]) AGAINST (args[n-1] name)
    values_function,  // MySQL: VALUES(col) in ON DUPLICATE KEY UPDATE: path
    raise,            // SQLite: RAISE(name, args[0])
    opaque,           // a construct that is kept as text only (xmltable, json_table, ...): text
  };

  Kind kind = Kind::null_literal;
  SourceRange range;
  std::string text;
  std::string name;
  Path path;
  std::vector<Expr> args;
  std::vector<TypeName> type;  // 0 or 1
  std::vector<Query> query;    // 0 or 1
  bool is_negated = false;
  bool is_symmetric = false;
  bool has_operand = false;
  bool has_else = false;
  bool is_slice = false;
  bool is_parenthesized = false;  // written in parentheses of its own

  // call only
  bool is_distinct = false;
  bool is_star = false;  // count(*)
  bool is_variadic = false;
  std::vector<OrderItem> order_by;      // inside the call (aggregates)
  std::vector<OrderItem> within_group;  // WITHIN GROUP (ORDER BY ...)
  std::vector<Expr> filter;             // 0 or 1: FILTER (WHERE ...)
  std::vector<Window> over;             // 0 or 1
  std::string
      separator;  // MySQL's group_concat; extract's field and trim's side are args[0] strings
};

struct OrderItem {
  Expr expr;
  bool is_descending = false;
  std::optional<bool> nulls_first;
  std::string operator_class;  // in an index: text_pattern_ops; or USING operator in ORDER BY
  std::string collation;
  std::optional<std::uint32_t> prefix_length;  // MySQL: name(10) in an index
};

struct Window {
  std::string name;  // OVER name, or the base window of a definition
  std::vector<Expr> partition_by;
  std::vector<OrderItem> order_by;
  std::string frame;          // as written, lower case: "rows between 1 preceding and current row"
  bool is_reference = false;  // OVER name without parentheses
};

/// WINDOW first AS (second): no std::pair, which Clang instantiates before Select is complete.
struct NamedWindow {
  Name first;
  Window second;
};

struct SelectItem {
  Expr expr;
  std::optional<Name> alias;
};

/// A thing in FROM: a table, function, subquery, VALUES, or a join of two.
struct FromItem {
  enum class Kind : std::uint8_t { table, function, subquery, join, parenthesized, opaque };
  Kind kind = Kind::table;
  SourceRange range;
  Path table;
  bool is_only = false;  // PostgreSQL: ONLY t
  bool is_lateral = false;
  bool with_ordinality = false;
  std::vector<Expr> function;  // 0 or 1; ROWS FROM (...): several
  std::vector<Query> query;    // 0 or 1
  std::optional<Name> alias;
  std::vector<Name> column_aliases;
  std::string hints;  // TABLESAMPLE, USE INDEX, INDEXED BY, PARTITION (...): as written
  // join: "inner", "left", "right", "full", "cross", "straight"; operands[0] JOIN operands[1]
  std::string join;
  bool is_natural = false;
  std::vector<FromItem> operands;
  std::vector<Expr> on;  // 0 or 1
  std::vector<Name> using_columns;
};

struct Select {
  bool is_distinct = false;
  std::vector<Expr> distinct_on;
  std::string modifiers;  // MySQL: SQL_CALC_FOUND_ROWS, STRAIGHT_JOIN, ...
  std::vector<SelectItem> items;
  std::vector<FromItem> from;  // comma separated
  std::vector<Expr> where;     // 0 or 1
  std::vector<Expr> group_by;  // grouping sets, rollup and cube are calls of those names
  bool with_rollup = false;
  std::vector<Expr> having;  // 0 or 1
  std::vector<NamedWindow> windows;
};

struct Statement;

struct CommonTable {
  Name name;
  std::vector<Name> columns;
  std::optional<bool> is_materialized;
  std::vector<Query> query;          // 0 or 1
  std::vector<Statement> statement;  // 0 or 1: PostgreSQL's INSERT/UPDATE/DELETE in WITH
};

/// SELECT, VALUES, TABLE t, or two of them with a set operator; `operands` may carry their own
/// ORDER BY in parentheses.
struct Query {
  enum class Kind : std::uint8_t { select, values, table, set_operation, parenthesized };
  Kind kind = Kind::select;
  SourceRange range;
  bool is_recursive = false;
  std::vector<CommonTable> with;
  std::vector<Select> select;             // 0 or 1
  std::vector<std::vector<Expr>> values;  // rows
  Path table;
  std::string set_operator;  // "union", "intersect", "except"
  bool is_all = false;
  std::vector<Query> operands;  // 2 of a set operation, 1 of parentheses
  std::vector<OrderItem> order_by;
  std::vector<Expr> limit;   // 0 or 1
  std::vector<Expr> offset;  // 0 or 1
  bool with_ties = false;
  std::vector<std::string> locking;  // "for update of t skip locked"
};

enum class ReferenceAction : std::uint8_t { no_action, restrict_, cascade, set_null, set_default };

struct References {
  Path table;
  std::vector<Name> columns;  // empty: its primary key
  ReferenceAction on_delete = ReferenceAction::no_action;
  ReferenceAction on_update = ReferenceAction::no_action;
  bool says_on_delete =
      false;  // it was written: InnoDB tells RESTRICT, its default, from NO ACTION
  bool says_on_update = false;
  std::string match;              // "full", "partial", "simple"
  std::vector<Name> set_columns;  // ON DELETE SET NULL (columns)
};

/// A column or table constraint, or a clause of a column that behaves as one.
struct Constraint {
  enum class Kind : std::uint8_t {
    not_null,
    null,
    default_,     // expr
    primary_key,  // table: elements
    unique,       // table: elements
    check,        // expr
    foreign_key,  // references; table: columns
    exclude,      // elements with operators; where
    generated,    // expr; is_stored
    identity,     // always or by default; options
    auto_increment,
    on_update,  // MySQL: expr
    collate,    // text
    comment,    // text
    index,  // MySQL: KEY name (elements) in CREATE TABLE; method "fulltext", "spatial", "btree",
            // "hash"
    visibility,  // MySQL: INVISIBLE; SQLite has none; text
    storage,     // STORAGE, COMPRESSION, COLUMN_FORMAT, ...: text
    like,  // PostgreSQL: LIKE table INCLUDING ...; MySQL: CREATE TABLE a LIKE b; references.table,
           // text options
    period,  // MariaDB: PERIOD FOR ...; text
  };
  Kind kind = Kind::not_null;
  SourceRange range;
  std::optional<Name> name;
  std::vector<Name> columns;           // of a foreign key
  std::vector<OrderItem> elements;     // of a key, index or exclusion: columns or expressions
  std::vector<std::string> operators;  // exclusion: one for each element
  std::vector<Expr> expr;              // 0 or 1
  std::vector<Expr> where;             // 0 or 1: exclusion, partial index
  std::optional<References> references;
  std::vector<Name> include;
  std::string text;
  std::string method;      // index method
  std::string conflict;    // SQLite: ON CONFLICT ...: "replace", "ignore", ...
  bool is_always = false;  // identity, generated
  bool is_stored = false;  // generated
  bool is_deferrable = false;
  bool is_initially_deferred = false;
  bool is_not_valid = false;
  bool is_not_enforced = false;
  bool is_no_inherit = false;
  bool is_nulls_not_distinct = false;
  bool is_autoincrement = false;  // SQLite: PRIMARY KEY AUTOINCREMENT
  bool is_descending = false;     // SQLite: INTEGER PRIMARY KEY DESC is not a rowid alias
  bool using_index = false;       // ADD PRIMARY KEY USING INDEX name: text
  std::vector<std::pair<std::string, std::string>>
      options;  // of an identity's sequence, of an index
};

struct ColumnDef {
  Name name;
  std::optional<TypeName> type;  // SQLite may have none
  std::vector<Constraint> constraints;
  std::string position;  // MySQL ALTER: "first" or "after x"
  std::vector<std::string>
      remarks;  // comment lines that are printed above it ("-- ...", "--@ ..."); never parsed
  SourceRange range;
};

/// name = value of a table, index or sequence, names in lower case.
using Options = std::vector<std::pair<std::string, std::string>>;

struct PartitionBy {
  std::string strategy;  // "range", "list", "hash", MySQL also "key", "linear hash"
  std::vector<Expr> keys;
  std::string text;  // MySQL: everything after PARTITION BY as written
};

struct CreateTable {
  Path name;
  bool if_not_exists = false;
  bool or_replace = false;
  bool is_temporary = false;
  bool is_unlogged = false;
  bool is_foreign = false;
  bool is_virtual = false;  // SQLite: CREATE VIRTUAL TABLE ... USING module(arguments)
  std::string module;
  std::vector<std::string> module_arguments;
  std::vector<ColumnDef> columns;
  std::vector<Constraint> constraints;
  std::vector<Path> inherits;
  std::optional<Path> of_type;
  std::optional<Path> partition_of;
  std::string partition_bound;  // as written: FOR VALUES FROM (1) TO (10)
  std::optional<PartitionBy> partition_by;
  std::optional<Path> like;  // MySQL: CREATE TABLE a LIKE b
  std::vector<Name> as_columns;
  std::vector<Query> as_query;  // 0 or 1
  bool with_no_data = false;
  bool is_without_rowid = false;
  bool is_strict = false;
  Options options;  // engine, charset, collate, comment, auto_increment, tablespace, with(...)
                    // members, ...
};

/// One action of ALTER TABLE (or of another ALTER that knows actions).
struct AlterAction {
  enum class Kind : std::uint8_t {
    add_column,         // column
    drop_column,        // name
    alter_type,         // name, column.type, using_expr
    set_default,        // name, expr
    drop_default,       // name
    set_not_null,       // name
    drop_not_null,      // name
    add_identity,       // name, constraint
    set_identity,       // name: options kept
    drop_identity,      // name
    set_expression,     // name, expr
    drop_expression,    // name
    modify_column,      // MySQL MODIFY: column
    change_column,      // MySQL CHANGE: name (old), column (new)
    rename_column,      // name -> new_name
    rename_table,       // new_path
    rename_constraint,  // name -> new_name
    rename_index,       // name -> new_name
    add_constraint,     // constraint (MySQL's ADD INDEX too)
    drop_constraint,    // name
    drop_primary_key,
    drop_foreign_key,  // name
    drop_index,        // name
    drop_check,        // name
    validate_constraint,
    alter_constraint,  // constraint
    set_schema,        // name
    owner_to,
    set_options,       // options: table options of MySQL, SET (...), ENGINE=..., comment
    attach_partition,  // new_path, text
    detach_partition,  // new_path
    inherit,           // new_path
    no_inherit,        // new_path
    convert_charset,   // text
    other,  // text: changes no structure (ENABLE TRIGGER, REPLICA IDENTITY, CLUSTER ON, SET
            // STORAGE, ...)
  };
  Kind kind = Kind::other;
  SourceRange range;
  Name name;
  Name new_name;
  Path new_path;
  std::vector<ColumnDef> columns;      // 0 or 1; ADD (a int, b int): several
  std::vector<Constraint> constraint;  // 0 or 1
  std::vector<Expr> expr;              // 0 or 1
  Options options;
  std::string text;
  bool if_exists = false;
  bool if_not_exists = false;
  bool is_cascade = false;
};

struct AlterTable {
  Path name;
  std::string object =
      "table";  // "table", "foreign table", "view", "materialized view", "index", "sequence"
  bool if_exists = false;
  bool is_only = false;
  std::vector<AlterAction> actions;
};

struct CreateView {
  Path name;
  bool or_replace = false;
  bool if_not_exists = false;
  bool is_temporary = false;
  bool is_recursive = false;
  bool is_materialized = false;
  bool with_no_data = false;
  std::vector<Name> columns;
  std::vector<Query> query;  // 0 or 1
  std::string check_option;
  Options options;  // security_barrier, algorithm, definer, sql security
};

struct CreateIndex {
  std::optional<Name> name;  // PostgreSQL makes one up where there is none
  Path table;
  bool if_not_exists = false;
  bool is_unique = false;
  bool is_only = false;
  bool is_nulls_not_distinct = false;
  std::string method;  // btree, hash, gin, ..., fulltext, spatial
  std::vector<OrderItem> elements;
  std::vector<Name> include;
  std::vector<Expr> where;  // 0 or 1
  Options options;
};

struct CreateType {
  enum class Kind : std::uint8_t { enumeration, composite, range, base, shell };
  Kind kind = Kind::shell;
  Path name;
  std::vector<Name> labels;           // of an enumeration, decoded
  std::vector<ColumnDef> attributes;  // of a composite
  Options options;                    // subtype = ..., input = ...
};

struct AlterType {
  Path name;
  enum class Kind : std::uint8_t {
    add_value,
    rename_value,
    rename_to,
    set_schema,
    attributes,
    other
  };
  Kind kind = Kind::other;
  Name label;
  Name other_label;  // BEFORE/AFTER this one, or the new name of it
  bool is_before = false;
  bool if_not_exists = false;
  std::vector<AlterAction> actions;  // ADD/DROP/ALTER ATTRIBUTE, as columns
  std::string text;
};

struct CreateDomain {
  Path name;
  TypeName type;
  std::vector<Constraint> constraints;
};

struct AlterDomain {
  Path name;
  AlterAction action;
};

struct CreateSequence {
  Path name;
  bool if_not_exists = false;
  bool is_alter = false;  // ALTER SEQUENCE: only what is named changes
  Options options;        // as, start, increment, minvalue, maxvalue, cache, cycle
  std::optional<Path> owned_by;
};

struct CreateSchema {
  Name name;  // CREATE DATABASE of MySQL too
  bool if_not_exists = false;
  std::vector<Statement> elements;
};

struct FunctionParameter {
  std::optional<Name> name;
  std::string mode;  // "in", "out", "inout", "variadic"
  TypeName type;
  std::vector<Expr> default_value;  // 0 or 1
};

struct CreateFunction {
  Path name;
  bool or_replace = false;
  bool is_procedure = false;
  bool is_aggregate = false;
  std::vector<FunctionParameter> parameters;
  std::optional<TypeName> returns;
  std::vector<ColumnDef> returns_table;
  std::string language;
  std::string volatility;  // "immutable", "stable", "volatile", "deterministic"
  bool is_strict = false;
  bool is_security_definer = false;
  std::string body;  // text between the quotes, or what follows the header
  SourceRange body_range;
};

struct CreateTrigger {
  Path name;
  std::string timing;  // "before", "after", "instead of"
  std::vector<std::string> events;
  std::vector<Name> update_columns;
  Path table;
  bool for_each_row = false;
  bool or_replace = false;
  bool if_not_exists = false;
  std::vector<Expr> when;  // 0 or 1
  std::string body;        // EXECUTE FUNCTION f(), or BEGIN ... END as written
};

struct CommentOn {
  std::string object;  // "table", "column", "type", "constraint", ...
  Path name;
  Path table;                       // of a constraint, trigger, rule or policy: ON table
  std::optional<std::string> text;  // no text: IS NULL
  SourceRange text_range;
};

struct Drop {
  std::string object;  // "table", "view", "materialized view", "index", "type", "domain",
                       // "sequence", "schema", "function", "trigger", ...
  std::vector<Path> names;
  std::optional<Path> table;  // DROP INDEX i ON t, DROP TRIGGER g ON t
  bool if_exists = false;
  bool is_cascade = false;
};

/// MySQL's RENAME TABLE a TO b, c TO d.
struct RenameTable {
  std::vector<std::pair<Path, Path>> pairs;
};

struct Assignment {
  std::vector<Path> targets;  // (a, b) = (...): several
  Expr value;
};

struct OnConflict {
  std::vector<OrderItem> target;
  std::optional<Name> constraint;
  std::vector<Expr> target_where;  // 0 or 1
  bool do_nothing = false;
  std::vector<Assignment> set;
  std::vector<Expr> where;  // 0 or 1
};

struct Insert {
  std::vector<CommonTable> with;
  Path table;
  std::optional<Name> alias;
  std::string verb = "insert";  // "insert", "replace", "insert or ignore", "insert ignore", ...
  std::vector<Path> columns;
  std::string overriding;       // "system value", "user value"
  std::vector<Query> query;     // 0 or 1; DEFAULT VALUES: none
  std::vector<Assignment> set;  // MySQL: INSERT ... SET
  std::vector<OnConflict> on_conflict;
  std::vector<Assignment> on_duplicate_key;
  std::vector<SelectItem> returning;
};

struct Update {
  std::vector<CommonTable> with;
  std::string verb = "update";
  std::vector<FromItem> tables;  // one, but for MySQL
  std::vector<Assignment> set;
  std::vector<FromItem> from;
  std::vector<Expr> where;  // 0 or 1
  std::vector<OrderItem> order_by;
  std::vector<Expr> limit;  // 0 or 1
  std::vector<SelectItem> returning;
};

struct Delete {
  std::vector<CommonTable> with;
  std::vector<FromItem> tables;  // what is deleted from
  std::vector<FromItem> from;    // USING, or MySQL's FROM of a multi-table DELETE
  std::vector<Expr> where;       // 0 or 1
  std::vector<OrderItem> order_by;
  std::vector<Expr> limit;  // 0 or 1
  std::vector<SelectItem> returning;
};

struct SelectStatement {
  Query query;
};

/// SET search_path, SET sql_mode, USE db, PRAGMA foreign_keys: what may change how later statements
/// are read.
struct Setting {
  std::string verb;  // "set", "use", "pragma", "connect", "set_config", "reset"
  std::string name;  // "search_path"
  std::vector<std::string> values;
};

/// Rows of a dump (INSERT ... VALUES at the top level of a schema, COPY ... FROM stdin): counted,
/// not read.
struct DataRows {
  Path table;
};

/// A statement that changes no structure and is known to be without meaning here (GRANT, BEGIN,
/// VACUUM, LOCK, ANALYZE, ...), or one that is not supported: `is_supported` says which; the parser
/// has warned of the latter.
struct Other {
  std::string construct;  // "grant", "create rule"
  bool is_supported = true;
};

/// `--@ name(args)`: raw, to be read by catalog/annotate. It stands before or after what it speaks
/// of.
struct Annotation {
  std::string text;          // after the `@`
  SourceRange range;         // of that text
  bool is_trailing = false;  // something of the statement stands before it on the same line
};

/// A plain comment that becomes a description, by the same rule of place.
struct Comment {
  std::string text;
  SourceRange range;
  bool is_trailing = false;
};

struct Statement {
  std::variant<Other, CreateTable, AlterTable, CreateView, CreateIndex, CreateType, AlterType,
               CreateDomain, AlterDomain, CreateSequence, CreateSchema, CreateFunction,
               CreateTrigger, CommentOn, Drop, RenameTable, Insert, Update, Delete, SelectStatement,
               Setting, DataRows>
      node;
  SourceRange range;
  std::vector<Annotation>
      annotations;  // inside the statement or in the lines directly before it, in order
  std::vector<Comment> comments;  // likewise
};

struct File {
  SourceId source;
  Dialect dialect = Dialect::postgres;
  std::vector<Statement> statements;
};

/// One visit helper for every variant of the tree.
template <typename... F>
struct Overloaded : F... {
  using F::operator()...;
};
template <typename... F>
Overloaded(F...) -> Overloaded<F...>;

}  // namespace sqlxc::ast
