#include <cstddef>
#include <cstdint>
#include <string_view>

#include <sqlxc/query/sql_printer.h>

// A search: which rows its text is found in, and which of them come first.
namespace sqlxc::query {
namespace {

using value::Value;

// PostgreSQL takes a megabyte of words: no row is refused for what a search would find in it. The
// index that the compiler emits has this very expression (emit/ddl/postgres_search.cpp).
constexpr std::size_t kMaxCharacters = 200'000;

// PostgreSQL's own: 1, 0.4, 0.2, 0.1. BM25 has no scale.
std::string_view bm25_weight(char weight) {
  switch (weight) {
    case 'A':
      return "10.0";
    case 'B':
      return "4.0";
    case 'C':
      return "2.0";
    default:
      return "1.0";
  }
}

}  // namespace

// setweight(to_tsvector('simple'::regconfig, ...), 'A') || ...
void SqlPrinter::search_words(const Rows& rows) {
  const Entity& owner = entity(rows.query->entity);
  std::string_view joint = "(";
  for (const SearchField& one : owner.search.fields) {
    sql() += joint;
    joint = " || ";
    sql() += "setweight(to_tsvector('simple'::regconfig, left(coalesce(";
    column(rows.alias, owner.fields[one.field]);
    sql() += "::text, ''), ";
    append_number(sql(), kMaxCharacters / owner.search.fields.size());
    sql() += ")), '";
    sql() += one.weight;
    sql() += "')";
  }
  sql() += ')';
}

void SqlPrinter::search_query(const Search& search) {
  sql() += "websearch_to_tsquery('simple'::regconfig, ";
  bind(Value::of_text(search.text));
  sql() += ')';
}

// SQLite: (SELECT rowid AS id, bm25(i, 10.0) AS rank FROM i WHERE i MATCH ?1) AS s0 CROSS JOIN
// Crossed, so that what is found leads to the rows and not the other way.
void SqlPrinter::search_source(const Rows& rows) {
  const SearchIndex& index = entity(rows.query->entity).search;
  sql() += "(SELECT rowid AS id, bm25(";
  sql() += index.sqlite;
  for (const SearchField& one : index.fields) {
    sql() += ", ";
    sql() += bm25_weight(one.weight);
  }
  sql() += ") AS rank FROM ";
  sql() += index.sqlite;
  sql() += " WHERE ";
  sql() += index.sqlite;
  sql() += " MATCH ";
  bind(Value::of_text(rows.query->search->text));
  sql() += ") AS s";
  append_number(sql(), rows.alias);
  sql() += " CROSS JOIN ";
}

void SqlPrinter::search_condition(const Rows& rows) {
  if (is_postgres()) {
    search_words(rows);
    sql() += " @@ ";
    return search_query(*rows.query->search);
  }
  alias(rows.alias);
  sql() += '.';
  sql() += entity(rows.query->entity).search.sqlite_row;
  sql() += " = s";
  append_number(sql(), rows.alias);
  sql() += ".id";
}

void SqlPrinter::search_rank(const Rows& rows) {
  sql() += " ORDER BY ";
  if (is_postgres()) {
    sql() += "ts_rank(";
    search_words(rows);
    sql() += ", ";
    search_query(*rows.query->search);
    sql() += ") DESC";
  } else {
    // BM25 is the less the better.
    sql() += 's';
    append_number(sql(), rows.alias);
    sql() += ".rank";
  }
  const Entity& owner = entity(rows.query->entity);
  for (const FieldIndex field : owner.primary_key.fields) {
    sql() += ", ";
    column(rows.alias, owner.fields[field]);
  }
}

}  // namespace sqlxc::query
