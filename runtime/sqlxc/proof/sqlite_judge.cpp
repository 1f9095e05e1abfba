#include <algorithm>
#include <map>

#include <sqlxc/core/text.h>
#include <sqlxc/db/connection.h>
#include <sqlxc/proof/judge.h>
#include <sqlxc/query/sql.h>

namespace sqlxc::proof {
namespace {

using Outcome = Judgement::Outcome;

std::unexpected<Error> failed(const db::Error& error) { return fail("SQLite: " + error.message); }

Judgement judgement_of(const db::Error& error) {
  switch (error.failure) {
    case db::Failure::check:
      return {Outcome::check, error.constraint};
    case db::Failure::not_null:
      return {Outcome::not_null, error.columns.empty() ? error.message : error.columns.front()};
    case db::Failure::unique:
      return {Outcome::taken, {}};  // CHECK and NOT NULL come before it
    default:
      return {Outcome::error, error.message};
  }
}

class SqliteJudge final : public Judge {
 public:
  SqliteJudge(const query::Model& model, std::unique_ptr<db::Connection> connection)
      : model_(model), connection_(std::move(connection)) {}

  Result<void> prepare(bool is_new);

  std::string_view name() const override { return "SQLite"; }
  Result<bool> knows(const query::Entity& entity) override;
  Result<std::vector<Judgement>> judge(const query::Entity& entity,
                                       std::span<const Row> rows) override;
  bool has_constraint(const query::Entity& entity, std::string_view name) override;
  bool refuses_null(const query::Entity& entity, std::string_view field) override;
  bool has_types() const override { return false; }

 private:
  Result<Judgement> judge_row(query::Insert& insert);

  const query::Model& model_;
  std::unique_ptr<db::Connection> connection_;
  std::map<std::pair<const query::Entity*, std::string>, bool> refuses_null_;
  std::map<std::string, std::string> tables_;  // quoted name to its CREATE TABLE
};

// Triggers and other tables have no part in it.
Result<void> SqliteJudge::prepare(bool is_new) {
  if (is_new) {
    const auto made = connection_->run_script(std::string(model_.sqlite_schema));
    if (!made) return failed(made.error());
  }
  std::string drops = "pragma foreign_keys = off;";
  auto cursor = connection_->query(
      "select type, '\"' || replace(name, '\"', '\"\"') || '\"', sql from sqlite_schema");
  if (!cursor) return failed(cursor.error());
  while (cursor->next()) {
    const std::string quoted(cursor->text(1));
    if (cursor->text(0) == "trigger") drops += "drop trigger " + quoted + ';';
    const bool is_virtual = cursor->text(2).starts_with("CREATE VIRTUAL");
    if (cursor->text(0) == "table" && !is_virtual) tables_[quoted] = cursor->text(2);
  }
  cursor = std::unexpected(db::Error());  // nothing may be changed while it is open
  if (auto run = connection_->run_script(drops); !run) return failed(run.error());
  return {};
}

Result<bool> SqliteJudge::knows(const query::Entity& entity) {
  return tables_.contains(std::string(entity.sql));
}

bool SqliteJudge::has_constraint(const query::Entity& entity, std::string_view name) {
  const auto rule = std::ranges::find(entity.rules, name, &rules::Rule::name);
  const std::string sql = bare_words(tables_[std::string(entity.sql)]);
  const bool is_there = rule != entity.rules.end() && sql.find(bare_words(rule->sql)) != sql.npos;
  return is_there || sql.find("constraint" + bare_words(name) + "check") != sql.npos;
}

// A key of one integer is given where a row has none, and SQLite's other keys may be null.
bool SqliteJudge::refuses_null(const query::Entity& entity, std::string_view name) {
  const auto known = refuses_null_.find({&entity, std::string(name)});
  if (known != refuses_null_.end()) return known->second;
  const auto found = std::ranges::find(entity.fields, name, &query::Field::name);
  const std::string table(entity.sql);
  const std::string sql = "select 1 from pragma_table_info(" + table +
                          ") where \"notnull\" and '\"' || replace(name, '\"', '\"\"') || '\"' = ? "
                          "and not (pk = 1 and upper(type) = 'INTEGER' and not exists "
                          "(select 1 from pragma_table_info(" +
                          table + ") where pk = 2))";
  const value::Value column = value::Value::of_text(std::string(found->sql));
  auto cursor = connection_->query(sql, {&column, 1});
  return refuses_null_[{&entity, std::string(name)}] = cursor && cursor->next();
}

Result<Judgement> SqliteJudge::judge_row(query::Insert& insert) {
  const query::Statement statement =
      query::print_insert(model_, insert, 0, {}, query::Dialect::sqlite);
  if (auto begun = connection_->execute("savepoint row"); !begun) return failed(begun.error());
  const auto inserted = connection_->execute(statement.sql, statement.binds);
  for (const char* sql : {"rollback to row", "release row"}) {
    if (auto undone = connection_->execute(sql); !undone) return failed(undone.error());
  }
  return inserted ? Judgement{Outcome::taken, {}} : judgement_of(inserted.error());
}

Result<std::vector<Judgement>> SqliteJudge::judge(const query::Entity& entity,
                                                  std::span<const Row> rows) {
  std::vector<Judgement> out;
  query::Insert insert;
  insert.entity = static_cast<query::EntityIndex>(&entity - model_.entities.data());
  for (const Row& row : rows) {
    bool is_misread = !row.is_read;
    for (std::size_t i = 0; row.is_read && i < row.values.size(); ++i)
      is_misread = is_misread || row.is_misread(static_cast<query::FieldIndex>(i));
    if (is_misread) {
      out.emplace_back();
      continue;
    }
    insert.rows = {row.values};
    auto judged = judge_row(insert);
    if (!judged) return std::unexpected(judged.error());
    out.push_back(std::move(*judged));
  }
  return out;
}

}  // namespace

std::string bare_words(std::string_view sql) {
  std::string out;
  for (const char c : sql) {
    if (std::string_view(" \t\r\n\"`()[]").find(c) == std::string_view::npos) out += to_lower(c);
  }
  return out;
}

Result<std::unique_ptr<Judge>> sqlite_judge(const query::Model& model, const std::string& path) {
  auto connection = db::Connection::open(
      {.path = path.empty() ? ":memory:" : path, .synchronous = db::Synchronous::off});
  if (!connection) return failed(connection.error());
  auto judge = std::make_unique<SqliteJudge>(model, std::move(*connection));
  if (auto prepared = judge->prepare(path.empty()); !prepared)
    return std::unexpected(prepared.error());
  return judge;
}

}  // namespace sqlxc::proof
