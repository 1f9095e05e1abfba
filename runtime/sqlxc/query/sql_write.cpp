#include <algorithm>
#include <string>

#include <sqlxc/query/sql.h>
#include <sqlxc/query/sql_printer.h>

namespace sqlxc::query {
namespace {

using value::Value;

void print_returning(std::string& sql, const Entity& entity,
                     const std::vector<FieldIndex>& returning) {
  for (std::size_t i = 0; i < returning.size(); ++i) {
    sql += i == 0 ? " RETURNING " : ", ";
    sql += entity.fields[returning[i]].sql;
  }
}

}  // namespace

Statement print_insert(const Model& model, const Insert& insert, std::size_t row,
                       const std::vector<FieldIndex>& returning, Dialect) {
  const Entity& entity = model.entities[insert.entity];
  const std::vector<Value>& values = insert.rows[row];
  Statement statement;
  std::string& sql = statement.sql;
  sql = "INSERT INTO ";
  sql += entity.sql;
  std::string marks;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (values[i].is_absent() || values[i].is_default()) continue;
    sql += marks.empty() ? " (" : ", ";
    marks += marks.empty() ? "?" : ", ?";
    sql += entity.fields[i].sql;
    statement.binds.push_back(values[i]);
  }
  if (marks.empty()) {
    sql += " DEFAULT VALUES";
  } else {
    sql += ") VALUES (" + marks + ")";
  }
  if (insert.on_conflict != Insert::OnConflict::fail && !marks.empty()) {
    sql += " ON CONFLICT (";
    for (std::size_t i = 0; i < insert.target.size(); ++i) {
      if (i > 0) sql += ", ";
      sql += entity.fields[insert.target[i]].sql;
    }
    sql += ") DO ";
    std::string sets;
    for (std::size_t i = 0; i < values.size(); ++i) {
      const Field& field = entity.fields[i];
      const bool is_target =
          std::ranges::find(insert.target, static_cast<FieldIndex>(i)) != insert.target.end();
      const bool is_given = !values[i].is_absent();
      const bool is_replaced =
          insert.on_conflict == Insert::OnConflict::replace && !field.generated && !field.readonly;
      if (is_target || !(is_given || is_replaced)) continue;
      sets += sets.empty() ? "" : ", ";
      sets += field.sql;
      sets += " = excluded.";
      sets += field.sql;
    }
    if (insert.on_conflict == Insert::OnConflict::ignore) {
      sql += "NOTHING";
    } else if (sets.empty()) {
      // Nothing to change; but a row that is there must still be returned.
      const auto& key = entity.fields[insert.target[0]].sql;
      sql += "UPDATE SET ";
      sql += key;
      sql += " = excluded.";
      sql += key;
    } else {
      sql += "UPDATE SET " + sets;
    }
  }
  print_returning(sql, entity, returning);
  return statement;
}

Statement print_update(const Model& model, const Update& update,
                       const std::vector<FieldIndex>& returning, Dialect) {
  const Entity& entity = model.entities[update.entity];
  Statement statement;
  SqlPrinter print(model, statement, Dialect::sqlite);
  const int alias = print.new_alias();
  std::string& sql = print.sql();
  sql = "UPDATE ";
  print.table(entity, alias);
  bool is_first = true;
  for (std::size_t i = 0; i < update.values.size(); ++i) {
    if (update.values[i].is_absent()) continue;
    sql += is_first ? " SET " : ", ";
    is_first = false;
    sql += entity.fields[i].sql;
    sql += " = ";
    print.bind(update.values[i]);
  }
  if (is_first) {
    // Nothing changes, but the rows that are found must be counted and returned.
    const Field& same =
        entity.fields[entity.primary_key.fields.empty() ? 0 : entity.primary_key.fields[0]];
    sql += " SET ";
    sql += same.sql;
    sql += " = ";
    sql += same.sql;
  }
  sql += " WHERE ";
  Query scope;
  scope.entity = update.entity;
  print.filter(alias, scope, update.filter);
  print_returning(sql, entity, returning);
  return statement;
}

Statement print_delete(const Model& model, const Delete& del,
                       const std::vector<FieldIndex>& returning, Dialect) {
  const Entity& entity = model.entities[del.entity];
  Statement statement;
  SqlPrinter print(model, statement, Dialect::sqlite);
  const int alias = print.new_alias();
  print.sql() = "DELETE FROM ";
  print.table(entity, alias);
  print.sql() += " WHERE ";
  Query scope;
  scope.entity = del.entity;
  print.filter(alias, scope, del.filter);
  print_returning(print.sql(), entity, returning);
  return statement;
}

}  // namespace sqlxc::query
