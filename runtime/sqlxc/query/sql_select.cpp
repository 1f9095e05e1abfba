#include <algorithm>
#include <utility>

#include <sqlxc/query/sql.h>
#include <sqlxc/query/sql_printer.h>

// Reads: rows, their number, and an estimate of it.
namespace sqlxc::query {
namespace {

// Columns for the sorts that are not shown, so that a cursor can name the last row.
void print_sort_columns(SqlPrinter& print, const Rows& rows, Select& select) {
  const Query& query = *rows.query;
  const Entity& entity = print.entity(query.entity);
  int outputs = rows.outputs;
  for (const Sort& sort : query.order) {
    const auto shown = std::ranges::find_if(query.items, [&](const Item& item) {
      return item.embed == Item::kNoEmbed && !item.cast && item.path.empty() &&
             item.aggregate == Aggregate::none && item.field == sort.field;
    });
    const auto place = static_cast<std::size_t>(shown - query.items.begin());
    const bool is_shown = shown != query.items.end() &&
                          !select.columns[static_cast<std::size_t>(rows.places[place])].is_json;
    if (is_shown) {
      select.sort_columns.push_back(rows.places[place]);
      continue;
    }
    if (outputs > 0) print.sql() += ", ";
    print.column(rows.alias, entity.fields[sort.field]);
    select.sort_columns.push_back(outputs++);
  }
}

// The rows stand whole, so that their type is the table's; of some columns each has its name.
Select print_handled(const Model& model, const Query& query, const Handler& handler) {
  Select select;
  SqlPrinter print(model, select.statement, Dialect::postgres);
  Rows rows{.alias = print.new_alias(), .query = &query};
  const Entity& entity = print.entity(query.entity);
  const bool is_whole = query.items == all_items(entity);
  std::string& sql = print.sql();
  sql = "SELECT ";
  sql += handler.sql;
  sql += is_whole ? "(x.r) FROM (SELECT " : "(x) FROM (SELECT ";
  if (is_whole) {
    print.alias(rows.alias);
    sql += " AS r";
  }
  for (std::size_t i = 0; !is_whole && i < query.items.size(); ++i) {
    if (i > 0) sql += ", ";
    const Field& field = entity.fields[query.items[i].field];
    print.column(rows.alias, field);
    sql += " AS \"";
    for (const char c : field.name) sql.append(c == '"' ? 2 : 1, c);
    sql += '"';
  }
  print.tail(rows, &select.key_bind);
  sql += ") AS x";
  Column& column = select.columns.emplace_back();
  column.name = handler.media_type;
  column.cast.type = handler.gives_bytes ? Type::bytes : Type::text;
  return select;
}

}  // namespace

Select print_select(const Model& model, const Query& query, Dialect dialect,
                    SelectOptions options) {
  if (options.handler != nullptr) return print_handled(model, query, *options.handler);
  Select select;
  SqlPrinter print(model, select.statement, dialect, options.as_text);
  Rows rows{.alias = print.new_alias(), .query = &query};
  std::string& sql = print.sql();
  sql = "SELECT ";
  bool is_first = true;
  select.columns = print.items(rows, Form::flat, is_first);
  if (options.with_sort_columns) print_sort_columns(print, rows, select);
  if (sql == "SELECT ") sql += "NULL";
  print.tail(rows, &select.key_bind);
  return select;
}

Select print_together(const Model& model, std::span<const Query> queries, Dialect dialect) {
  Select select;
  SqlPrinter print(model, select.statement, dialect);
  print.sql() = "SELECT ";
  for (const Query& query : queries) {
    if (!select.columns.empty()) print.sql() += ", ";
    select.columns.push_back(print.rows_alone(query));
  }
  return select;
}

Statement print_count(const Model& model, const Query& query, Dialect dialect,
                      std::size_t* key_bind) {
  Statement statement;
  SqlPrinter print(model, statement, dialect);
  Query counted = query;
  counted.after.clear();
  counted.order.clear();
  counted.limit.reset();
  counted.offset = 0;
  if (counted.search) counted.search->is_ranked = false;
  Rows rows{.alias = print.new_alias(), .query = &counted};
  std::string& sql = print.sql();
  sql = "SELECT count(*)";
  if (!is_grouped(model, query)) {
    print.tail(rows, key_bind);
    return statement;
  }
  sql += " FROM (SELECT ";
  bool is_first = true;
  print.items(rows, Form::flat, is_first);
  print.tail(rows, key_bind);
  sql += ") AS x";
  return statement;
}

Statement print_explain(const Model& model, const Query& query, std::size_t* key_bind) {
  Statement statement;
  SqlPrinter print(model, statement, Dialect::postgres);
  Query counted = query;
  counted.after.clear();
  counted.order.clear();
  counted.limit.reset();
  counted.offset = 0;
  if (counted.search) counted.search->is_ranked = false;
  const Rows start{.alias = print.new_alias(), .query = &counted};
  Rows rows = start;
  print.sql() = "EXPLAIN (FORMAT JSON) SELECT 1";
  print.tail(rows, key_bind);
  return statement;
}

}  // namespace sqlxc::query
