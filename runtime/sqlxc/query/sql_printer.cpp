#include <sqlxc/query/sql_printer.h>

#include <algorithm>
#include <span>
#include <string_view>

namespace sqlxc::query {
namespace {

using value::Value;

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
    case Comparison::match:
    case Comparison::imatch:
    case Comparison::full_text:
    case Comparison::full_text_plain:
    case Comparison::full_text_phrase:
    case Comparison::full_text_web:
    case Comparison::contains:
    case Comparison::contained:
    case Comparison::overlaps:
    case Comparison::strictly_left:
    case Comparison::strictly_right:
    case Comparison::not_right:
    case Comparison::not_left:
    case Comparison::adjacent:
    case Comparison::in:
      break;
  }
  return {};
}

bool is_key(const Entity& entity, std::span<const FieldIndex> fields) {
  return std::ranges::equal(entity.primary_key.fields, fields);
}

}  // namespace

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
    case Comparison::match:
    case Comparison::imatch:
    case Comparison::full_text:
    case Comparison::full_text_plain:
    case Comparison::full_text_phrase:
    case Comparison::full_text_web:
    case Comparison::contains:
    case Comparison::contained:
    case Comparison::overlaps:
    case Comparison::strictly_left:
    case Comparison::strictly_right:
    case Comparison::not_right:
    case Comparison::not_left:
    case Comparison::adjacent:
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

}  // namespace sqlxc::query
