#include <sqlxc/query/sql_printer.h>

#include <algorithm>
#include <optional>
#include <span>
#include <utility>

#include <sqlxc/core/check.h>
#include <sqlxc/core/text.h>
#include <sqlxc/db/path_function.h>

namespace sqlxc::query {
using value::Value;

namespace {

// Limits that people write. They stand in PostgreSQL's text: of a limit that is a bind the planner
// thinks a tenth of all rows, finds that dear, and plans the statement anew each time it runs.
// There are few of them, so that clients cannot make many statements of one.
bool is_common_limit(std::int64_t limit) {
  if (limit < 0 || limit > 1000) return false;
  const std::int64_t step = limit <= 20 ? 1 : limit <= 100 ? 5 : 50;
  return limit % step == 0;
}

}  // namespace

Type Operand::type() const {
  if (!has_path()) return field->type;
  return path->back().is_text ? Type::text : Type::json;
}

std::string_view SqlPrinter::name_of(const Field& field) const {
  return is_postgres() && !field.pg_sql.empty() ? field.pg_sql : field.sql;
}

std::string_view SqlPrinter::name_of(const Entity& entity) const {
  return is_postgres() && !entity.pg_sql.empty() ? entity.pg_sql : entity.sql;
}

void SqlPrinter::bind(Value value) {
  out_.binds.push_back(std::move(value));
  if (!is_postgres()) {
    sql() += '?';
    return;
  }
  sql() += '$';
  append_number(sql(), bind_count());
}

void SqlPrinter::bind(const Value& value, const Field& field) {
  if (!is_postgres()) return bind(value);
  if (field.pg_from_text.empty()) return bind(postgres_value(value, field));
  sql() += field.pg_from_text;
  sql() += '(';
  bind_as(value, "text");
  sql() += ')';
}

void SqlPrinter::bind_stored(const Value& value, const Field& field) {
  bind(is_postgres() ? postgres_value(value, field) : value);
}

void SqlPrinter::bind_written(const Value& value, const Field& field) {
  if (!is_postgres()) return bind(value);
  if (field.pg_from_json.empty()) return bind(postgres_value(value, field));
  sql() += field.pg_from_json;
  sql() += '(';
  bind_as(value, "json");
  sql() += ')';
}

void SqlPrinter::bind_all(const std::vector<Value>& values, const Field& field) {
  if (field.pg_from_text.empty()) return bind(Value::of_text(array_literal(values, field)));
  sql() += "ARRAY(SELECT ";
  sql() += field.pg_from_text;
  sql() += "(v) FROM unnest(";
  bind_as(Value::of_text(array_literal(values, Field())), "text[]");
  sql() += ") AS v)";
}

void SqlPrinter::bind_as(Value value, std::string_view type) {
  bind(std::move(value));
  if (!is_postgres() || type.empty()) return;
  sql() += "::";
  sql() += type;
}

void SqlPrinter::alias(int alias) {
  sql() += 't';
  append_number(sql(), alias);
}

void SqlPrinter::column(int alias, const Field& field) {
  if (!field.computed) {
    this->alias(alias);
    sql() += '.';
    sql() += name_of(field);
    return;
  }
  if (written_ != nullptr && alias == 0) {
    sql() += "t0.c";
    append_number(sql(), &field - written_->fields.data());
    return;
  }
  sql() += name_of(field);
  sql() += '(';
  this->alias(alias);
  sql() += ')';
}

void SqlPrinter::operand(const Operand& operand) {
  if (!operand.has_path()) return column(operand.alias, *operand.field);
  if (!is_postgres()) {
    sql() += "sqlxc_path(";
    column(operand.alias, *operand.field);
    sql() += ", ";
    std::string path;
    for (const PathStep& step : *operand.path) {
      if (step.index) {
        db::append_path_index(path, *step.index);
      } else {
        db::append_path_key(path, step.key);
      }
    }
    bind(Value::of_text(std::move(path)));
    sql() += operand.path->back().is_text ? ", 1)" : ", 0)";
    return;
  }
  const bool is_json = operand.field->type == Type::json;
  sql() += is_json ? "(" : "(to_jsonb(";
  column(operand.alias, *operand.field);
  if (!is_json) sql() += ')';
  for (const PathStep& step : *operand.path) {
    sql() += step.is_text ? "->>" : "->";
    if (step.index) {
      bind_as(Value::of_integer(*step.index), "int4");
    } else {
      bind_as(Value::of_text(step.key), "text");
    }
  }
  sql() += ')';
}

void SqlPrinter::table(const Entity& entity, int alias) {
  sql() += name_of(entity);
  sql() += " AS ";
  this->alias(alias);
}

// What follows FROM: nothing where every row is meant.
void SqlPrinter::conditions(const Rows& rows, std::size_t* key_bind) {
  const Query& query = *rows.query;
  const Entity& owner = entity(query.entity);
  std::string_view joint = " WHERE ";
  const auto also = [&] {
    sql() += joint;
    joint = " AND ";
  };
  if (rows.link != nullptr && has_link(*rows.link)) {
    also();
    link(*rows.link, rows.alias);
  }
  if (!query.key.empty()) {
    if (key_bind != nullptr) *key_bind = bind_count();
    for (std::size_t i = 0; i < query.key.size(); ++i) {
      const Field& field = owner.fields[owner.primary_key.fields[i]];
      also();
      column(rows.alias, field);
      sql() += " = ";
      bind(query.key[i], field);
    }
  }
  if (query.origin) {
    also();
    origin(rows.alias, *query.origin, key_bind);
  }
  if (query.search) {
    also();
    search_condition(rows);
  }
  const bool has_filter = query.filter.kind != Filter::Kind::all ||
                          !query.filter.children.empty() || query.filter.is_negated;
  if (has_filter) {
    also();
    const bool needs_parentheses =
        query.filter.kind == Filter::Kind::any && !query.filter.is_negated;
    if (needs_parentheses) sql() += '(';
    filter(rows.alias, query, query.filter);
    if (needs_parentheses) sql() += ')';
  }
  for (const Embed& embed : query.embeds) {
    if (!embed.is_inner || is_joined(rows, embed)) continue;
    also();
    exists(rows.alias, owner, embed);
  }
  if (!query.after.empty()) {
    also();
    behind(rows.alias, owner, query);
  }
  if (query.before.empty()) return;
  // What lies before a row lies behind it in the opposite order.
  Query backwards;
  backwards.entity = query.entity;
  backwards.order = query.order;
  for (Sort& sort : backwards.order) sort = reversed(sort);
  backwards.after = query.before;
  also();
  behind(rows.alias, owner, backwards);
}

void SqlPrinter::limit(const Query& query) {
  const bool has_limit = query.limit || (query.offset > 0 && !is_postgres());
  if (has_limit) {
    sql() += " LIMIT ";
    const std::int64_t limit = query.limit.value_or(-1);
    if (is_postgres() && is_common_limit(limit)) {
      append_number(sql(), limit);
    } else {
      bind(Value::of_integer(limit));
    }
  }
  if (query.offset == 0) return;
  sql() += " OFFSET ";
  bind(Value::of_integer(query.offset));
}

void SqlPrinter::tail(Rows& rows, std::size_t* key_bind) {
  sql() += " FROM ";
  source(rows);
  for (const Join& join : rows.joins) {
    const bool has_condition = has_link(join.link);
    const Rows inner{.alias = join.inner, .query = &join.embed->query, .link = &join.link};
    sql() += join.embed->is_inner ? " JOIN " : " LEFT JOIN ";
    if (!has_condition) sql() += "LATERAL ";
    source(inner);
    const std::size_t start = sql().size();
    conditions(inner, nullptr);
    // The condition of a join stands behind ON.
    if (sql().size() == start) {
      sql() += " ON TRUE";
    } else {
      sql().replace(start, std::string_view(" WHERE ").size(), " ON ");
    }
  }
  conditions(rows, key_bind);
  for (std::size_t i = 0; i < rows.groups.size(); ++i) {
    sql() += i == 0 ? " GROUP BY " : ", ";
    sql() += rows.groups[i].sql;
    for (Value& value : rows.groups[i].binds) out_.binds.push_back(std::move(value));
  }
  if (!rows.is_one) order(rows);
  limit(*rows.query);
}

}  // namespace sqlxc::query
