#include <algorithm>
#include <iterator>
#include <string_view>
#include <utility>

#include <sqlxc/db/object_functions.h>
#include <sqlxc/query/sql_printer.h>
#include <sqlxc/value/format.h>

// What a select shows: columns, aggregates, and embedded relations as JSON or joined.
namespace sqlxc::query {
namespace {

using value::Value;

void set_key(Column& column, std::string_view key, bool& is_first) {
  column.name = key;
  column.key = is_first ? '{' : ',';
  is_first = false;
  append_json_string(column.key, key);
  column.key += ':';
}

bool is_integer(Type type) { return type >= Type::int16 && type <= Type::int64; }
bool is_number(Type type) { return type >= Type::int16 && type <= Type::decimal; }

Field field_of(const Cast& cast) {
  Field field;
  field.type = cast.type;
  field.element = cast.element;
  return field;
}

// What an aggregate of such values is. PostgreSQL widens: of integers it makes decimals.
Field aggregated(const Field& of, Aggregate aggregate, bool is_postgres) {
  Field field;
  switch (aggregate) {
    case Aggregate::count:
      field.type = Type::int64;
      return field;
    case Aggregate::sum:
      if (is_integer(of.type)) {
        field.type = is_postgres ? Type::decimal : Type::int64;
        return field;
      }
      field = of;
      return field;
    case Aggregate::avg:
      field.type = of.type;
      if (is_integer(of.type) || of.type == Type::decimal) field.type = Type::decimal;
      if (of.type == Type::float32) field.type = Type::float64;
      return field;
    case Aggregate::none:
    case Aggregate::max:
    case Aggregate::min:
      return of;
  }
  return of;
}

// The column that stands for an item, as far as its value goes.
Field shown_field(const Field& of, const Item& item, bool is_postgres) {
  Field field = of;
  if (!item.path.empty()) {
    field = Field();
    field.type = item.path.back().is_text ? Type::text : Type::json;
  }
  if (item.cast) field = field_of(*item.cast);
  if (item.aggregate != Aggregate::none) field = aggregated(field, item.aggregate, is_postgres);
  if (item.aggregate_cast) field = field_of(*item.aggregate_cast);
  return field;
}

// PostgreSQL alone knows the JSON of these: composites, ranges, what extensions bring.
bool is_foreign(const Field& field) {
  return field.type == Type::other || (field.type == Type::array && field.element == Type::other);
}

bool is_plain(const Item& item) {
  return item.path.empty() && !item.cast && item.aggregate == Aggregate::none;
}

}  // namespace

// SQLite keeps values in forms of its own (docs/sqlite.md), so a cast is what leads from one to
// the other.
void SqlPrinter::cast(const Operand& operand, const Cast& to) {
  if (is_postgres()) {
    this->operand(operand);
    sql() += "::";
    sql() += to.sql;
    return;
  }
  const Type from = operand.type();
  const auto wrap = [&](std::string_view before, std::string_view after_text) {
    sql() += before;
    this->operand(operand);
    sql() += after_text;
  };
  if (to.type == from) {
    this->operand(operand);
  } else if (to.type == Type::text) {
    if (from == Type::boolean) {
      wrap("CASE ", " WHEN 1 THEN 'true' WHEN 0 THEN 'false' END");
    } else if (from == Type::decimal && !operand.has_path() && operand.field->scale > 0 &&
               value::is_small_decimal(*operand.field)) {
      wrap("CASE WHEN ", " IS NOT NULL THEN printf('%.");
      append_number(sql(), operand.field->scale);
      wrap("f', ", ") END");
    } else if (from == Type::timestamptz) {
      wrap("(", " || '+00')");
    } else if (from == Type::bytes) {
      wrap("('\\x' || lower(hex(", ")))");
    } else {
      wrap("CAST(", " AS TEXT)");
    }
  } else if (to.type == Type::date) {
    wrap("substr(", ", 1, 10)");
  } else if (is_integer(to.type)) {
    wrap("CAST(", " AS INTEGER)");
  } else if (to.type == Type::decimal) {
    wrap("CAST(", " AS TEXT)");
  } else {
    wrap("CAST(", " AS REAL)");
  }
}

void SqlPrinter::expression(const Operand& operand, const Item& item) {
  if (item.cast) return cast(operand, *item.cast);
  this->operand(operand);
}

bool SqlPrinter::is_represented(const Field& of, const Item& item) const {
  return is_postgres() && !of.pg_to_json.empty() && item.path.empty() &&
         item.aggregate == Aggregate::none && !item.is_stored;
}

// What a function of the schema makes of the value: JSON, unless it is cast.
void SqlPrinter::represented(const Operand& operand, const Item& item, Column& column) {
  sql() += operand.field->pg_to_json;
  sql() += '(';
  this->operand(operand);
  sql() += ')';
  if (item.cast) {
    sql() += "::";
    sql() += item.cast->sql;
  } else {
    column.is_json = true;
  }
}

void SqlPrinter::aggregate(const Operand& operand, const Item& item) {
  // Decimals that SQLite keeps as text are added digit by digit.
  const bool is_text_decimal = !is_postgres() && item.path.empty() && !item.cast &&
                               operand.field->type == Type::decimal &&
                               (operand.field->precision == 0 || operand.field->precision > 15);
  const Type of = item.cast ? item.cast->type : operand.type();
  const bool is_exact_in_sqlite =
      !is_postgres() && !item.aggregate_cast && (is_integer(of) || of == Type::decimal);
  const std::size_t start = sql().size();
  switch (item.aggregate) {
    case Aggregate::none:
      return expression(operand, item);
    case Aggregate::count:
      sql() += "count(";
      break;
    case Aggregate::sum:
      sql() += is_text_decimal ? "dec_sum(" : "sum(";
      break;
    case Aggregate::avg:
      if (is_exact_in_sqlite) {
        sql() += "sqlxc_avg(";
        expression(operand, item);
        sql() += ", ";
        append_number(sql(), std::max<int>(0, operand.field->scale));
        sql() += ')';
        return;
      }
      sql() += "avg(";
      break;
    case Aggregate::max:
      sql() += "max(";
      break;
    case Aggregate::min:
      sql() += "min(";
      break;
  }
  if (item.field == Item::kAllRows) {
    sql() += '*';
  } else {
    expression(operand, item);
  }
  sql() += ')';
  if (!item.aggregate_cast) return;
  if (is_postgres()) {
    sql() += "::";
    sql() += item.aggregate_cast->sql;
    return;
  }
  const Type to = item.aggregate_cast->type;
  const bool is_text = to == Type::text || to == Type::decimal;
  sql().insert(start, "CAST(");
  sql() += is_text ? " AS TEXT)" : is_integer(to) ? " AS INTEGER)" : " AS REAL)";
}

// Rows that are groups are equal in what was just written, from `start` on.
void SqlPrinter::group_by(Rows& rows, std::size_t start, std::size_t first_bind, Form form) {
  Group group;
  if (first_bind == bind_count() || form == Form::object) {
    group.sql = sql().substr(start);
    group.binds.assign(out_.binds.begin() + static_cast<std::ptrdiff_t>(first_bind),
                       out_.binds.end());
  } else {
    append_number(group.sql, rows.outputs);
  }
  rows.groups.push_back(std::move(group));
}

void SqlPrinter::value_item(Rows& rows, int alias, const Query& query, const Item& item, Form form,
                            Column& column) {
  static constexpr Field kNothing = {};
  const Field& of = item.field == Item::kAllRows
                        ? kNothing
                        : field_behind(model_, query.entity, item.relations, item.field);
  const Operand operand = {.alias = alias, .field = &of, .path = &item.path};
  const Field shown = shown_field(of, item, is_postgres());
  if (is_plain(item)) {
    column.field = &of;
  } else {
    column.cast = shown;
  }
  if (is_represented(of, item)) {
    represented(operand, item, column);
    if (!rows.is_grouped) return;
    const std::size_t start = sql().size();
    this->operand(operand);
    group_by(rows, start, bind_count(), form);
    sql().resize(start);
    return;
  }
  std::string_view after_text;
  if (is_postgres() && form == Form::flat && is_foreign(shown) && !as_text_) {
    sql() += "to_json(";
    after_text = ")";
    column.is_json = true;
  } else if (is_postgres() && form == Form::fields && shown.type == Type::bytes) {
    sql() += "translate(encode(";
    after_text = ", 'base64'), chr(10), '')";
  }
  const std::size_t start = sql().size();
  const std::size_t first_bind = bind_count();
  if (item.relations.empty()) {
    aggregate(operand, item);
  } else {
    column_behind(alias, query.entity, item.relations, item.field);
  }
  if (rows.is_grouped && item.aggregate == Aggregate::none) {
    group_by(rows, start, first_bind, form);
  }
  sql() += after_text;
}

void SqlPrinter::begin_output(Rows& rows, Form form) {
  if (rows.outputs++ > 0 || form == Form::object) sql() += ", ";
}

void SqlPrinter::end_output(const Rows& rows, Form form) {
  if (form != Form::fields) return;
  sql() += " AS f";
  append_number(sql(), rows.outputs);
}

// One row at most, by the key that the relation leads to: a join reads it without a subquery.
bool SqlPrinter::can_join(const Rows& rows, const Entity& owner, const Embed& embed,
                          Form form) const {
  const Relation& relation = owner.relations[embed.relation];
  if (relation.cardinality != Cardinality::to_one) return false;
  if (embed.is_spread) return true;
  if (form != Form::flat || rows.is_grouped || relation.to.empty() || embed.query.items.empty()) {
    return false;
  }
  if (embed.query.limit || embed.query.offset > 0 || is_grouped(model_, embed.query)) return false;
  const Entity& target = entity(relation.target);
  const auto leads_to = [&](const Key& key) {
    return !key.fields.empty() && std::ranges::is_permutation(key.fields, relation.to);
  };
  return !target.is_view &&
         (leads_to(target.primary_key) || std::ranges::any_of(target.uniques, leads_to));
}

bool SqlPrinter::is_joined(const Rows& rows, const Embed& embed) const {
  return std::ranges::any_of(rows.joins, [&](const Join& join) { return join.embed == &embed; });
}

int SqlPrinter::join(Rows& rows, int outer, const Entity& owner, const Embed& embed) {
  const int inner = new_alias();
  const Link to = {.outer = outer, .owner = &owner, .relation = &owner.relations[embed.relation]};
  rows.joins.push_back({.link = to, .inner = inner, .embed = &embed});
  return inner;
}

void SqlPrinter::joined(Rows& rows, int alias, const Entity& owner, const Item& item,
                        bool& is_first, const Embed& embed, std::vector<Column>& columns) {
  const int inner = join(rows, alias, owner, embed);
  if (embed.is_spread) {
    return members(rows, inner, embed.query, rows.form, is_first, columns);
  }
  const Entity& target = entity(embed.query.entity);
  const std::size_t at = columns.size();
  set_key(columns.emplace_back(), item.key, is_first);
  begin_output(rows, Form::flat);
  column(inner, target.fields[owner.relations[embed.relation].to[0]]);
  bool is_inner_first = true;
  members(rows, inner, embed.query, Form::flat, is_inner_first, columns);
  columns[at].members = columns.size() - at - 1;
}

// Whether the runtime has to put the JSON of these rows in shape: a spread of many rows is below.
bool SqlPrinter::needs_shape(const Query& query) const {
  if (query.is_positional) return true;
  const Entity& owner = entity(query.entity);
  return std::ranges::any_of(query.items, [&](const Item& item) {
    if (item.embed == Item::kNoEmbed) return false;
    const Embed& embed = query.embeds[item.embed];
    const bool is_many = owner.relations[embed.relation].cardinality != Cardinality::to_one;
    return (embed.is_spread && is_many) || needs_shape(embed.query);
  });
}

// sqlxc_object('...', t1.id, t1.name, (SELECT ...)). Where the runtime reads the members by their
// place, their names do not matter.
std::vector<Column> SqlPrinter::object(Rows& rows, bool is_positional, bool& is_first) {
  sql() += "sqlxc_object(";
  // The shape holds keys that a client chose: it is text, and text is bound.
  const std::size_t at = bind_count();
  bind(Value::null());
  std::vector<Column> columns = items(rows, Form::object, is_first);
  sql() += ')';
  std::string shape;
  for (const Column& column : columns) {
    const std::string_view name = is_positional ? "f" : std::string_view(column.name);
    db::append_member(shape, name, column.is_json ? nullptr : &column.type());
  }
  out_.binds[at] = Value::of_text(std::move(shape));
  return columns;
}

void SqlPrinter::sqlite_rows(Rows& inner, bool& is_first, Column& shown) {
  const Query& query = *inner.query;
  const bool is_positional = shown.is_spread || needs_shape(query);
  std::vector<Column> columns;
  const bool has_many_parts = !query.order.empty() || query.search || query.limit ||
                              query.offset > 0 || is_grouped(model_, query);
  if (inner.is_one) {
    sql() += "(SELECT ";
    columns = object(inner, is_positional, is_first);
    tail(inner);
    sql() += query.limit || query.offset > 0 ? ")" : " LIMIT 1)";
  } else if (has_many_parts) {
    sql() += "(SELECT sqlxc_array(j) FROM (SELECT ";
    columns = object(inner, is_positional, is_first);
    sql() += " AS j";
    tail(inner);
    sql() += "))";
  } else {
    sql() += "(SELECT sqlxc_array(";
    columns = object(inner, is_positional, is_first);
    sql() += ')';
    tail(inner);
    sql() += ')';
  }
  if (is_positional) shown.shape = std::move(columns);
}

void SqlPrinter::postgres_rows(Rows& inner, bool& is_first, Column& shown) {
  sql() += inner.is_one ? "(SELECT row_to_json(x) FROM (SELECT "
                        : "(SELECT coalesce(json_agg(x), '[]') FROM (SELECT ";
  shown.shape = items(inner, Form::fields, is_first);
  tail(inner);
  if (inner.is_one && !inner.query->limit && inner.query->offset == 0) sql() += " LIMIT 1";
  sql() += ") AS x)";
}

Column SqlPrinter::rows_alone(const Query& query) {
  Rows rows{.alias = new_alias(), .query = &query};
  Column column;
  column.is_json = true;
  bool is_first = true;
  if (is_postgres()) {
    postgres_rows(rows, is_first, column);
  } else {
    sqlite_rows(rows, is_first, column);
  }
  return column;
}

void SqlPrinter::related_rows(Rows& rows, int alias, const Entity& owner, const Embed& embed,
                              Form form, bool& is_first, Column& shown) {
  const Relation& relation = owner.relations[embed.relation];
  const Link to = {.outer = alias, .owner = &owner, .relation = &relation};
  Rows inner{.alias = new_alias(), .query = &embed.query, .link = &to};
  inner.is_one = relation.cardinality == Cardinality::to_one;
  bool is_own_first = true;
  bool& first = shown.is_spread ? is_first : is_own_first;
  shown.is_json = true;
  begin_output(rows, form);
  if (is_postgres()) {
    postgres_rows(inner, first, shown);
  } else {
    sqlite_rows(inner, first, shown);
  }
  end_output(rows, form);
  if (!rows.is_grouped) return;
  // Rows that are groups have what hangs on the columns that they are equal in.
  for (FieldIndex field : relation.from) {
    const std::size_t start = sql().size();
    column(alias, owner.fields[field]);
    Group group{.sql = sql().substr(start)};
    sql().resize(start);
    rows.groups.push_back(std::move(group));
  }
}

void SqlPrinter::members(Rows& rows, int alias, const Query& query, Form form, bool& is_first,
                         std::vector<Column>& columns) {
  const Entity& owner = entity(query.entity);
  for (const Item& item : query.items) {
    if (alias == rows.alias) rows.places.push_back(static_cast<int>(columns.size()));
    if (item.embed == Item::kNoEmbed) {
      Column& added = columns.emplace_back();
      set_key(added, item.key, is_first);
      begin_output(rows, form);
      value_item(rows, alias, query, item, form, added);
      end_output(rows, form);
      continue;
    }
    const Embed& embed = query.embeds[item.embed];
    if (can_join(rows, owner, embed, form)) {
      joined(rows, alias, owner, item, is_first, embed, columns);
      continue;
    }
    if (embed.is_spread && embed.query.items.empty()) continue;
    Column& added = columns.emplace_back();
    added.is_spread = embed.is_spread;
    if (!embed.is_spread) set_key(added, item.key, is_first);
    related_rows(rows, alias, owner, embed, form, is_first, added);
  }
}

std::vector<Column> SqlPrinter::items(Rows& rows, Form form, bool& is_first) {
  std::vector<Column> columns;
  rows.form = form;
  rows.is_grouped = is_grouped(model_, *rows.query);
  members(rows, rows.alias, *rows.query, form, is_first, columns);
  return columns;
}

bool can_cast(Type from, Type to) {
  if (from == to || to == Type::text) return true;
  if (to == Type::date) return from == Type::timestamp || from == Type::timestamptz;
  if (to == Type::int64) return is_integer(from) || from == Type::boolean;
  if (to == Type::int32) return from == Type::int16 || from == Type::boolean;
  if (to == Type::decimal) return is_integer(from);
  if (to == Type::float64) return is_number(from);
  return false;
}

std::vector<Column> columns_of(const Entity& entity, const std::vector<Item>& items) {
  std::vector<Column> columns;
  bool is_first = true;
  for (const Item& item : items) {
    Column column;
    set_key(column, item.key, is_first);
    column.is_json = item.embed != Item::kNoEmbed;
    if (!column.is_json && is_plain(item)) {
      column.field = &entity.fields[item.field];
    } else if (!column.is_json) {
      column.cast = shown_field(entity.fields[item.field], item, false);
    }
    columns.push_back(std::move(column));
  }
  return columns;
}

}  // namespace sqlxc::query
