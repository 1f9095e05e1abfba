#include <algorithm>
#include <iterator>
#include <string_view>

#include <sqlxc/db/object_functions.h>
#include <sqlxc/query/sql.h>
#include <sqlxc/query/sql_printer.h>

namespace sqlxc::query {
namespace {

using db::append_member;
using value::Value;

void append_key(std::string& out, std::string_view key, bool is_first) {
  out += is_first ? '{' : ',';
  append_json_string(out, key);
  out += ':';
}

bool is_number(Type type) { return type >= Type::int16 && type <= Type::decimal; }

}  // namespace

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
        field.type = item.cast->type;
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
      cast(alias, owner.fields[item.field], item.cast->type);
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
      added.cast.type = item.cast->type;
      cast(alias, owner.fields[item.field], item.cast->type);
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
      column.cast.type = item.cast->type;
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

}  // namespace sqlxc::query
