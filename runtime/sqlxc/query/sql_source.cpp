#include <algorithm>
#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

#include <sqlxc/core/check.h>
#include <sqlxc/query/sql_printer.h>

// Where rows come from: tables, functions, named queries; and what links those of one table to a
// row of another.
namespace sqlxc::query {
namespace {

using value::Value;

bool is_key(const Entity& entity, std::span<const FieldIndex> fields) {
  return std::ranges::equal(entity.primary_key.fields, fields);
}

}  // namespace

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
  const bool is_scalar = function.returns == Function::Returns::nothing ||
                         function.returns == Function::Returns::value ||
                         function.returns == Function::Returns::values;
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
  std::string_view text =
      is_postgres() && !function.pg_sql.empty() ? function.pg_sql : function.sql;
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
    const Value& argument = call.arguments[*number - 1];
    const Parameter& parameter = function.parameters[*number - 1];
    const std::string_view otherwise = is_postgres() && !parameter.pg_default_sql.empty()
                                           ? parameter.pg_default_sql
                                           : parameter.default_sql;
    if (argument.is_absent() && !otherwise.empty()) {
      sql() += '(';
      sql() += otherwise;
      sql() += ')';
    } else if (bound == 0) {
      bind(argument.is_absent() ? Value::null() : argument, parameter.field);
      bound = bind_count();
    } else {
      sql() += is_postgres() ? '$' : '?';
      append_number(sql(), bound);
    }
    if (!is_postgres()) continue;
    sql() += "::";
    sql() += postgres_type(parameter.field);
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
  if (rows.query->search && !is_postgres()) search_source(rows);
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

}  // namespace sqlxc::query
