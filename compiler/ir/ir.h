#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "compiler/base/id.h"
#include "compiler/base/source.h"
#include "compiler/catalog/catalog.h"

// The service that a schema asks for: entities with fields, keys, relations, rules and operations.
// SQL's tables and columns end here; from here on an emitter needs no catalog. Everything is a
// value; ids index into the vectors of Module.
namespace sqlxc::ir {

/// How a value travels: the same list as the runtime's query::Type, by name.
enum class TypeKind : std::uint8_t {
  boolean,
  int16,
  int32,
  int64,
  float32,
  float64,
  decimal,
  text,
  bytes,
  date,
  time,
  timetz,
  timestamp,
  timestamptz,
  interval,
  uuid,
  json,
  enumeration,
  array,
  other,
};

struct Enumeration;
struct Entity;
struct Field;

struct Type {
  TypeKind kind = TypeKind::text;
  std::vector<Type> element;     // 0 or 1: of an array
  std::uint32_t max_length = 0;  // characters; 0: unbounded
  std::uint16_t precision = 0;   // of a decimal; 0: unbounded
  std::int16_t scale = 0;
  bool is_unsigned = false;
  bool is_fixed_length = false;  // char(n): padded
  Id<Enumeration> enumeration;
  std::string sql;  // in the source dialect: "character varying(80)"
};

struct Enumeration {
  std::string schema;
  std::string name;      // as in SQL; MySQL's inline enums are named after table and column
  std::string cpp_name;  // PostStatus
  std::vector<std::string> labels;
  std::string description;
  std::string graphql_name = {};                 // PostStatus
  std::vector<std::string> graphql_labels = {};  // one for each of `labels`
};

/// A place in the user's source, for people: "blog.sql:12".
struct Place {
  SourceRange range;
  std::string text;
};

/// PostgreSQL: functions that stand between a domain and the form in which its values travel, each
/// quoted and qualified; empty: none. They come from CREATE CAST.
struct Representation {
  std::string to_json;
  std::string from_json;
  std::string from_text;  // of a URL
};

struct Field {
  std::string name;          // the JSON key: the column, or what @name says
  std::string column;        // in SQL; once a target is settled, in SQLite
  std::string pg_column;     // in PostgreSQL, once it is settled what that holds
  std::string pg_type;       // likewise: "character varying(80)"
  std::string cpp_name;      // a member's name, never a keyword
  std::string graphql_name;  // createdAt; empty: it has no face in GraphQL
  Type type;
  Representation represented;
  bool is_nullable = true;
  bool has_default = false;
  bool is_generated = false;  // only the database writes it
  bool is_identity = false;  // serial, identity, auto_increment, rowid: the database gives it where
                             // a write does not
  bool is_readonly = false;
  bool is_writeonly = false;
  bool is_hidden = false;
  std::optional<ast::Expr> default_value;
  std::optional<ast::Expr> generated_as;
  std::string description;
  std::string example;
  std::string format;      // annotation: "email"
  std::string deprecated;  // reason, or "true"
  std::vector<catalog::Annotation>
      annotations;  // those that later passes read: search, cache, owner
  Place place;
};

struct Key {
  std::string name;
  std::vector<std::uint16_t> fields;
};

enum class Cardinality : std::uint8_t { to_one, to_many, many_to_many };

struct Relation {
  std::string name;  // in URLs and select=: "author", "posts"
  std::string cpp_name;
  Cardinality cardinality = Cardinality::to_one;
  Id<Entity> target;
  std::string constraint;  // the foreign key's name
  std::vector<std::uint16_t> from;
  std::vector<std::uint16_t> to;
  Id<Entity> via;
  std::vector<std::uint16_t> via_from;
  std::vector<std::uint16_t> via_to;
  bool is_optional = true;  // to_one over a nullable column
  std::string function;     // computed: the rows that this function of a row gives, as in SQL
  std::string description;
  std::string graphql_name;  // posts; of many, with `Connection` and `Aggregate` behind it, too
};

/// What the service can say of a constraint by itself. `weaker`: its predicate is implied by the
/// constraint, so what it refuses the database refuses too, and the rest is left to the database;
/// `server_only`: all is left to the database; `service_only`: an annotation, which the database
/// does not know: the service alone holds it.
enum class Verdict : std::uint8_t { exact, weaker, server_only, service_only };

/// What in the schema asks for something. All but the first four are constraints of the kind that
/// only has a verdict: the service knows them by other means than a predicate, or not at all.
enum class ConstraintKind : std::uint8_t {
  check,
  domain,      // a CHECK of it
  range,       // of an integer that no other type has: MySQL's unsigned
  annotation,  // min, max, length, pattern, format
  type,
  not_null,
  generated,
  primary_key,
  unique,
  foreign_key,
  exclude,
};

/// A condition over one row.
struct Rule {
  std::string name;  // of the constraint
  std::string sql;   // in the words of the schema
  std::vector<std::uint16_t> fields;
  ConstraintKind kind = ConstraintKind::check;
  Verdict verdict = Verdict::server_only;
  std::string reason;                  // where it is not exact; or why it is redundant
  std::optional<ast::Expr> predicate;  // over the entity's columns, resolved, without qualifiers
  bool is_redundant = false;           // holds of every row that obeys the rest: nobody asks
  Place place;
};

/// Any other constraint, with what the service can tell of it.
struct Constraint {
  ConstraintKind kind = ConstraintKind::type;
  std::string name;  // empty where the schema's kind has none: types, NOT NULL
  std::string sql;   // "character varying(80)", "references users (id)"
  std::vector<std::uint16_t> fields;
  Verdict verdict = Verdict::server_only;
  std::string reason;
  std::string predicate;  // of a rule: what the service asks
  Place place;
};

struct Order {
  std::uint16_t field = 0;
  bool is_descending = false;
};

/// A field that a search looks in. Its weight is one of PostgreSQL's: A counts most, D least.
struct SearchField {
  std::uint16_t field = 0;
  char weight = 'D';
};

enum class OperationKind : std::uint8_t { list, search, read, create, upsert, update, remove };

/// One thing that the service can be asked to do; REST, GraphQL and the ORM are three faces of it.
struct Operation {
  OperationKind kind = OperationKind::list;
  Id<Entity> entity;
  std::string name;  // listUsers
};

/// What an entity is called in GraphQL. Every name that is made of these by the endings of
/// kGraphqlTypeEndings and kGraphqlRootEndings is free, too.
struct GraphqlNames {
  std::string type;                    // User; empty: the entity has no face in GraphQL
  std::string types;                   // Users, in the names of bulk writes
  std::string one;                     // user
  std::string many;                    // users
  std::vector<std::string> by_unique;  // userByEmail, one for each of the entity's uniques

  bool operator==(const GraphqlNames&) const = default;
};

struct Entity {
  std::string schema;     // empty in the default one
  std::string table;      // in SQL; once a target is settled, in SQLite
  std::string pg_schema;  // in PostgreSQL, once it is settled what that holds
  std::string pg_table;
  bool is_in_sqlite = true;
  bool has_sqlite_triggers = false;  // a write's rows may change behind it, once it is settled what
                                     // SQLite holds
  std::string name;                  // in URLs: the table's name, or what @name says
  std::string cpp_name;              // User
  std::string file_name;             // users: files are named for it
  GraphqlNames graphql;
  bool is_view = false;
  std::vector<Id<Entity>> reads;  // of a view: the tables that it shows, where that is known; of a
                                  // table with partitions or heirs: all of these
  std::vector<Field> fields;
  std::vector<Field> computed;  // functions of a row that give a value; `pg_column` is their name
  std::optional<Key> primary_key;
  std::vector<Key> uniques;
  std::vector<Key> indexes;
  std::vector<Relation> relations;
  std::vector<Rule> rules;
  std::vector<Constraint> constraints;  // those that are no rules
  std::vector<Order> default_order;
  std::vector<SearchField> search;  // none: its rows are not searched
  std::string sqlite_search;      // the index of their words, once it is settled what SQLite holds
  std::string sqlite_search_row;  // the column by which that names a row; empty: it has none
  std::uint32_t page = 0;
  std::string description;
  std::string deprecated;
  std::vector<catalog::Annotation> annotations;  // those that later passes read
  Id<catalog::Table> source;                     // its fields are that table's columns, in order
  Place place;
};

enum class Volatility : std::uint8_t { changes, stable, immutable };

struct Parameter {
  Field field;  // no name: it is given by its place
  bool is_optional = false;
  bool is_variadic = false;
  std::string default_sql = {};     // of a query, in SQLite, once it is settled; empty: null
  std::string pg_default_sql = {};  // in PostgreSQL
};

/// What a function gives, and how many.
enum class Returns : std::uint8_t { nothing, value, values, row, rows };

/// A function of the schema, or a named query, that can be called.
struct Function {
  std::string schema;
  std::string name;
  std::string sql;     // its quoted, qualified name; of a query its SELECT, once it is settled
  std::string pg_sql;  // of a query: in PostgreSQL; empty where that has no form of it
  bool is_query = false;
  Id<catalog::NamedQuery> source;  // of a query
  std::vector<Order> order;        // of a query: that of its rows, where their fields tell it
  std::vector<Id<Entity>> reads;   // of a query: the tables that it reads; none: nobody knows
  Volatility volatility = Volatility::changes;
  std::vector<Parameter> parameters;
  Returns returns = Returns::nothing;
  Id<Entity> entity;                  // whose rows it gives
  std::uint32_t result = UINT32_MAX;  // otherwise, into Module::results; of `void`, too
  std::string description;
  std::string graphql_name;  // of the root field
  Place place;
};

/// PostgreSQL: an aggregate that makes one value of rows, in the media type that a domain is named
/// for.
struct Handler {
  std::string media_type;  // "text/csv"; "*/*": any
  std::string function;    // quoted, qualified
  Id<Entity> entity;       // whose rows it takes; invalid: any rows
  bool gives_bytes = false;
};

struct Module {
  std::string name;         // of the service: "blog"
  std::string fingerprint;  // of the catalog's canonical SQL, hex
  Dialect dialect = Dialect::postgres;
  std::vector<Dialect> targets;
  std::vector<Enumeration> enumerations;
  std::vector<Entity> entities;
  std::vector<Operation> operations;
  std::vector<Function> functions;  // by name
  std::vector<Handler> handlers;
  std::vector<Entity> results;       // what functions give that is no table: fields and a name
  std::vector<std::string> schemas;  // with something to serve, the default one first; their order
                                     // in the catalog then
  std::string default_schema;        // as the catalog has it: empty is `public`
  std::string graphql_node_id;       // the field of Node: nodeId
  catalog::Catalog catalog;          // what the database DDL is printed from
};

}  // namespace sqlxc::ir
