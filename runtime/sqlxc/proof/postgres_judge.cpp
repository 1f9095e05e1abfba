#include <map>
#include <set>

#include <sqlxc/core/text.h>
#include <sqlxc/json/writer.h>
#include <sqlxc/pg/bind.h>
#include <sqlxc/pg/connect.h>
#include <sqlxc/pg/error.h>
#include <sqlxc/pg/library.h>
#include <sqlxc/pg/result.h>
#include <sqlxc/proof/judge.h>

namespace sqlxc::proof {
namespace {

using Outcome = Judgement::Outcome;

struct Finish {
  void operator()(pg_conn* connection) const { pg::pq().finish(connection); }
};
using Handle = std::unique_ptr<pg_conn, Finish>;

// Columns of the table with their types, those below domains: a value is assigned to the column,
// not cast to its type, since a cast would cut what is too long.
constexpr const char* kColumns = R"(
  with recursive below (attname, attnum, oid) as (
    select attname, attnum, atttypid from pg_catalog.pg_attribute
    where attrelid = to_regclass($1) and attnum > 0 and not attisdropped
    union all
    select below.attname, below.attnum, t.typbasetype
    from below join pg_catalog.pg_type t on t.oid = below.oid where t.typtype = 'd')
  select quote_ident(attname), quote_ident(n.nspname) || '.' || quote_ident(t.typname)
  from below join pg_catalog.pg_type t on t.oid = below.oid
  join pg_catalog.pg_namespace n on n.oid = t.typnamespace
  where t.typtype <> 'd')";

constexpr const char* kConstraints = R"(
  with recursive domains (oid) as (
    select atttypid from pg_catalog.pg_attribute
    where attrelid = to_regclass($1) and attnum > 0 and not attisdropped
    union all
    select t.typbasetype from domains d join pg_catalog.pg_type t on t.oid = d.oid
    where t.typtype = 'd')
  select conname from pg_catalog.pg_constraint
  where contype = 'c' and (conrelid = to_regclass($1) or contypid in (select oid from domains)))";

class PostgresJudge final : public Judge {
 public:
  PostgresJudge(const query::Model& model, Handle handle)
      : model_(model), handle_(std::move(handle)) {}

  Result<void> prepare();

  std::string_view name() const override { return "PostgreSQL"; }
  Result<bool> knows(const query::Entity& entity) override;
  Result<std::vector<Judgement>> judge(const query::Entity& entity,
                                       std::span<const Row> rows) override;
  bool has_constraint(const query::Entity& entity, std::string_view name) override;
  bool refuses_null(const query::Entity&, std::string_view) override { return true; }
  bool has_types() const override { return true; }

 private:
  struct Table {
    std::string clone;                         // without UNIQUE, foreign keys and triggers
    std::map<std::string, std::string> types;  // of the columns
    std::set<std::string, std::less<>> constraints;
    std::map<std::vector<bool>, std::string> functions;  // by the fields that a row names
  };

  static std::string table_of(const query::Entity& entity) {
    return std::string(entity.pg_sql.empty() ? entity.sql : entity.pg_sql);
  }
  static std::string column_of(const query::Field& field) {
    return std::string(field.pg_sql.empty() ? field.sql : field.pg_sql);
  }

  Result<pg::Result> run(const std::string& sql);
  Result<pg::Result> run(const std::string& sql, const std::string& parameter);
  Result<pg::Result> answer(pg_result* raw);
  Result<const std::string*> function_of(const query::Entity& entity, Table& table,
                                         const std::vector<bool>& named);
  static bool append_row(json::Writer& out, const query::Entity& entity, const Row& row);

  const query::Model& model_;
  Handle handle_;
  std::map<const query::Entity*, Table> tables_;
  int functions_ = 0;
};

Result<pg::Result> PostgresJudge::answer(pg_result* raw) {
  if (raw == nullptr) return fail("PostgreSQL: " + pg::connection_error(handle_.get()).message);
  pg::Result result(raw);
  const auto status = pg::pq().resultStatus(raw);
  if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK) return result;
  return fail("PostgreSQL: " + pg::error_of(raw).message);
}

Result<pg::Result> PostgresJudge::run(const std::string& sql) {
  return answer(pg::pq().exec(handle_.get(), sql.c_str()));
}

Result<pg::Result> PostgresJudge::run(const std::string& sql, const std::string& parameter) {
  const char* values[] = {parameter.c_str()};
  return answer(
      pg::pq().execParams(handle_.get(), sql.c_str(), 1, nullptr, values, nullptr, nullptr, 0));
}

Result<void> PostgresJudge::prepare() {
  if (auto begun = run("begin"); !begun) return std::unexpected(begun.error());
  for (const query::Entity& entity : model_.entities) {
    if (entity.is_view || entity.is_result) continue;
    const auto known = run("select to_regclass($1) is not null", table_of(entity));
    if (!known) return std::unexpected(known.error());
    if (known->text(0, 0) == "t") return {};
  }
  const auto made = run(std::string(model_.postgres_schema));
  if (!made) return std::unexpected(made.error());
  return {};
}

Result<bool> PostgresJudge::knows(const query::Entity& entity) {
  const std::string name = table_of(entity);
  const auto columns = run(kColumns, name);
  if (!columns) return std::unexpected(columns.error());
  Table table;
  for (int i = 0; i < columns->rows(); ++i)
    table.types['"' + std::string(columns->text(i, 0)) + '"'] = columns->text(i, 1);
  // quote_ident() leaves plain names bare; the model quotes all.
  for (const auto& [column, type] : std::map(table.types)) {
    if (column.starts_with("\"\"")) table.types[column.substr(1, column.size() - 2)] = type;
  }
  for (const query::Field& field : entity.fields) {
    if (!table.types.contains(column_of(field))) return false;
  }
  const auto constraints = run(kConstraints, name);
  if (!constraints) return std::unexpected(constraints.error());
  for (int i = 0; i < constraints->rows(); ++i) table.constraints.emplace(constraints->text(i, 0));
  table.clone = "pg_temp.proof_" + std::to_string(tables_.size());
  const auto cloned = run("create temporary table " + table.clone.substr(8) + " (like " + name +
                          " including constraints including defaults including generated "
                          "including identity)");
  if (!cloned) return std::unexpected(cloned.error());
  tables_[&entity] = std::move(table);
  return true;
}

bool PostgresJudge::has_constraint(const query::Entity& entity, std::string_view name) {
  return tables_[&entity].constraints.contains(name);
}

// A function that tries rows one after another and tells how each fared.
Result<const std::string*> PostgresJudge::function_of(const query::Entity& entity, Table& table,
                                                      const std::vector<bool>& named) {
  std::string& function = table.functions[named];
  if (!function.empty()) return &function;
  std::string columns;
  std::string values;
  for (std::size_t i = 0, place = 1; i < named.size(); ++i) {
    if (!named[i]) continue;
    const std::string column = column_of(entity.fields[i]);
    columns += (columns.empty() ? "" : ", ") + column;
    values += (values.empty() ? "" : ", ");
    values += "v[" + std::to_string(place++) + "]::" + table.types[column];
  }
  const std::string insert =
      "insert into " + table.clone +
      (columns.empty() ? " default values" : " (" + columns + ") values (" + values + ")");
  function = "pg_temp.try_" + std::to_string(functions_++);
  const auto made = run("create function " + function +
                        "(rows json) returns table (state text, what text) language plpgsql as "
                        "$proof$\n"
                        "declare v text[];\n"
                        "begin\n"
                        "  for v in select array(select json_array_elements_text(r))\n"
                        "           from json_array_elements(rows) r loop\n"
                        "    begin\n      " +
                        insert +
                        ";\n"
                        "      state := ''; what := '';\n"
                        "    exception when others then\n"
                        "      get stacked diagnostics state = returned_sqlstate,\n"
                        "        what = constraint_name;\n"
                        "      if what = '' and state = '23502' then\n"
                        "        get stacked diagnostics what = column_name;\n"
                        "      elsif what = '' then\n"
                        "        get stacked diagnostics what = message_text;\n"
                        "      end if;\n"
                        "    end;\n"
                        "    return next;\n"
                        "  end loop;\n"
                        "end $proof$");
  if (!made) return std::unexpected(made.error());
  return &function;
}

// Whether a value that the service could not read can be said to PostgreSQL at all: it knows no
// base64, and no JSON numbers where a text is asked for.
bool has_words(const query::Field& field, const Cell& cell) {
  const bool is_number = field.type >= value::Type::int16 && field.type <= value::Type::decimal;
  if (cell.kind == Cell::Kind::text)
    return field.type != value::Type::bytes && cell.text.find('\0') == cell.text.npos;
  return cell.kind == Cell::Kind::bare && is_number && is_digit(cell.text.back());
}

// The values of the fields that the row names, as PostgreSQL's texts; false where one has none.
bool PostgresJudge::append_row(json::Writer& out, const query::Entity& entity, const Row& row) {
  if (!row.is_read) return false;
  for (std::size_t i = 0; i < entity.fields.size(); ++i) {
    if (row.is_misread(static_cast<query::FieldIndex>(i)) &&
        !has_words(entity.fields[i], row.cells[i]))
      return false;
  }
  const pg::Parameters texts(row.values);
  out.begin_array();
  for (std::size_t i = 0; i < entity.fields.size(); ++i) {
    if (row.is_misread(static_cast<query::FieldIndex>(i))) {
      out.string(row.cells[i].text);
    } else if (row.values[i].is_absent()) {
      continue;
    } else if (const char* text = texts.values()[i]) {
      out.string(text);
    } else {
      out.null();
    }
  }
  out.end_array();
  return true;
}

Judgement judgement_of(std::string_view state, std::string_view what) {
  if (state.empty()) return {Outcome::taken, {}};
  if (state == "23514") return {Outcome::check, std::string(what)};
  if (state == "23502") return {Outcome::not_null, std::string(what)};
  return {Outcome::error, std::string(state) + ' ' + std::string(what)};
}

Result<std::vector<Judgement>> PostgresJudge::judge(const query::Entity& entity,
                                                    std::span<const Row> rows) {
  Table& table = tables_[&entity];
  std::vector<Judgement> out(rows.size());
  struct Batch {
    std::string json;
    std::vector<std::size_t> rows;
  };
  std::map<std::vector<bool>, Batch> batches;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    std::string json;
    json::Writer writer(json);
    if (!append_row(writer, entity, rows[i])) continue;
    std::vector<bool> named;
    for (const Cell& cell : rows[i].cells) named.push_back(cell.kind != Cell::Kind::absent);
    Batch& batch = batches[named];
    batch.json += (batch.rows.empty() ? "[" : ",") + json;
    batch.rows.push_back(i);
  }
  for (auto& [named, batch] : batches) {
    const auto function = function_of(entity, table, named);
    if (!function) return std::unexpected(function.error());
    if (auto saved = run("savepoint batch"); !saved) return std::unexpected(saved.error());
    const auto answers = run("select state, what from " + **function + "($1)", batch.json + ']');
    if (!answers) return std::unexpected(answers.error());
    for (std::size_t i = 0; i < batch.rows.size(); ++i) {
      const int at = static_cast<int>(i);
      out[batch.rows[i]] = judgement_of(answers->text(at, 0), answers->text(at, 1));
    }
    if (auto undone = run("rollback to savepoint batch"); !undone)
      return std::unexpected(undone.error());
  }
  return out;
}

}  // namespace

Result<std::unique_ptr<Judge>> postgres_judge(const query::Model& model, const std::string& url) {
  if (auto loaded = pg::load_library(); !loaded) return fail(loaded.error().message);
  pg::ConnectParameters parameters({.url = url}, false);
  parameters.keywords.push_back(nullptr);
  parameters.values.push_back(nullptr);
  Handle handle(pg::pq().connectdbParams(parameters.keywords.data(), parameters.values.data(), 1));
  if (!handle || pg::pq().status(handle.get()) != CONNECTION_OK)
    return fail("PostgreSQL: " + pg::connection_error(handle.get()).message);
  auto judge = std::make_unique<PostgresJudge>(model, std::move(handle));
  if (auto prepared = judge->prepare(); !prepared) return std::unexpected(prepared.error());
  return judge;
}

}  // namespace sqlxc::proof
