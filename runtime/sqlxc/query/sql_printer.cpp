#include <sqlxc/query/sql_printer.h>

#include <algorithm>
#include <optional>
#include <span>
#include <utility>

#include <sqlxc/core/check.h>
#include <sqlxc/db/path_function.h>

namespace sqlxc::query {
namespace {

using value::Value;

bool is_key(const Entity& entity, std::span<const FieldIndex> fields) {
  return std::ranges::equal(entity.primary_key.fields, fields);
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
  bind(is_postgres() ? postgres_value(value, field) : value);
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

// A function's rows: `"f"("a" := $1) AS t0`, whose columns a scalar result has to be given.
void SqlPrinter::call(const Call& call, const Entity& result, int alias) {
  const Function& function = model_.functions[call.function];
  if (function.is_query) {
    named_query(function, call);
    sql() += " AS ";
    this->alias(alias);
    return;
  }
  sql() += function.sql;
  sql() += '(';
  bool is_first = true;
  for (std::size_t i = 0; i < function.parameters.size() && i < call.arguments.size(); ++i) {
    const Parameter& parameter = function.parameters[i];
    if (call.arguments[i].is_absent()) continue;
    if (!is_first) sql() += ", ";
    is_first = false;
    if (parameter.is_variadic) sql() += "VARIADIC ";
    if (!parameter.field.name.empty()) {
      sql() += name_of(parameter.field);
      sql() += " := ";
    }
    bind_as(postgres_value(call.arguments[i], parameter.field), postgres_type(parameter.field));
  }
  sql() += ") AS ";
  this->alias(alias);
  const bool is_scalar =
      function.returns == Function::Returns::value || function.returns == Function::Returns::values;
  if (is_scalar && !result.fields.empty()) {
    sql() += '(';
    sql() += name_of(result.fields[0]);
    sql() += ')';
  }
}

// The query's text with its parameters $1, $2, ... as binds of this statement. The compiler printed
// it: a `$` stands outside of texts and quoted names only before a parameter's number.
void SqlPrinter::named_query(const Function& function, const Call& call) {
  std::vector<std::size_t> numbers(call.arguments.size(), 0);
  sql() += '(';
  std::string_view text = function.sql;
  char quote = '\0';
  while (!text.empty()) {
    const char c = text.front();
    text.remove_prefix(1);
    const bool is_parameter = quote == '\0' && c == '$' && !text.empty() && is_digit(text.front());
    if (!is_parameter) {
      if (quote == '\0' && (c == '\'' || c == '"')) {
        quote = c;
      } else if (c == quote) {
        quote = '\0';
      }
      sql() += c;
      continue;
    }
    const std::size_t digits = std::min(text.find_first_not_of("0123456789"), text.size());
    const auto number = parse_number<std::size_t>(text.substr(0, digits));
    text.remove_prefix(digits);
    SQLXC_CHECK(number && *number >= 1 && *number <= numbers.size());
    std::size_t& bound = numbers[*number - 1];
    if (bound == 0) {
      const Value& argument = call.arguments[*number - 1];
      const Field& field = function.parameters[*number - 1].field;
      bind(argument.is_absent() ? Value::null() : argument, field);
      bound = bind_count();
    } else {
      sql() += is_postgres() ? '$' : '?';
      append_number(sql(), bound);
    }
    if (!is_postgres()) continue;
    sql() += "::";
    sql() += postgres_type(function.parameters[*number - 1].field);
  }
  sql() += ')';
}

void SqlPrinter::source(const Rows& rows) {
  const Entity& owner = entity(rows.query->entity);
  if (written_ != nullptr && rows.alias == 0) {
    sql() += "w AS t0";
    return;
  }
  if (rows.query->call) return call(*rows.query->call, owner, rows.alias);
  if (rows.link != nullptr && !rows.link->relation->function.empty()) {
    sql() += rows.link->relation->function;
    sql() += '(';
    alias(rows.link->outer);
    if (written_ != nullptr && rows.link->outer == 0) sql() += ".r";
    sql() += ") AS ";
    alias(rows.alias);
    return;
  }
  table(owner, rows.alias);
}

bool SqlPrinter::has_link(const Link& link) const { return link.relation->function.empty(); }

// The condition that the rows of alias `inner` belong to the outer row.
void SqlPrinter::link(const Link& link, int inner) {
  const Relation& relation = *link.relation;
  const Entity& target = entity(relation.target);
  if (relation.cardinality != Cardinality::many_to_many) {
    for (std::size_t i = 0; i < relation.from.size(); ++i) {
      if (i > 0) sql() += " AND ";
      column(inner, target.fields[relation.to[i]]);
      sql() += " = ";
      column(link.outer, link.owner->fields[relation.from[i]]);
    }
    return;
  }
  // t1.id IN (SELECT t2.tag_id FROM post_tags AS t2 WHERE t2.post_id = t0.id)
  const Entity& junction = entity(relation.via);
  const int via = new_alias();
  sql() += '(';
  for (std::size_t i = 0; i < relation.to.size(); ++i) {
    if (i > 0) sql() += ", ";
    column(inner, target.fields[relation.to[i]]);
  }
  sql() += ") IN (SELECT ";
  for (std::size_t i = 0; i < relation.via_to.size(); ++i) {
    if (i > 0) sql() += ", ";
    column(via, junction.fields[relation.via_to[i]]);
  }
  sql() += " FROM ";
  table(junction, via);
  sql() += " WHERE ";
  for (std::size_t i = 0; i < relation.via_from.size(); ++i) {
    if (i > 0) sql() += " AND ";
    column(via, junction.fields[relation.via_from[i]]);
    sql() += " = ";
    column(link.outer, link.owner->fields[relation.from[i]]);
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
      const Field& field = target.fields[relation.to[i]];
      column(alias, field);
      sql() += " = ";
      bind(origin.key[i], field);
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
    bind(origin.key[i], owner.fields[owner.primary_key.fields[i]]);
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
    bind(query.after[i], entity.fields[query.order[i].field]);
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
  bind(value, field);
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
  if (query.after[at].is_null()) {
    sql() += " IS NULL";
  } else {
    sql() += " = ";
    bind(query.after[at], field);
  }
  sql() += " AND (";
  after(alias, entity, query, at + 1);
  sql() += "))";
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
  if (query.after.empty()) return;
  also();
  if (after_as_row(rows.alias, owner, query)) return;
  sql() += '(';
  after(rows.alias, owner, query, 0);
  sql() += ')';
}

void SqlPrinter::order(const Rows& rows) {
  const Entity& owner = entity(rows.query->entity);
  std::string_view joint = " ORDER BY ";
  for (const Sort& sort : rows.query->order) {
    sql() += joint;
    joint = ", ";
    bool is_nullable = true;
    if (sort.embed == Sort::kOwn) {
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

void SqlPrinter::limit(const Query& query) {
  const bool has_limit = query.limit || (query.offset > 0 && !is_postgres());
  if (has_limit) {
    sql() += " LIMIT ";
    bind(Value::of_integer(query.limit.value_or(-1)));
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
