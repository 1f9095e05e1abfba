#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <sqlxc/core/text.h>
#include <sqlxc/query/postgres_value.h>
#include <sqlxc/query/sql.h>

// The hand that writes a statement: every identifier it writes comes from the model, every value
// becomes a bind as its mark is written. What the databases differ in is asked of `dialect` where
// the word is written. For the printers of sql.h only.
namespace sqlxc::query {

/// A relation's rows seen from one row: the alias of that row, its entity and the relation.
struct Link {
  int outer = 0;
  const Entity* owner = nullptr;
  const Relation* relation = nullptr;
};

/// A row of another table that is read with the row itself.
struct Join {
  Link link;
  int inner = 0;
  const Embed* embed = nullptr;
};

/// How the values of a select list are read.
enum class Form {
  flat,    // by the driver, one column each
  object,  // SQLite: as arguments of sqlxc_object
  fields,  // PostgreSQL: as columns f1, f2, ... of a row that becomes JSON
};

/// What GROUP BY lists.
struct Group {
  std::string sql;
  std::vector<value::Value> binds = {};
};

/// One SELECT while it is written.
struct Rows {
  int alias = 0;
  const Query* query = nullptr;
  const Link* link = nullptr;  // of an embedded one
  std::vector<Join> joins = {};
  std::vector<Group> groups = {};  // where the rows are groups
  int outputs = 0;                 // how many columns the select list has by now
  std::vector<int> places = {};    // at which column each item of the query starts
  Form form = {};
  bool is_grouped = false;
  bool is_one = false;  // one row at most: in no order
};

/// What is compared, shown or sorted by: a column, or what a path leads to in it.
struct Operand {
  int alias = 0;
  const Field* field = nullptr;
  const std::vector<PathStep>* path = nullptr;

  bool has_path() const { return path != nullptr && !path->empty(); }
  /// The type of its values.
  Type type() const;
};

/// Prints one statement. Tables go by aliases t0, t1, ...
class SqlPrinter {
 public:
  SqlPrinter(const Model& model, Statement& statement, Dialect dialect, bool as_text = false)
      : model_(model), out_(statement), dialect_(dialect), as_text_(as_text) {}

  std::string& sql() { return out_.sql; }
  int new_alias() { return aliases_++; }
  const Entity& entity(EntityIndex index) const { return model_.entities[index]; }
  bool is_postgres() const { return dialect_ == Dialect::postgres; }
  std::size_t bind_count() const { return out_.binds.size(); }

  /// The name that this database has for it, quoted.
  std::string_view name_of(const Field& field) const;
  std::string_view name_of(const Entity& entity) const;

  void bind(value::Value value);
  /// A value to compare that column with: in the form that the database reads.
  void bind(const value::Value& value, const Field& field);
  /// The same, of a value that the database gave.
  void bind_stored(const value::Value& value, const Field& field);
  /// A value to write to it: where the schema has a function for that, JSON.
  void bind_written(const value::Value& value, const Field& field);
  /// PostgreSQL: the values as one array, in one bind however many they are.
  void bind_all(const std::vector<value::Value>& values, const Field& field);
  /// PostgreSQL: a value whose type the statement does not say by itself.
  void bind_as(value::Value value, std::string_view type);
  void alias(int alias);
  void column(int alias, const Field& field);
  void operand(const Operand& operand);
  void table(const Entity& entity, int alias);

  /// Where the rows come from, with its alias: a table, a function's rows, a named query.
  void source(const Rows& rows);
  /// The select list, and the columns that it has for the runtime.
  std::vector<Column> items(Rows& rows, Form form, bool& is_first);
  /// Everything from FROM on.
  void tail(Rows& rows, std::size_t* key_bind = nullptr);

  /// The query's rows as one column of JSON, in a SELECT of their own.
  Column rows_alone(const Query& query);

  void filter(int alias, const Query& query, const Filter& filter);
  void conditions(const Rows& rows, std::size_t* key_bind);
  void order(const Rows& rows);
  void limit(const Query& query);

  /// From here on the rows `t0` are those that a write returned: computed columns were shown by it.
  void use_written(const Entity& entity) { written_ = &entity; }

 private:
  void filter_group(int alias, const Query& query, const Filter& filter);
  void compare(const Operand& operand, const Filter& filter);
  void compare_quantified(const Operand& operand, const Filter& filter);
  void compare_arrays(const Operand& operand, const Filter& filter);
  void compare_in(const Operand& operand, const Filter& filter);
  void compare_text(const Operand& operand, const Filter& filter);
  void compare_pattern(const Operand& operand, const Filter& filter);
  void pattern(const Operand& operand, Comparison comparison, const value::Value& value);
  void bind_pattern(const value::Value& value);
  void exists(int alias, const Entity& owner, const Embed& embed);
  void related_exists(int alias, const Entity& owner, const Filter& filter);
  void origin(int alias, const Origin& origin, std::size_t* key_bind);
  void behind(int alias, const Entity& entity, const Query& query);
  void after(int alias, const Query& query, std::size_t at);
  void after_one(int alias, const Query& query, const Sort& sort, const value::Value& value);
  bool after_as_row(int alias, const Entity& entity, const Query& query);

  void search_source(const Rows& rows);
  void search_condition(const Rows& rows);
  void search_rank(const Rows& rows);
  void search_words(const Rows& rows);
  void search_query(const Search& search);

  bool has_link(const Link& link) const;
  void link(const Link& link, int inner);
  void call(const Call& call, const Entity& entity, int alias);
  void named_query(const Function& function, const Call& call);
  void related(const Rows& rows, const Entity& owner, const Sort& sort);
  void column_behind(int alias, EntityIndex owner, std::span<const RelationIndex> relations,
                     FieldIndex field);
  void sorted_column(const Rows& rows, const Sort& sort);
  bool is_joined(const Rows& rows, const Embed& embed) const;

  bool can_join(const Rows& rows, const Entity& owner, const Embed& embed, Form form) const;
  int join(Rows& rows, int outer, const Entity& owner, const Embed& embed);
  void members(Rows& rows, int alias, const Query& query, Form form, bool& is_first,
               std::vector<Column>& columns);
  void joined(Rows& rows, int alias, const Entity& owner, const Item& item, bool& is_first,
              const Embed& embed, std::vector<Column>& columns);
  void related_rows(Rows& rows, int alias, const Entity& owner, const Embed& embed, Form form,
                    bool& is_first, Column& column);
  void value_item(Rows& rows, int alias, const Query& query, const Item& item, Form form,
                  Column& column);
  void expression(const Operand& operand, const Item& item);
  bool is_represented(const Field& of, const Item& item) const;
  void represented(const Operand& operand, const Item& item, Column& column);
  void aggregate(const Operand& operand, const Item& item);
  void cast(const Operand& operand, const Cast& to);
  void group_by(Rows& rows, std::size_t start, std::size_t first_bind, Form form);
  void postgres_rows(Rows& inner, bool& is_first, Column& column);
  void sqlite_rows(Rows& inner, bool& is_first, Column& column);
  std::vector<Column> object(Rows& rows, bool is_positional, bool& is_first);
  bool needs_shape(const Query& query) const;
  void begin_output(Rows& rows, Form form);
  void end_output(const Rows& rows, Form form);

  const Model& model_;
  Statement& out_;
  Dialect dialect_;
  int aliases_ = 0;
  const Entity* written_ = nullptr;
  bool as_text_ = false;
  int patterns_ = 0;  // SQLite: how many were written
};

}  // namespace sqlxc::query
