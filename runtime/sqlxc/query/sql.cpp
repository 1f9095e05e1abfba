#include <sqlxc/query/sql.h>

#include <algorithm>
#include <iterator>
#include <span>
#include <string_view>

#include <sqlxc/core/text.h>
#include <sqlxc/db/object_functions.h>

namespace sqlxc::query {
namespace {

using db::append_member;
using value::Value;

// Prints one statement; the binds are appended as their `?` is.
class SqlPrinter {
 public:
  SqlPrinter(const Model& model, Statement& statement) : model_(model), out_(statement) {}

  std::string& sql() { return out_.sql; }
  int new_alias() { return aliases_++; }
  const Entity& entity(EntityIndex index) const { return model_.entities[index]; }

  void bind(const Value& value) {
    sql() += '?';
    out_.binds.push_back(value);
  }

  void column(int alias, const Field& field) {
    sql() += 't';
    append_number(sql(), alias);
    sql() += '.';
    sql() += field.sql;
  }

  void table(const Entity& entity, int alias) {
    sql() += entity.sql;
    sql() += " AS t";
    append_number(sql(), alias);
  }

  void cast(int alias, const Field& field, Type to);
  void filter(int alias, const Entity& entity, const Filter& filter);
  void link(int outer, const Entity& owner, const Relation& relation, int inner);
  void conditions(int alias, const Query& query, std::size_t* key_bind);
  void order(int alias, const Query& query);
  void limit(const Query& query);
  void embed(int outer, const Entity& owner, const Embed& embed);
  std::vector<Column> items(int alias, const Query& query, std::vector<int>& places);
  void joins();
  std::size_t bind_count() const { return out_.binds.size(); }

 private:
  void compare(int alias, const Field& field, const Filter& filter);
  void children(int alias, const Entity& entity, const Filter& filter);
  void origin(int alias, const Origin& origin, std::size_t* key_bind);
  void after(int alias, const Entity& entity, const Query& query, std::size_t at);
  void after_one(int alias, const Field& field, const Sort& sort, const Value& value);
  bool after_as_row(int alias, const Entity& entity, const Query& query);
  void object(int alias, const Query& query);
  void match(const Query& query, int outer, const Entity& owner, const Relation& relation,
             int inner);
  bool has_conditions(const Query& query) const;

  // A row of another table that is read with the row itself.
  struct Join {
    int outer = 0;
    int inner = 0;
    const Entity* owner = nullptr;
    const Embed* embed = nullptr;
  };

  bool can_join(const Entity& owner, const Embed& embed) const;
  void joined(int outer, const Entity& owner, const Item& item, const Embed& embed,
              std::vector<Column>& columns);

  const Model& model_;
  Statement& out_;
  int aliases_ = 0;
  std::vector<Join> joins_;
};

std::string_view operator_of(Comparison comparison) {
  switch (comparison) {
    case Comparison::eq:
      return " = ";
    case Comparison::neq:
      return " <> ";
    case Comparison::gt:
      return " > ";
    case Comparison::gte:
      return " >= ";
    case Comparison::lt:
      return " < ";
    case Comparison::lte:
      return " <= ";
    case Comparison::is_distinct:
      return " IS NOT ";
    case Comparison::is_null:
    case Comparison::is_unknown:
      return " IS NULL";
    case Comparison::is_true:
      return " IS TRUE";
    case Comparison::is_false:
      return " IS FALSE";
    case Comparison::like:
    case Comparison::ilike:
    case Comparison::in:
      break;
  }
  return {};
}

void SqlPrinter::compare(int alias, const Field& field, const Filter& filter) {
  switch (filter.comparison) {
    case Comparison::like:
      column(alias, field);
      sql() += " LIKE ";
      bind(filter.values[0]);
      sql() += " ESCAPE '\\'";
      return;
    case Comparison::ilike:
      sql() += "ilike(";
      bind(filter.values[0]);
      sql() += ", ";
      column(alias, field);
      sql() += ", '\\')";
      return;
    case Comparison::in:
      column(alias, field);
      sql() += " IN (";
      for (std::size_t i = 0; i < filter.values.size(); ++i) {
        if (i > 0) sql() += ", ";
        bind(filter.values[i]);
      }
      sql() += ')';
      return;
    case Comparison::is_null:
    case Comparison::is_unknown:
    case Comparison::is_true:
    case Comparison::is_false:
      column(alias, field);
      sql() += operator_of(filter.comparison);
      return;
    case Comparison::eq:
    case Comparison::neq:
    case Comparison::gt:
    case Comparison::gte:
    case Comparison::lt:
    case Comparison::lte:
    case Comparison::is_distinct:
      column(alias, field);
      sql() += operator_of(filter.comparison);
      bind(filter.values[0]);
      return;
  }
}

void SqlPrinter::children(int alias, const Entity& entity, const Filter& filter) {
  const bool is_all = filter.kind == Filter::Kind::all;
  if (filter.children.empty()) {
    sql() += is_all ? "TRUE" : "FALSE";
    return;
  }
  for (std::size_t i = 0; i < filter.children.size(); ++i) {
    if (i > 0) sql() += is_all ? " AND " : " OR ";
    const Filter& child = filter.children[i];
    const bool needs_parentheses = child.kind != Filter::Kind::compare && !child.is_negated;
    if (needs_parentheses) sql() += '(';
    this->filter(alias, entity, child);
    if (needs_parentheses) sql() += ')';
  }
}

void SqlPrinter::filter(int alias, const Entity& entity, const Filter& filter) {
  if (filter.is_negated) sql() += "NOT (";
  if (filter.kind == Filter::Kind::compare) {
    compare(alias, entity.fields[filter.field], filter);
  } else {
    children(alias, entity, filter);
  }
  if (filter.is_negated) sql() += ')';
}

// The rows of the relation's target (alias `inner`) that belong to the row of `outer`.
void SqlPrinter::link(int outer, const Entity& owner, const Relation& relation, int inner) {
  const Entity& target = entity(relation.target);
  if (relation.cardinality != Cardinality::many_to_many) {
    for (std::size_t i = 0; i < relation.from.size(); ++i) {
      if (i > 0) sql() += " AND ";
      column(inner, target.fields[relation.to[i]]);
      sql() += " = ";
      column(outer, owner.fields[relation.from[i]]);
    }
    return;
  }
  const Entity& junction = entity(relation.via);
  const int via = new_alias();
  sql() += "EXISTS (SELECT 1 FROM ";
  table(junction, via);
  sql() += " WHERE ";
  for (std::size_t i = 0; i < relation.via_from.size(); ++i) {
    column(via, junction.fields[relation.via_from[i]]);
    sql() += " = ";
    column(outer, owner.fields[relation.from[i]]);
    sql() += " AND ";
  }
  for (std::size_t i = 0; i < relation.via_to.size(); ++i) {
    if (i > 0) sql() += " AND ";
    column(via, junction.fields[relation.via_to[i]]);
    sql() += " = ";
    column(inner, target.fields[relation.to[i]]);
  }
  sql() += ')';
}

bool is_key(const Entity& entity, std::span<const FieldIndex> fields) {
  return std::ranges::equal(entity.primary_key.fields, fields);
}

void SqlPrinter::origin(int alias, const Origin& origin, std::size_t* key_bind) {
  const Entity& owner = entity(origin.entity);
  const Relation& relation = owner.relations[origin.relation];
  const Entity& target = entity(relation.target);
  if (key_bind != nullptr) *key_bind = bind_count();
  const bool is_plain = relation.cardinality != Cardinality::many_to_many;
  if (is_plain && is_key(owner, relation.from)) {
    for (std::size_t i = 0; i < relation.to.size(); ++i) {
      if (i > 0) sql() += " AND ";
      column(alias, target.fields[relation.to[i]]);
      sql() += " = ";
      bind(origin.key[i]);
    }
    return;
  }
  // (t0.id) IN (SELECT t1.author_id FROM posts AS t1 WHERE t1.id = ?)
  const int from = new_alias();
  const int via = is_plain ? from : new_alias();
  const Entity& source = is_plain ? owner : entity(relation.via);
  const auto& picked = is_plain ? relation.from : relation.via_to;
  sql() += '(';
  for (std::size_t i = 0; i < relation.to.size(); ++i) {
    if (i > 0) sql() += ", ";
    column(alias, target.fields[relation.to[i]]);
  }
  sql() += ") IN (SELECT ";
  for (std::size_t i = 0; i < picked.size(); ++i) {
    if (i > 0) sql() += ", ";
    column(via, source.fields[picked[i]]);
  }
  sql() += " FROM ";
  const bool needs_owner = is_plain || !is_key(owner, relation.from);
  if (needs_owner) table(owner, from);
  if (!is_plain) {
    if (needs_owner) sql() += ", ";
    table(source, via);
  }
  sql() += " WHERE ";
  for (std::size_t i = 0; i < origin.key.size(); ++i) {
    if (i > 0) sql() += " AND ";
    if (needs_owner) {
      column(from, owner.fields[owner.primary_key.fields[i]]);
    } else {
      column(via, source.fields[relation.via_from[i]]);
    }
    sql() += " = ";
    bind(origin.key[i]);
  }
  if (!is_plain && needs_owner) {
    for (std::size_t i = 0; i < relation.via_from.size(); ++i) {
      sql() += " AND ";
      column(via, source.fields[relation.via_from[i]]);
      sql() += " = ";
      column(from, owner.fields[relation.from[i]]);
    }
  }
  sql() += ')';
}

// Where all directions are one and nothing is null, SQL compares rows, and an index serves.
bool SqlPrinter::after_as_row(int alias, const Entity& entity, const Query& query) {
  for (const Sort& sort : query.order) {
    if (entity.fields[sort.field].nullable) return false;
    if (sort.descending != query.order[0].descending) return false;
  }
  sql() += '(';
  for (std::size_t i = 0; i < query.order.size(); ++i) {
    if (i > 0) sql() += ", ";
    column(alias, entity.fields[query.order[i].field]);
  }
  sql() += query.order[0].descending ? ") < (" : ") > (";
  for (std::size_t i = 0; i < query.after.size(); ++i) {
    if (i > 0) sql() += ", ";
    bind(query.after[i]);
  }
  sql() += ')';
  return true;
}

void SqlPrinter::after_one(int alias, const Field& field, const Sort& sort, const Value& value) {
  if (value.is_null()) {
    if (puts_nulls_first(sort)) {
      column(alias, field);
      sql() += " IS NOT NULL";
    } else {
      sql() += "FALSE";
    }
    return;
  }
  column(alias, field);
  sql() += sort.descending ? " < " : " > ";
  bind(value);
  if (field.nullable && !puts_nulls_first(sort)) {
    sql() += " OR ";
    column(alias, field);
    sql() += " IS NULL";
  }
}

// Column `at` lies behind the cursor, or is equal and the columns after it lie behind.
void SqlPrinter::after(int alias, const Entity& entity, const Query& query, std::size_t at) {
  const Sort& sort = query.order[at];
  const Field& field = entity.fields[sort.field];
  after_one(alias, field, sort, query.after[at]);
  if (at + 1 == query.order.size()) return;
  sql() += " OR (";
  column(alias, field);
  sql() += " IS ";
  bind(query.after[at]);
  sql() += " AND (";
  after(alias, entity, query, at + 1);
  sql() += "))";
}

bool SqlPrinter::has_conditions(const Query& query) const {
  const bool has_inner =
      std::ranges::any_of(query.embeds, [](const Embed& embed) { return embed.is_inner; });
  return !query.key.empty() || query.origin || !query.filter.children.empty() ||
         query.filter.kind == Filter::Kind::compare || !query.after.empty() || has_inner;
}

void SqlPrinter::conditions(int alias, const Query& query, std::size_t* key_bind) {
  const Entity& owner = entity(query.entity);
  bool is_first = true;
  const auto also = [&] {
    if (!is_first) sql() += " AND ";
    is_first = false;
  };
  if (!query.key.empty()) {
    if (key_bind != nullptr) *key_bind = bind_count();
    for (std::size_t i = 0; i < query.key.size(); ++i) {
      also();
      column(alias, owner.fields[owner.primary_key.fields[i]]);
      sql() += " = ";
      bind(query.key[i]);
    }
  }
  if (query.origin) {
    also();
    origin(alias, *query.origin, key_bind);
  }
  if (!query.filter.children.empty() || query.filter.kind == Filter::Kind::compare) {
    also();
    const bool needs_parentheses =
        query.filter.kind == Filter::Kind::any && !query.filter.is_negated;
    if (needs_parentheses) sql() += '(';
    filter(alias, owner, query.filter);
    if (needs_parentheses) sql() += ')';
  }
  for (const Embed& embed : query.embeds) {
    if (!embed.is_inner) continue;
    also();
    const int inner = new_alias();
    sql() += "EXISTS (SELECT 1 FROM ";
    table(entity(embed.query.entity), inner);
    sql() += " WHERE ";
    match(embed.query, alias, owner, owner.relations[embed.relation], inner);
    sql() += ')';
  }
  if (query.after.empty()) return;
  also();
  if (after_as_row(alias, owner, query)) return;
  sql() += '(';
  after(alias, owner, query, 0);
  sql() += ')';
}

void SqlPrinter::match(const Query& query, int outer, const Entity& owner, const Relation& relation,
                       int inner) {
  link(outer, owner, relation, inner);
  if (!has_conditions(query)) return;
  sql() += " AND ";
  conditions(inner, query, nullptr);
}

void SqlPrinter::order(int alias, const Query& query) {
  const Entity& owner = entity(query.entity);
  for (std::size_t i = 0; i < query.order.size(); ++i) {
    const Sort& sort = query.order[i];
    const Field& field = owner.fields[sort.field];
    sql() += i == 0 ? " ORDER BY " : ", ";
    column(alias, field);
    if (sort.descending) sql() += " DESC";
    // SQLite's own rule is that null is smallest: said only where it differs.
    const bool sqlite_first = !sort.descending;
    if (field.nullable && puts_nulls_first(sort) != sqlite_first) {
      sql() += sqlite_first ? " NULLS LAST" : " NULLS FIRST";
    }
  }
}

void SqlPrinter::limit(const Query& query) {
  if (!query.limit && query.offset == 0) return;
  sql() += " LIMIT ";
  bind(Value::of_integer(query.limit.value_or(-1)));
  if (query.offset == 0) return;
  sql() += " OFFSET ";
  bind(Value::of_integer(query.offset));
}

void SqlPrinter::cast(int alias, const Field& field, Type to) {
  if (to == field.type) return column(alias, field);
  const auto wrap = [&](std::string_view before, std::string_view after_text) {
    sql() += before;
    column(alias, field);
    sql() += after_text;
  };
  if (to == Type::text) {
    if (field.type == Type::boolean) {
      wrap("CASE ", " WHEN 1 THEN 'true' WHEN 0 THEN 'false' END");
    } else if (field.type == Type::timestamptz) {
      wrap("(", " || '+00')");
    } else if (field.type == Type::bytes) {
      wrap("('\\x' || lower(hex(", ")))");
    } else {
      wrap("CAST(", " AS TEXT)");
    }
  } else if (to == Type::date) {
    wrap("substr(", ", 1, 10)");
  } else if (to == Type::int64 || to == Type::int32) {
    wrap("CAST(", " AS INTEGER)");
  } else if (to == Type::decimal) {
    wrap("CAST(", " AS TEXT)");
  } else {
    wrap("CAST(", " AS REAL)");
  }
}

// sqlxc_object('...', t1.id, t1.name, (SELECT ...))
void SqlPrinter::object(int alias, const Query& query) {
  const Entity& owner = entity(query.entity);
  std::string shape;
  for (const Item& item : query.items) {
    if (item.embed != Item::kNoEmbed) {
      append_member(shape, item.key, nullptr);
    } else {
      Field field = owner.fields[item.field];
      if (item.cast) {
        field = Field();
        field.type = *item.cast;
      }
      append_member(shape, item.key, &field);
    }
  }
  sql() += "sqlxc_object(";
  // The shape holds keys that a client chose: it is text, and text is bound.
  bind(Value::of_text(std::move(shape)));
  for (const Item& item : query.items) {
    sql() += ", ";
    if (item.embed != Item::kNoEmbed) {
      embed(alias, owner, query.embeds[item.embed]);
    } else if (item.cast) {
      cast(alias, owner.fields[item.field], *item.cast);
    } else {
      column(alias, owner.fields[item.field]);
    }
  }
  sql() += ')';
}

void SqlPrinter::embed(int outer, const Entity& owner, const Embed& embed) {
  const Relation& relation = owner.relations[embed.relation];
  const Entity& target = entity(relation.target);
  const int inner = new_alias();
  const auto from = [&] {
    sql() += " FROM ";
    table(target, inner);
    sql() += " WHERE ";
    match(embed.query, outer, owner, relation, inner);
  };
  sql() += "(SELECT ";
  if (relation.cardinality == Cardinality::to_one) {
    object(inner, embed.query);
    from();
    sql() += " LIMIT 1)";
    return;
  }
  const bool is_ordered = !embed.query.order.empty() || embed.query.limit || embed.query.offset > 0;
  sql() += "sqlxc_array(";
  if (is_ordered) sql() += "j) FROM (SELECT ";
  object(inner, embed.query);
  sql() += is_ordered ? " AS j" : ")";
  from();
  if (is_ordered) {
    order(inner, embed.query);
    limit(embed.query);
    sql() += ')';
  }
  sql() += ')';
}

void append_key(std::string& out, std::string_view key, bool is_first) {
  out += is_first ? '{' : ',';
  append_json_string(out, key);
  out += ':';
}

void print_returning(std::string& sql, const Entity& entity,
                     const std::vector<FieldIndex>& returning) {
  for (std::size_t i = 0; i < returning.size(); ++i) {
    sql += i == 0 ? " RETURNING " : ", ";
    sql += entity.fields[returning[i]].sql;
  }
}

// One row at most, by the key that the relation leads to: a join reads it without a subquery.
bool SqlPrinter::can_join(const Entity& owner, const Embed& embed) const {
  const Relation& relation = owner.relations[embed.relation];
  if (relation.cardinality != Cardinality::to_one || relation.to.empty()) return false;
  if (embed.query.limit || embed.query.offset > 0) return false;
  const Entity& target = entity(relation.target);
  const auto leads_to = [&](const Key& key) {
    return !key.fields.empty() && std::ranges::is_permutation(key.fields, relation.to);
  };
  return !target.is_view &&
         (leads_to(target.primary_key) || std::ranges::any_of(target.uniques, leads_to));
}

void SqlPrinter::joined(int outer, const Entity& owner, const Item& item, const Embed& embed,
                        std::vector<Column>& columns) {
  const Relation& relation = owner.relations[embed.relation];
  const Entity& target = entity(relation.target);
  const int inner = new_alias();
  joins_.push_back({.outer = outer, .inner = inner, .owner = &owner, .embed = &embed});
  column(inner, target.fields[relation.to[0]]);
  Column& guard = columns.emplace_back();
  append_key(guard.key, item.key, columns.size() == 1);
  const std::size_t at = columns.size() - 1;
  sql() += ", ";
  std::vector<int> places;
  std::vector<Column> members = items(inner, embed.query, places);
  columns[at].members = members.size();
  std::ranges::move(members, std::back_inserter(columns));
}

// The select list; `places` says at which column each item starts.
std::vector<Column> SqlPrinter::items(int alias, const Query& query, std::vector<int>& places) {
  const Entity& owner = entity(query.entity);
  std::vector<Column> columns;
  for (const Item& item : query.items) {
    places.push_back(static_cast<int>(columns.size()));
    if (!columns.empty()) sql() += ", ";
    const bool is_embed = item.embed != Item::kNoEmbed;
    if (is_embed && can_join(owner, query.embeds[item.embed])) {
      joined(alias, owner, item, query.embeds[item.embed], columns);
      continue;
    }
    Column& added = columns.emplace_back();
    append_key(added.key, item.key, columns.size() == 1);
    added.is_json = is_embed;
    if (is_embed) {
      embed(alias, owner, query.embeds[item.embed]);
    } else if (item.cast) {
      added.cast.type = *item.cast;
      cast(alias, owner.fields[item.field], *item.cast);
    } else {
      added.field = &owner.fields[item.field];
      column(alias, owner.fields[item.field]);
    }
  }
  return columns;
}

void SqlPrinter::joins() {
  for (const Join& join : joins_) {
    const Relation& relation = join.owner->relations[join.embed->relation];
    sql() += " LEFT JOIN ";
    table(entity(relation.target), join.inner);
    sql() += " ON ";
    match(join.embed->query, join.outer, *join.owner, relation, join.inner);
  }
}

bool is_number(Type type) { return type >= Type::int16 && type <= Type::decimal; }

}  // namespace

bool can_cast(Type from, Type to) {
  if (from == to || to == Type::text) return true;
  if (to == Type::date) return from == Type::timestamp || from == Type::timestamptz;
  if (to == Type::int64) return from == Type::int16 || from == Type::int32 || from == Type::boolean;
  if (to == Type::int32) return from == Type::int16 || from == Type::boolean;
  if (to == Type::decimal) return from >= Type::int16 && from <= Type::int64;
  if (to == Type::float64) return is_number(from);
  return false;
}

std::vector<Column> columns_of(const Entity& entity, const std::vector<Item>& items) {
  std::vector<Column> columns;
  for (const Item& item : items) {
    Column column;
    append_key(column.key, item.key, columns.empty());
    column.is_json = item.embed != Item::kNoEmbed;
    if (item.cast) {
      column.cast.type = *item.cast;
    } else if (!column.is_json) {
      column.field = &entity.fields[item.field];
    }
    columns.push_back(std::move(column));
  }
  return columns;
}

Select print_select(const Model& model, const Query& query, Dialect, SelectOptions options) {
  Select select;
  SqlPrinter print(model, select.statement);
  const Entity& entity = model.entities[query.entity];
  const int alias = print.new_alias();
  std::string& sql = print.sql();
  sql = "SELECT ";
  std::vector<int> places;
  select.columns = print.items(alias, query, places);
  if (options.with_sort_columns) {
    int columns = static_cast<int>(select.columns.size());
    for (const Sort& sort : query.order) {
      const auto shown = std::ranges::find_if(query.items, [&](const Item& item) {
        return item.embed == Item::kNoEmbed && !item.cast && item.field == sort.field;
      });
      if (shown != query.items.end()) {
        select.sort_columns.push_back(
            places[static_cast<std::size_t>(shown - query.items.begin())]);
        continue;
      }
      if (columns > 0) sql += ", ";
      print.column(alias, entity.fields[sort.field]);
      select.sort_columns.push_back(columns++);
    }
  }
  if (sql == "SELECT ") sql += "NULL";
  sql += " FROM ";
  print.table(entity, alias);
  print.joins();
  const std::size_t before = sql.size();
  sql += " WHERE ";
  const std::size_t start = sql.size();
  print.conditions(alias, query, &select.key_bind);
  if (sql.size() == start) sql.resize(before);
  print.order(alias, query);
  print.limit(query);
  return select;
}

Statement print_count(const Model& model, const Query& query, Dialect, std::size_t* key_bind) {
  Statement statement;
  SqlPrinter print(model, statement);
  Query counted = query;
  counted.after.clear();
  const int alias = print.new_alias();
  std::string& sql = print.sql();
  sql = "SELECT count(*) FROM ";
  print.table(model.entities[query.entity], alias);
  const std::size_t before = sql.size();
  sql += " WHERE ";
  const std::size_t start = sql.size();
  print.conditions(alias, counted, key_bind);
  if (sql.size() == start) sql.resize(before);
  return statement;
}

Statement print_insert(const Model& model, const Insert& insert, std::size_t row,
                       const std::vector<FieldIndex>& returning, Dialect) {
  const Entity& entity = model.entities[insert.entity];
  const std::vector<Value>& values = insert.rows[row];
  Statement statement;
  std::string& sql = statement.sql;
  sql = "INSERT INTO ";
  sql += entity.sql;
  std::string marks;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (values[i].is_absent() || values[i].is_default()) continue;
    sql += marks.empty() ? " (" : ", ";
    marks += marks.empty() ? "?" : ", ?";
    sql += entity.fields[i].sql;
    statement.binds.push_back(values[i]);
  }
  if (marks.empty()) {
    sql += " DEFAULT VALUES";
  } else {
    sql += ") VALUES (" + marks + ")";
  }
  if (insert.on_conflict != Insert::OnConflict::fail && !marks.empty()) {
    sql += " ON CONFLICT (";
    for (std::size_t i = 0; i < insert.target.size(); ++i) {
      if (i > 0) sql += ", ";
      sql += entity.fields[insert.target[i]].sql;
    }
    sql += ") DO ";
    std::string sets;
    for (std::size_t i = 0; i < values.size(); ++i) {
      const Field& field = entity.fields[i];
      const bool is_target =
          std::ranges::find(insert.target, static_cast<FieldIndex>(i)) != insert.target.end();
      const bool is_given = !values[i].is_absent();
      const bool is_replaced =
          insert.on_conflict == Insert::OnConflict::replace && !field.generated && !field.readonly;
      if (is_target || !(is_given || is_replaced)) continue;
      sets += sets.empty() ? "" : ", ";
      sets += field.sql;
      sets += " = excluded.";
      sets += field.sql;
    }
    if (insert.on_conflict == Insert::OnConflict::ignore) {
      sql += "NOTHING";
    } else if (sets.empty()) {
      // Nothing to change; but a row that is there must still be returned.
      const auto& key = entity.fields[insert.target[0]].sql;
      sql += "UPDATE SET ";
      sql += key;
      sql += " = excluded.";
      sql += key;
    } else {
      sql += "UPDATE SET " + sets;
    }
  }
  print_returning(sql, entity, returning);
  return statement;
}

Statement print_update(const Model& model, const Update& update,
                       const std::vector<FieldIndex>& returning, Dialect) {
  const Entity& entity = model.entities[update.entity];
  Statement statement;
  SqlPrinter print(model, statement);
  const int alias = print.new_alias();
  std::string& sql = print.sql();
  sql = "UPDATE ";
  print.table(entity, alias);
  bool is_first = true;
  for (std::size_t i = 0; i < update.values.size(); ++i) {
    if (update.values[i].is_absent()) continue;
    sql += is_first ? " SET " : ", ";
    is_first = false;
    sql += entity.fields[i].sql;
    sql += " = ";
    print.bind(update.values[i]);
  }
  if (is_first) {
    // Nothing changes, but the rows that are found must be counted and returned.
    const Field& same =
        entity.fields[entity.primary_key.fields.empty() ? 0 : entity.primary_key.fields[0]];
    sql += " SET ";
    sql += same.sql;
    sql += " = ";
    sql += same.sql;
  }
  sql += " WHERE ";
  print.filter(alias, entity, update.filter);
  print_returning(sql, entity, returning);
  return statement;
}

Statement print_delete(const Model& model, const Delete& del,
                       const std::vector<FieldIndex>& returning, Dialect) {
  const Entity& entity = model.entities[del.entity];
  Statement statement;
  SqlPrinter print(model, statement);
  const int alias = print.new_alias();
  print.sql() = "DELETE FROM ";
  print.table(entity, alias);
  print.sql() += " WHERE ";
  print.filter(alias, entity, del.filter);
  print_returning(print.sql(), entity, returning);
  return statement;
}

}  // namespace sqlxc::query
