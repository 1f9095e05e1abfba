#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <sqlxc/query/query.h>
#include <sqlxc/value/field.h>
#include <sqlxc/value/value.h>

// A query as one SQL statement. Identifiers come from the model alone and every value is a bind,
// in the order in which ?1, ?2, ... stand in the text; so two queries of one shape have one text,
// but for PostgreSQL's most common limits.
namespace sqlxc::query {

/// The database that will read the statement.
enum class Dialect : std::uint8_t { sqlite, postgres };

struct Statement {
  std::string sql;
  std::vector<value::Value> binds;
};

/// One column of a statement's rows, ready to be written as a member of a JSON object.
struct Column {
  std::string key;               // with what separates it: `{"id":`, `,"email":`
  std::string name = {};         // the same, bare
  const Field* field = nullptr;  // of the model, unless cast
  Field cast;                    // of a cast column
  bool is_json = false;          // an embedded relation: the column is the JSON itself
  // Of PostgreSQL's embedded rows: the column is JSON whose objects name their members f1, f2, ...
  // in this order, so that no key of a client enters the SQL. Written by shaped_json.h.
  std::vector<Column> shape = {};
  // A spread of many rows: the JSON is an array of objects, and each of `shape` stands in the
  // enclosing object as an array, under its own key. `key` is empty.
  bool is_spread = false;
  // Of a joined row: this column is null if there is none, and so many that follow are its members.
  std::size_t members = 0;

  const Field& type() const { return field != nullptr ? *field : cast; }
};

/// A SELECT and how its rows are written.
struct Select {
  Statement statement;
  std::vector<Column> columns;    // the visible ones
  std::size_t key_bind = 0;       // where the binds of Query::key or of its origin's key start
  std::vector<int> sort_columns;  // where each Sort of the query stands, for a keyset cursor
  std::vector<int> key_columns;   // of print_change: where the primary key stands
  int new_column = -1;            // of print_change: whether the row is new (an upsert's)
};

struct SelectOptions {
  bool with_sort_columns = false;  // further columns for those sorts that are not shown
  // PostgreSQL: types that only it can turn into JSON (composites, ranges) stay text, as CSV has
  // them; otherwise their column is JSON.
  bool as_text = false;
  /// PostgreSQL: this aggregate of the rows is all that is read.
  const Handler* handler = nullptr;
};

/// Reads the query's rows in its order, embedded relations as JSON in a column.
Select print_select(const Model& model, const Query& query, Dialect dialect,
                    SelectOptions options = {});

/// Reads several queries at once: one row, each query's rows as JSON in a column.
Select print_together(const Model& model, std::span<const Query> queries, Dialect dialect);

/// Counts the rows that the query has without its limit, offset and cursor. `key_bind`, if given,
/// is set as Select::key_bind.
Statement print_count(const Model& model, const Query& query, Dialect dialect,
                      std::size_t* key_bind = nullptr);

/// Inserts row `row`, returning the fields in `returning`.
Statement print_insert(const Model& model, const Insert& insert, std::size_t row,
                       const std::vector<FieldIndex>& returning, Dialect dialect);
Statement print_update(const Model& model, const Update& update,
                       const std::vector<FieldIndex>& returning, Dialect dialect);
Statement print_delete(const Model& model, const Delete& del,
                       const std::vector<FieldIndex>& returning, Dialect dialect);

/// PostgreSQL: a write and what is shown of the rows it wrote, in one statement. `shown` gives
/// items, embeds, order and limit; without items and `with_key`, nothing is returned and the number
/// of rows is the command's. Behind the shown columns stand the primary key, if `with_key`, and for
/// an upsert whether the row is new.
Select print_change(const Model& model, const Change& change, const Query& shown, bool with_key,
                    SelectOptions options = {});

/// PostgreSQL: how many of the insert's rows, from `first` on, one statement takes: all, where they
/// have the same columns; else as many as have 65,535 values.
std::size_t rows_at_once(const Model& model, const Insert& insert, std::size_t first);

/// PostgreSQL: the statement whose plan estimates how many rows print_count would find.
Statement print_explain(const Model& model, const Query& query, std::size_t* key_bind = nullptr);

/// The cast that `name`, a type as clients write it ("text", "int", "timestamptz", "text[]"),
/// means: one of PostgreSQL's own types, or one that a column of the model has.
std::optional<Cast> find_cast(const Model& model, std::string_view name);

/// Whether a value of `from` can be read as a `to` without a value that fails.
bool can_cast(Type from, Type to);

/// The members of `items` in a query over `entity` that need no embedding, as columns of a
/// RETURNING clause that lists their fields in this order.
std::vector<Column> columns_of(const Entity& entity, const std::vector<Item>& items);

}  // namespace sqlxc::query
