#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include <sqlxc/query/model.h>
#include <sqlxc/value/value.h>

// What a client wants to read or write, as a value over the model: REST builds it from a URL,
// GraphQL from a selection set, the ORM from calls. It knows neither HTTP nor SQL's text; sql.h
// prints it. Fields and relations are indices into the model, so no text of a client can become an
// identifier.
namespace sqlxc::query {

/// An index into Entity::relations.
using RelationIndex = std::uint16_t;

enum class Comparison : std::uint8_t {
  eq,
  neq,
  gt,
  gte,
  lt,
  lte,
  like,   // `%` and `_`, `\` escapes
  ilike,  // likewise, in any case
  is_null,
  is_true,
  is_false,
  is_unknown,   // of a boolean
  is_distinct,  // null counts as a value
  in,
  match,  // a regular expression, POSIX as PostgreSQL reads it
  imatch,
  full_text,         // to_tsquery
  full_text_plain,   // plainto_tsquery
  full_text_phrase,  // phraseto_tsquery
  full_text_web,     // websearch_to_tsquery
  contains,          // @>
  contained,         // <@
  overlaps,          // &&
  strictly_left,     // <<
  strictly_right,    // >>
  not_right,         // &<
  not_left,          // &>
  adjacent,          // -|-
};

/// A step into a json value: a member's name or an element's place, and whether the result is read
/// as text (`->>`).
struct PathStep {
  std::string key = {};
  std::optional<std::int64_t> index = {};
  bool is_text = false;

  bool operator==(const PathStep&) const = default;
};

/// A condition on the rows of one entity.
struct Filter {
  enum class Kind : std::uint8_t {
    all,
    any,
    compare,
    embedded,  // a row of Query::embeds[embed] exists
    related,   // a row of `relation` exists for which the only child holds
    not_true,  // the only child is false or unknown
  };
  enum class Quantifier : std::uint8_t { none, any, all };

  Kind kind = Kind::all;  // all of no children holds
  bool is_negated = false;
  std::vector<Filter> children = {};  // of all and any
  FieldIndex field = 0;               // of compare
  std::vector<PathStep> path = {};    // into that field, which is json (or an array, or a row)
  Comparison comparison = Comparison::eq;
  Quantifier quantifier = Quantifier::none;  // `eq(any).{1,2}`: `values` holds the alternatives
  std::string language = {};                 // of a full text search: a value, never an identifier
  std::vector<value::Value> values = {};     // one; any number of `in`; none of `is_...`
  std::size_t embed = 0;                     // of embedded
  RelationIndex relation = 0;                // of related

  bool operator==(const Filter&) const = default;
};

enum class Nulls : std::uint8_t {
  as_largest,  // PostgreSQL's rule: last ascending, first descending
  first,
  last,
};

struct Sort {
  static constexpr std::size_t kOwn = SIZE_MAX;

  FieldIndex field = 0;
  bool descending = false;
  Nulls nulls = Nulls::as_largest;
  std::vector<PathStep> path = {};
  std::size_t embed = kOwn;  // the field is one of that embedded (to-one) relation
  // Or of the row that these lead to, one after another, each to one; nothing is embedded for it.
  std::vector<RelationIndex> relations = {};

  bool operator==(const Sort&) const = default;
};

/// Whether nulls come before the values.
constexpr bool puts_nulls_first(const Sort& sort) {
  return sort.nulls == Nulls::first || (sort.nulls == Nulls::as_largest && sort.descending);
}

/// The same sort from the other end.
constexpr Sort reversed(Sort sort) {
  const bool nulls_first = puts_nulls_first(sort);
  sort.descending = !sort.descending;
  sort.nulls = nulls_first ? Nulls::last : Nulls::first;
  return sort;
}

enum class Aggregate : std::uint8_t { none, count, sum, avg, max, min };

/// A type to cast to: how its values travel, and its name in PostgreSQL, which is of the runtime's
/// own table and never of a request.
struct Cast {
  Type type = Type::text;
  Type element = Type::text;  // of an array
  std::string_view sql = {};

  bool operator==(const Cast&) const = default;
};

/// One member of a result's objects: a field, an aggregate or an embedded relation.
struct Item {
  static constexpr std::size_t kNoEmbed = SIZE_MAX;
  static constexpr FieldIndex kAllRows = UINT16_MAX;

  std::string key;       // in the JSON object
  FieldIndex field = 0;  // kAllRows: of `count()` without a column
  std::vector<PathStep> path = {};
  std::optional<Cast> cast = {};
  Aggregate aggregate = Aggregate::none;  // the other members of its object are grouped by
  std::optional<Cast> aggregate_cast = {};
  std::size_t embed = kNoEmbed;  // an index into Query::embeds
  // Of a cursor: the field as a Sort with these relations has it, in the form that it is stored in
  // where the schema shows another.
  std::vector<RelationIndex> relations = {};
  bool is_stored = false;

  bool operator==(const Item&) const = default;
};

/// "The rows that stand in `relation` to the row of `entity` with that primary key."
struct Origin {
  EntityIndex entity = 0;
  RelationIndex relation = 0;
  std::vector<value::Value> key;  // in the order of the primary key

  bool operator==(const Origin&) const = default;
};

/// A call of Model::functions[function]; `arguments` has one value a parameter, absent where its
/// default is to stand.
struct Call {
  std::size_t function = 0;
  std::vector<value::Value> arguments;

  bool operator==(const Call&) const = default;
};

/// The rows in which a text is found; read_search makes it.
struct Search {
  std::string text;       // in the words of the database: websearch_to_tsquery's, or FTS5's
  bool is_ranked = true;  // the best first, then by the primary key, in place of an order
};

struct Embed;

/// A read: one entity's rows with what hangs on them, however deep.
struct Query {
  EntityIndex entity = 0;
  std::optional<Call> call;  // the rows are a function's, of the shape of `entity`
  std::vector<Item> items;
  std::vector<Embed> embeds;
  std::vector<value::Value> key;  // only the row with that primary key; empty: any
  std::optional<Origin> origin;
  std::optional<Search> search;
  Filter filter;
  std::vector<Sort> order;
  std::vector<value::Value> after;   // keyset: one a sort; empty: from the start
  std::vector<value::Value> before;  // likewise, where the rows end; empty: at the end
  /// The runtime reads the members of embedded rows by their place (Column::shape), not by name.
  bool is_positional = false;
  std::optional<std::int64_t> limit;
  std::int64_t offset = 0;
};

/// A relation within a query; its `query` is correlated with the enclosing row.
struct Embed {
  RelationIndex relation = 0;
  bool is_inner = false;   // rows without a match are left out of the enclosing query
  bool is_spread = false;  // its members stand in the enclosing object; of many rows, as arrays
  std::string name = {};   // what the request calls it, beside the key that it may have
  Query query;
};

/// Rows to insert: each has one value a field of the entity; an absent value gets its default.
struct Insert {
  enum class OnConflict : std::uint8_t { fail, ignore, merge, replace };

  EntityIndex entity = 0;
  std::vector<std::vector<value::Value>> rows;
  OnConflict on_conflict = OnConflict::fail;
  std::vector<FieldIndex> target;  // the key that may conflict
};

/// The same values for every row that the filter finds; absent values stay as they are.
struct Update {
  EntityIndex entity = 0;
  std::vector<value::Value> values;
  Filter filter;
};

struct Delete {
  EntityIndex entity = 0;
  Filter filter;
};

/// A write as one value, with what its answer shows of the rows that it wrote.
using Change = std::variant<Insert, Update, Delete>;

/// A filter that holds for the one row with that primary key.
Filter key_filter(const Entity& entity, std::vector<value::Value> key);

/// The field that relations lead to from rows of `entity`; without relations one of its own.
const Field& field_behind(const Model& model, EntityIndex entity,
                          std::span<const RelationIndex> relations, FieldIndex field);

/// The fields that a response shows: all but those that are write only.
std::vector<Item> all_items(const Entity& entity);

/// Whether the rows are groups of the entity's: an item is an aggregate, or one of a spread row is.
bool is_grouped(const Model& model, const Query& query);

/// Adds a condition that must hold too.
void add_condition(Filter& filter, Filter condition);

/// Appends the primary key to the order, so that no two rows are equal in it. False if the entity
/// has no key, or the order needs a path or an embedded row: then no cursor can stand for it.
bool make_total(const Entity& entity, std::vector<Sort>& order);

}  // namespace sqlxc::query
