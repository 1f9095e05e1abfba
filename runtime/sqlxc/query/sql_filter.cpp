#include <string_view>
#include <utility>

#include <sqlxc/query/sql_printer.h>
#include <sqlxc/value/pattern.h>

// Conditions: what a Filter says, in the words of each database.
namespace sqlxc::query {
namespace {

using value::Value;

std::string_view operator_of(Comparison comparison, Dialect dialect) {
  const bool is_postgres = dialect == Dialect::postgres;
  switch (comparison) {
    case Comparison::eq:
    case Comparison::in:
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
      return is_postgres ? " IS DISTINCT FROM " : " IS NOT ";
    case Comparison::is_null:
      return " IS NULL";
    case Comparison::is_unknown:
      return is_postgres ? " IS UNKNOWN" : " IS NULL";
    case Comparison::is_true:
      return " IS TRUE";
    case Comparison::is_false:
      return " IS FALSE";
    case Comparison::like:
      return " LIKE ";
    case Comparison::ilike:
      return " ILIKE ";
    case Comparison::match:
      return " ~ ";
    case Comparison::imatch:
      return " ~* ";
    case Comparison::full_text:
    case Comparison::full_text_plain:
    case Comparison::full_text_phrase:
    case Comparison::full_text_web:
      return " @@ ";
    case Comparison::contains:
      return " @> ";
    case Comparison::contained:
      return " <@ ";
    case Comparison::overlaps:
      return " && ";
    case Comparison::strictly_left:
      return " << ";
    case Comparison::strictly_right:
      return " >> ";
    case Comparison::not_right:
      return " &< ";
    case Comparison::not_left:
      return " &> ";
    case Comparison::adjacent:
      return " -|- ";
  }
  return {};
}

std::string_view query_function(Comparison comparison) {
  if (comparison == Comparison::full_text_plain) return "plainto_tsquery(";
  if (comparison == Comparison::full_text_phrase) return "phraseto_tsquery(";
  if (comparison == Comparison::full_text_web) return "websearch_to_tsquery(";
  return "to_tsquery(";
}

bool is_pattern(Comparison comparison) {
  return comparison == Comparison::like || comparison == Comparison::ilike ||
         comparison == Comparison::match || comparison == Comparison::imatch;
}

constexpr int kPlainPatterns = 8;

bool is_full_text(Comparison comparison) {
  return comparison >= Comparison::full_text && comparison <= Comparison::full_text_web;
}

// The column that a path's values are compared as.
Field compared_field(const Operand& operand) {
  if (!operand.has_path()) return *operand.field;
  Field field;
  field.type = operand.type();
  return field;
}

}  // namespace

// Beside an argument that is constant SQLite keeps its neighbours in registers of their own: each
// call has its copy of the text until the statement ends. The value of a query is no constant. The
// first ones stay as they are, for the index that GLOB may use.
void SqlPrinter::bind_pattern(const Value& value) {
  const bool is_plain = ++patterns_ <= kPlainPatterns;
  sql() += is_plain ? "" : "(SELECT ";
  bind(value);
  sql() += is_plain ? "" : ")";
}

// SQLite has no operator for most patterns: each is a function of the connection.
void SqlPrinter::pattern(const Operand& operand, Comparison comparison, const Value& value) {
  if (is_postgres()) {
    this->operand(operand);
    sql() += operator_of(comparison, dialect_);
    return bind(value);
  }
  if (comparison == Comparison::like) {
    // Its LIKE ignores case.
    this->operand(operand);
    sql() += " GLOB ";
    // Who reads patterns lets none through that ends in its escape.
    const auto glob = value::glob_of_like(value.text, '\\');
    return bind_pattern(value.is_null() || !glob ? value : Value::of_text(*glob));
  }
  sql() += comparison == Comparison::ilike   ? "ilike("
           : comparison == Comparison::match ? "regexp("
                                             : "iregexp(";
  bind_pattern(value);
  sql() += ", ";
  this->operand(operand);
  sql() += ')';
}

void SqlPrinter::compare_text(const Operand& operand, const Filter& filter) {
  const bool is_vector = operand.type() == Type::other;
  const auto language = [&] {
    if (filter.language.empty()) return;
    bind_as(Value::of_text(filter.language), "regconfig");
    sql() += ", ";
  };
  if (!is_vector) {
    sql() += "to_tsvector(";
    language();
  }
  this->operand(operand);
  if (!is_vector) sql() += ')';
  sql() += " @@ ";
  sql() += query_function(filter.comparison);
  language();
  bind(filter.values[0]);
  sql() += ')';
}

void SqlPrinter::compare_in(const Operand& operand, const Filter& filter) {
  const Field field = compared_field(operand);
  this->operand(operand);
  if (is_postgres() && field.type != Type::array) {
    // One text however many values.
    sql() += " = ANY(";
    bind_all(filter.values, field);
    sql() += ')';
    return;
  }
  sql() += " IN (";
  for (std::size_t i = 0; i < filter.values.size(); ++i) {
    if (i > 0) sql() += ", ";
    bind(filter.values[i], field);
  }
  if (filter.values.empty() && is_postgres()) sql() += "NULL";
  sql() += ')';
}

void SqlPrinter::compare_quantified(const Operand& operand, const Filter& filter) {
  const bool is_all = filter.quantifier == Filter::Quantifier::all;
  const Field field = compared_field(operand);
  if (is_postgres() && field.type != Type::array) {
    this->operand(operand);
    sql() += operator_of(filter.comparison, dialect_);
    sql() += is_all ? "ALL(" : "ANY(";
    bind_all(filter.values, field);
    sql() += ')';
    return;
  }
  sql() += '(';
  for (std::size_t i = 0; i < filter.values.size(); ++i) {
    if (i > 0) sql() += is_all ? " AND " : " OR ";
    if (is_pattern(filter.comparison)) {
      pattern(operand, filter.comparison, filter.values[i]);
      continue;
    }
    this->operand(operand);
    sql() += operator_of(filter.comparison, dialect_);
    bind(filter.values[i], field);
  }
  if (filter.values.empty()) sql() += is_all ? "TRUE" : "FALSE";
  sql() += ')';
}

// Arrays that are kept as JSON: each element of one side has its equal on the other, or any has.
void SqlPrinter::compare_arrays(const Operand& operand, const Filter& filter) {
  const auto column = [&] { this->operand(operand); };
  const auto value = [&] { bind(filter.values[0], compared_field(operand)); };
  const auto rows = [&](std::string_view name, bool is_column) {
    sql() += "json_each(";
    is_column ? column() : value();
    sql() += ") AS ";
    sql() += name;
  };
  const bool is_overlap = filter.comparison == Comparison::overlaps;
  const bool has_column_inside = filter.comparison == Comparison::contains;
  sql() += "CASE WHEN ";
  column();
  sql() += is_overlap ? " IS NOT NULL THEN EXISTS (SELECT 1 FROM "
                      : " IS NOT NULL THEN NOT EXISTS (SELECT 1 FROM ";
  rows("a", !has_column_inside);
  sql() += is_overlap ? " WHERE EXISTS (SELECT 1 FROM " : " WHERE NOT EXISTS (SELECT 1 FROM ";
  rows("b", has_column_inside);
  sql() += " WHERE b.value = a.value)) END";
}

void SqlPrinter::compare(const Operand& operand, const Filter& filter) {
  if (filter.quantifier != Filter::Quantifier::none) return compare_quantified(operand, filter);
  if (filter.comparison == Comparison::in) return compare_in(operand, filter);
  if (is_full_text(filter.comparison)) return compare_text(operand, filter);
  if (is_pattern(filter.comparison)) {
    return pattern(operand, filter.comparison, filter.values[0]);
  }
  if (filter.comparison >= Comparison::contains && !is_postgres()) {
    return compare_arrays(operand, filter);
  }
  this->operand(operand);
  sql() += operator_of(filter.comparison, dialect_);
  if (!filter.values.empty()) bind(filter.values[0], compared_field(operand));
}

void SqlPrinter::exists(int alias, const Entity& owner, const Embed& embed) {
  const Link to = {.outer = alias, .owner = &owner, .relation = &owner.relations[embed.relation]};
  const Rows inner{.alias = new_alias(), .query = &embed.query, .link = &to};
  sql() += "EXISTS (SELECT 1 FROM ";
  source(inner);
  conditions(inner, nullptr);
  sql() += ')';
}

// EXISTS (SELECT 1 FROM posts AS t1 WHERE t1.author_id = t0.id AND (...))
void SqlPrinter::related_exists(int alias, const Entity& owner, const Filter& filter) {
  const Relation& relation = owner.relations[filter.relation];
  const Link to = {.outer = alias, .owner = &owner, .relation = &relation};
  Query scope;
  scope.entity = relation.target;
  const Rows inner{.alias = new_alias(), .query = &scope, .link = &to};
  sql() += "EXISTS (SELECT 1 FROM ";
  source(inner);
  conditions(inner, nullptr);
  sql() += has_link(to) ? " AND (" : " WHERE (";
  this->filter(inner.alias, scope, filter.children[0]);
  sql() += "))";
}

void SqlPrinter::filter_group(int alias, const Query& query, const Filter& filter) {
  const bool is_all = filter.kind == Filter::Kind::all;
  if (filter.children.empty()) {
    sql() += is_all ? "TRUE" : "FALSE";
    return;
  }
  for (std::size_t i = 0; i < filter.children.size(); ++i) {
    if (i > 0) sql() += is_all ? " AND " : " OR ";
    const Filter& child = filter.children[i];
    const bool is_group = child.kind == Filter::Kind::all || child.kind == Filter::Kind::any;
    const bool needs_parentheses = is_group && !child.is_negated;
    if (needs_parentheses) sql() += '(';
    this->filter(alias, query, child);
    if (needs_parentheses) sql() += ')';
  }
}

void SqlPrinter::filter(int alias, const Query& query, const Filter& filter) {
  const Entity& owner = entity(query.entity);
  if (filter.is_negated) sql() += "NOT (";
  switch (filter.kind) {
    case Filter::Kind::compare:
      compare({.alias = alias, .field = &owner.fields[filter.field], .path = &filter.path}, filter);
      break;
    case Filter::Kind::embedded:
      exists(alias, owner, query.embeds[filter.embed]);
      break;
    case Filter::Kind::related:
      related_exists(alias, owner, filter);
      break;
    case Filter::Kind::not_true:
      sql() += '(';
      this->filter(alias, query, filter.children[0]);
      sql() += ") IS NOT TRUE";
      break;
    case Filter::Kind::all:
    case Filter::Kind::any:
      filter_group(alias, query, filter);
      break;
  }
  if (filter.is_negated) sql() += ')';
}

}  // namespace sqlxc::query
