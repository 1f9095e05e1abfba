#include <string_view>

#include <sqlxc/query/sql_printer.h>

// The order of rows, and the cursor that goes on behind one of them.
namespace sqlxc::query {
using value::Value;

// Where all directions are one and nothing is null, SQL compares rows, and an index serves.
bool SqlPrinter::after_as_row(int alias, const Entity& entity, const Query& query) {
  for (const Sort& sort : query.order) {
    if (!sort.relations.empty() || entity.fields[sort.field].nullable) return false;
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
    bind_stored(query.after[i], entity.fields[query.order[i].field]);
  }
  sql() += ')';
  return true;
}

// The rows behind Query::after.
void SqlPrinter::behind(int alias, const Entity& entity, const Query& query) {
  if (after_as_row(alias, entity, query)) return;
  sql() += '(';
  after(alias, query, 0);
  sql() += ')';
}

void SqlPrinter::after_one(int alias, const Query& query, const Sort& sort, const Value& value) {
  const Field& field = field_behind(model_, query.entity, sort.relations, sort.field);
  const auto column = [&] { column_behind(alias, query.entity, sort.relations, sort.field); };
  if (value.is_null()) {
    if (puts_nulls_first(sort)) {
      column();
      sql() += " IS NOT NULL";
    } else {
      sql() += "FALSE";
    }
    return;
  }
  column();
  sql() += sort.descending ? " < " : " > ";
  bind_stored(value, field);
  if ((field.nullable || !sort.relations.empty()) && !puts_nulls_first(sort)) {
    sql() += " OR ";
    column();
    sql() += " IS NULL";
  }
}

// Column `at` lies behind the cursor, or is equal and the columns after it lie behind.
void SqlPrinter::after(int alias, const Query& query, std::size_t at) {
  const Sort& sort = query.order[at];
  after_one(alias, query, sort, query.after[at]);
  if (at + 1 == query.order.size()) return;
  sql() += " OR (";
  column_behind(alias, query.entity, sort.relations, sort.field);
  if (query.after[at].is_null()) {
    sql() += " IS NULL";
  } else {
    sql() += " = ";
    bind_stored(query.after[at], field_behind(model_, query.entity, sort.relations, sort.field));
  }
  sql() += " AND (";
  after(alias, query, at + 1);
  sql() += "))";
}

void SqlPrinter::order(const Rows& rows) {
  const Entity& owner = entity(rows.query->entity);
  if (rows.query->search && rows.query->search->is_ranked) return search_rank(rows);
  std::string_view joint = " ORDER BY ";
  for (const Sort& sort : rows.query->order) {
    sql() += joint;
    joint = ", ";
    bool is_nullable = true;
    if (!sort.relations.empty()) {
      sorted_column(rows, sort);
    } else if (sort.embed == Sort::kOwn) {
      const Field& field = owner.fields[sort.field];
      is_nullable = field.nullable || field.computed || !sort.path.empty();
      operand({.alias = rows.alias, .field = &field, .path = &sort.path});
    } else {
      related(rows, owner, sort);
    }
    if (sort.descending) sql() += " DESC";
    // A database's own rule is said only where it is left: in SQLite null is smallest.
    const bool own_first = is_postgres() ? sort.descending : !sort.descending;
    const bool nulls_first = puts_nulls_first(sort);
    if (is_nullable && nulls_first != own_first) {
      sql() += nulls_first ? " NULLS FIRST" : " NULLS LAST";
    }
  }
}

// A column of the row that relations lead to. Of a row that is not there, all is null.
void SqlPrinter::column_behind(int alias, EntityIndex owner,
                               std::span<const RelationIndex> relations, FieldIndex field) {
  const Entity& of = entity(owner);
  if (relations.empty()) return column(alias, of.fields[field]);
  const Relation& relation = of.relations[relations.front()];
  const Link to = {.outer = alias, .owner = &of, .relation = &relation};
  Query one;
  one.entity = relation.target;
  const Rows row{.alias = new_alias(), .query = &one, .link = &to};
  sql() += "(SELECT ";
  column_behind(row.alias, relation.target, relations.subspan(1), field);
  sql() += " FROM ";
  source(row);
  conditions(row, nullptr);
  sql() += " LIMIT 1)";
}

// The same to sort by; a row that is read anyway is not looked for again.
void SqlPrinter::sorted_column(const Rows& rows, const Sort& sort) {
  const std::span<const RelationIndex> relations = sort.relations;
  for (const Join& join : rows.joins) {
    const bool leads_there = join.link.outer == rows.alias &&
                             join.embed->relation == relations.front() &&
                             join.embed->query.filter == Filter();
    if (!leads_there) continue;
    return column_behind(join.inner, join.embed->query.entity, relations.subspan(1), sort.field);
  }
  column_behind(rows.alias, rows.query->entity, relations, sort.field);
}

// A column of a relation to one row, to sort by.
void SqlPrinter::related(const Rows& rows, const Entity& owner, const Sort& sort) {
  const Embed& embed = rows.query->embeds[sort.embed];
  const Entity& target = entity(embed.query.entity);
  const Field& field = target.fields[sort.field];
  for (const Join& join : rows.joins) {
    if (join.embed != &embed) continue;
    return operand({.alias = join.inner, .field = &field, .path = &sort.path});
  }
  const Link to = {
      .outer = rows.alias, .owner = &owner, .relation = &owner.relations[embed.relation]};
  Rows one{.alias = new_alias(), .query = &embed.query, .link = &to};
  sql() += "(SELECT ";
  operand({.alias = one.alias, .field = &field, .path = &sort.path});
  sql() += " FROM ";
  source(one);
  conditions(one, nullptr);
  sql() += " LIMIT 1)";
}

}  // namespace sqlxc::query
