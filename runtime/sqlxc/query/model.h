#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include <sqlxc/query/graphql_names.h>
#include <sqlxc/rules/rule.h>
#include <sqlxc/value/field.h>

// What the compiler knows of a schema, as constant data: entities, their fields, keys, relations
// and rules. Emitted code defines these values; the query planner, the REST and the GraphQL faces
// read them. Nothing here owns memory, and every SQL identifier that ever reaches a database comes
// from here, never from a request.
namespace sqlxc::query {

using value::Field;
using value::Type;

/// An index into Entity::fields.
using FieldIndex = std::uint16_t;
/// An index into Model::entities.
using EntityIndex = std::uint16_t;

/// A list of fields, as constant data: `kFields<id, created_at>`.
template <FieldIndex... fields>
inline constexpr FieldIndex kFields[] = {fields...};

/// A list of entities: `kEntities<at::posts, at::users>`.
template <EntityIndex... entities>
inline constexpr EntityIndex kEntities[] = {entities...};

/// A primary or unique key, or the columns of an index (the planner's proof that a filter is
/// bounded).
struct Key {
  std::string_view name = {};  // of the constraint, as the database reports it
  std::span<const FieldIndex> fields = {};
};

enum class Cardinality : std::uint8_t { to_one, to_many, many_to_many };

struct Relation {
  std::string_view name = {};  // as in a URL and in select=: "posts", "author"
  Cardinality cardinality = Cardinality::to_one;
  EntityIndex target = 0;
  std::string_view constraint = {};           // the foreign key's name, for `posts!fk_name(...)`
  std::span<const FieldIndex> from = {};      // fields of the entity that holds this relation
  std::span<const FieldIndex> to = {};        // fields of the target, pairwise
  EntityIndex via = 0;                        // many_to_many: the junction table
  std::span<const FieldIndex> via_from = {};  // junction fields that reference `from`
  std::span<const FieldIndex> via_to = {};    // junction fields that reference `to`
  std::string_view function = {};  // computed: the rows that this function of a row gives
};

struct Order {
  FieldIndex field = 0;
  bool descending = false;
};

/// A column that a search looks in, and what a word counts there: 'A' most, 'D' least.
struct SearchField {
  FieldIndex field = 0;
  char weight = 'D';
};

/// What finds the rows in which a text stands.
struct SearchIndex {
  std::span<const SearchField> fields = {};  // none: the entity is not searched
  std::string_view sqlite = {};              // the FTS5 table, quoted; empty: SQLite has none
  std::string_view sqlite_row = {};          // the column by which that names a row, quoted
};

/// Where the schema declares the fields and rules of an entity: "blog.sql:8". They stand apart from
/// those, since a line more in the schema moves all that follow and changes nothing else.
struct Places {
  std::span<const std::string_view> fields = {};  // one for each of Entity::fields
  std::span<const std::string_view> rules = {};   // one for each of Entity::rules
};

struct Entity {
  std::string_view name = {};    // the table's name, as in /api/{name}
  std::string_view schema = {};  // its schema, empty for the default one
  std::string_view sql = {};     // quoted, as SQLite has it
  std::string_view pg_sql = {};  // as PostgreSQL has it: qualified; empty: the same as `sql`
  bool only_postgres = false;    // SQLite cannot hold it (told at compile time)
  bool has_triggers = false;     // in SQLite: a row that is written may change behind the statement
  bool is_view = false;          // read only in SQLite; PostgreSQL decides
  bool is_result = false;        // the rows of a function: no table, no path of its own
  std::span<const Field> fields = {};
  Key primary_key = {};               // no fields: the entity has no item routes
  std::span<const Key> uniques = {};  // without the primary key
  std::span<const Key> indexes = {};  // leading columns of every usable index, the keys included
  std::span<const Relation> relations = {};
  std::span<const rules::Rule> rules = {};
  std::span<const EntityIndex> reads = {};    // of a view: the tables that it shows
  std::span<const Order> default_order = {};  // annotations, else the primary key
  SearchIndex search = {};
  std::uint32_t page = 0;  // default limit of a list; 0: none
  std::string_view description = {};
  const Places* places = nullptr;
};

enum class Volatility : std::uint8_t { changes, stable, immutable };

/// A parameter of a function.
struct Parameter {
  Field field = {};                      // its name (empty: unnamed) and type
  bool is_optional = false;              // has a default
  bool is_variadic = false;              // takes the rest; `field` is the array
  std::string_view default_sql = {};     // of a named query: its default; empty: null
  std::string_view pg_default_sql = {};  // in PostgreSQL; empty: the same
};

/// A function of the schema, or a named query, as an endpoint: /api/rpc/{name}. Overloads stand
/// side by side.
struct Function {
  enum class Returns : std::uint8_t {
    nothing,
    value,   // the only field of `result`, bare
    values,  // an array of them
    row,     // an object
    rows,    // an array of objects
  };

  std::string_view name = {};
  std::string_view schema = {};  // empty for the default one
  std::string_view sql = {};  // its quoted, qualified name; of a named query its SELECT, with the
                              // parameters as $1, $2, ...
  std::string_view pg_sql = {};  // of a named query: in PostgreSQL; empty: the same as `sql`
  bool is_query = false;
  bool only_sqlite = false;  // PostgreSQL has no form of the query; `sql` empty: SQLite
  std::span<const EntityIndex> reads = {};  // of a named query: its tables; empty: any
  Volatility volatility = Volatility::changes;
  std::span<const Parameter> parameters = {};
  Returns returns = Returns::nothing;
  EntityIndex result = 0;             // a table, or an entity that is_result
  std::span<const Order> order = {};  // of a query's rows, where a request names none
  std::string_view description = {};
};

/// PostgreSQL: an aggregate of the schema that makes one value of rows, in a media type.
struct Handler {
  static constexpr EntityIndex kAnyRows = UINT16_MAX;

  std::string_view media_type = {};  // "text/csv"; "*/*": whatever is asked for
  std::string_view sql = {};         // its quoted, qualified name
  EntityIndex entity = kAnyRows;     // whose rows it takes
  bool gives_bytes = false;
};

struct Model {
  std::string_view name = {};         // the service: "blog"
  std::string_view fingerprint = {};  // of the schema, hex
  std::span<const Entity> entities = {};
  /// The entity of that name, or -1: a perfect match that the compiler emitted.
  int (*find_entity)(std::string_view name) = nullptr;
  std::span<const Function> functions = {};        // by name
  std::span<const Handler> handlers = {};          // those of one entity's rows first
  std::span<const std::string_view> schemas = {};  // for Accept-Profile; the default one first
  std::string_view sqlite_schema = {};             // DDL for a new database file
  std::string_view postgres_schema = {};
  std::string_view openapi = {};          // JSON, served at /openapi.json
  std::string_view docs_html = {};        // served at /docs
  const GraphqlNames* graphql = nullptr;  // null: nothing can be asked for in GraphQL
};

}  // namespace sqlxc::query
