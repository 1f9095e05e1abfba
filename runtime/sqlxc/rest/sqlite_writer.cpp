#include <sqlxc/rest/write.h>

#include <algorithm>
#include <utility>

#include <sqlxc/core/text.h>
#include <sqlxc/rest/problems.h>
#include <sqlxc/rest/sqlite_row.h>

namespace sqlxc::rest {
namespace {

using query::Dialect;
using query::Entity;
using query::FieldIndex;
using value::Value;

using Done = std::expected<void, db::Error>;

std::unexpected<db::Error> failed(const db::Cursor& cursor) {
  return std::unexpected(cursor.error());
}

// One unit's run: what it must return, how rows are shown, how failures are gathered.
class Writer {
 public:
  Writer(const query::Model& model, WriteJob& job, db::Session& session)
      : model_(model), entity_(model.entities[job.entity]), job_(job), session_(session) {}

  Done run();

 private:
  void prepare();
  Done insert_rows();
  Done insert_row(std::size_t index);
  Done exists(std::size_t index, bool& is_there);
  Done change_rows();
  Done run_statement(const query::Statement& statement);
  void take_row(const db::Cursor& row);
  Done look_first();
  Done insert_nested();
  Done run_step(NestedStep& step);
  Done show_nested();
  Done show_again();
  Done show_before();
  void show(const std::vector<query::Column>& columns, const db::Cursor& row);

  const query::Model& model_;
  const Entity& entity_;
  WriteJob& job_;
  db::Session& session_;
  std::vector<FieldIndex> returning_;
  std::vector<query::Column> columns_;  // of a representation that RETURNING can give
  std::vector<int> key_columns_;
  bool shows_ = false;
  bool shows_later_ = false;  // by a SELECT, for what RETURNING cannot give
  bool notes_key_ = false;
  std::vector<std::vector<Value>> keys_;
  query::Select select_;  // what shows rows later
  std::optional<ShownRows> shown_rows_;
};

void Writer::prepare() {
  job_.body.clear();
  job_.key.clear();
  job_.rows = 0;
  job_.has_created = false;
  job_.violations = {};
  job_.refusal.reset();
  shows_ = shows_rows(job_);
  const auto is_plain = [](const query::Item& item) {
    return item.embed == query::Item::kNoEmbed && !item.cast && item.path.empty() &&
           item.aggregate == query::Aggregate::none;
  };
  // RETURNING has the row as the statement wrote it, before what triggers make of it.
  const bool may_change =
      entity_.has_triggers && job_.verb != Verb::remove && !entity_.primary_key.fields.empty();
  shows_later_ = shows_ && (may_change || !std::ranges::all_of(job_.shown.items, is_plain));
  const bool inserts = job_.verb == Verb::insert || job_.verb == Verb::put;
  notes_key_ = inserts && job_.insert.rows.size() == 1;
  if (shows_ && !shows_later_) {
    for (const query::Item& item : job_.shown.items) returning_.push_back(item.field);
    columns_ = query::columns_of(entity_, job_.shown.items);
  }
  if (!notes_key_ && !shows_later_) return;
  for (FieldIndex field : entity_.primary_key.fields) {
    const auto found = std::ranges::find(returning_, field);
    key_columns_.push_back(static_cast<int>(found - returning_.begin()));
    if (found == returning_.end()) returning_.push_back(field);
  }
}

Value value_of(const db::Cursor& row, int column) {
  switch (row.storage(column)) {
    case db::Storage::null:
      return Value::null();
    case db::Storage::integer:
      return Value::of_integer(row.integer(column));
    case db::Storage::real:
      return Value::of_real(row.real(column));
    case db::Storage::text:
      return Value::of_text(std::string(row.text(column)));
    case db::Storage::blob:
      return Value::of_bytes(std::string(row.blob(column)));
  }
  return Value::null();
}

void Writer::show(const std::vector<query::Column>& columns, const db::Cursor& row) {
  if (!shown_rows_) shown_rows_.emplace(job_, columns);
  shown_rows_->take(SqliteRow{row});
}

void Writer::take_row(const db::Cursor& row) {
  ++job_.rows;
  if (notes_key_ && job_.key.empty()) append_key(job_.key, entity_, SqliteRow{row}, key_columns_);
  if (shows_later_) {
    std::vector<Value>& key = keys_.emplace_back();
    for (int column : key_columns_) key.push_back(value_of(row, column));
  } else if (shows_) {
    show(columns_, row);
  }
}

Done Writer::run_statement(const query::Statement& statement) {
  if (returning_.empty()) {
    auto changed = session_.execute(statement.sql, statement.binds);
    if (!changed) return std::unexpected(std::move(changed.error()));
    job_.rows += static_cast<std::size_t>(*changed);
    return {};
  }
  auto cursor = session_.query(statement.sql, statement.binds);
  if (!cursor) return std::unexpected(std::move(cursor.error()));
  while (cursor->next()) take_row(*cursor);
  if (cursor->has_failed()) return failed(*cursor);
  return {};
}

// Whether a row with the key that may conflict stands already.
Done Writer::exists(std::size_t index, bool& is_there) {
  is_there = false;
  std::vector<Value> binds;
  std::string sql = "SELECT 1 FROM ";
  sql += entity_.sql;
  for (FieldIndex field : job_.insert.target) {
    const Value& value = job_.insert.rows[index][field];
    if (!value.has_value()) return {};
    sql += binds.empty() ? " WHERE " : " AND ";
    sql += entity_.fields[field].sql;
    sql += " = ?";
    binds.push_back(value);
  }
  auto cursor = session_.query(sql, binds);
  if (!cursor) return std::unexpected(std::move(cursor.error()));
  is_there = cursor->next();
  if (cursor->has_failed()) return failed(*cursor);
  return {};
}

Done Writer::insert_row(std::size_t index) {
  bool is_there = false;
  if (job_.insert.on_conflict != query::Insert::OnConflict::fail) {
    if (auto done = exists(index, is_there); !done) return done;
  }
  auto done =
      run_statement(query::print_insert(model_, job_.insert, index, returning_, Dialect::sqlite));
  if (done && !is_there) job_.has_created = true;
  return done;
}

Done Writer::insert_rows() {
  for (std::size_t i = 0; i < job_.insert.rows.size(); ++i) {
    auto done = insert_row(i);
    if (done) continue;
    job_.failed_row = i;
    // The store finds out which foreign key it was, if the error reaches it.
    const bool is_gathered =
        is_violation(done.error()) && done.error().failure != db::Failure::foreign_key;
    if (!is_gathered) return done;
    job_.violations.add(to_violation(model_, entity_, done.error(), i));
  }
  return {};
}

Done Writer::change_rows() {
  if (job_.verb == Verb::remove && shows_later_) {
    if (auto done = show_before(); !done) return done;
    shows_ = shows_later_ = false;
    returning_.clear();
  }
  Done done;
  if (job_.verb == Verb::update) {
    const query::Update update{.entity = job_.entity, .values = job_.values, .filter = job_.filter};
    done = run_statement(query::print_update(model_, update, returning_, Dialect::sqlite));
  } else {
    const query::Delete del{.entity = job_.entity, .filter = job_.filter};
    done = run_statement(query::print_delete(model_, del, returning_, Dialect::sqlite));
  }
  const bool is_gathered =
      !done && is_violation(done.error()) && done.error().failure != db::Failure::foreign_key;
  if (!is_gathered) return done;
  job_.violations.add(to_violation(model_, entity_, done.error(), 0));
  return {};
}

// The rows that were written, by their keys, with what RETURNING cannot give.
Done Writer::show_again() {
  query::Query query = job_.shown;
  query.key.resize(entity_.primary_key.fields.size());
  select_ = query::print_select(model_, query, Dialect::sqlite);
  for (const std::vector<Value>& key : keys_) {
    std::ranges::copy(
        key, select_.statement.binds.begin() + static_cast<std::ptrdiff_t>(select_.key_bind));
    auto cursor = session_.query(select_.statement.sql, select_.statement.binds);
    if (!cursor) return std::unexpected(std::move(cursor.error()));
    if (cursor->next()) {
      show(select_.columns, *cursor);
    }
    if (cursor->has_failed()) return failed(*cursor);
  }
  return {};
}

// The rows that will be deleted, while what hangs on them is still there.
Done Writer::show_before() {
  query::Query query = job_.shown;
  query.filter = job_.filter;
  select_ = query::print_select(model_, query, Dialect::sqlite);
  auto cursor = session_.query(select_.statement.sql, select_.statement.binds);
  if (!cursor) return std::unexpected(std::move(cursor.error()));
  while (cursor->next()) {
    show(select_.columns, *cursor);
  }
  if (cursor->has_failed()) return failed(*cursor);
  return {};
}

Done Writer::run_step(NestedStep& step) {
  step.found.clear();
  for (std::size_t row = 0; row < step.insert.rows.size(); ++row) {
    job_.failed_row = row;
    const query::Statement statement =
        step.where ? query::print_update(model_, update_of(step), step.returning, Dialect::sqlite)
                   : query::print_insert(model_, step.insert, row, step.returning, Dialect::sqlite);
    if (step.where) {
      auto changed = session_.execute(statement.sql, statement.binds);
      if (!changed) return std::unexpected(std::move(changed.error()));
      if (*changed == 0) {
        job_.refusal = no_such_row(model_.entities[step.insert.entity]);
        return db::Session::refuse("a row is not there");
      }
      continue;
    }
    auto cursor = session_.query(statement.sql, statement.binds);
    if (!cursor) return std::unexpected(std::move(cursor.error()));
    while (cursor->next()) {
      std::vector<Value>& values = step.found.emplace_back();
      for (std::size_t i = 0; i < step.returning.size(); ++i) {
        values.push_back(value_of(*cursor, static_cast<int>(i)));
      }
    }
    if (cursor->has_failed()) return failed(*cursor);
  }
  return {};
}

Done Writer::insert_nested() {
  std::vector<NestedStep>& steps = job_.nested.steps;
  for (std::size_t i = 0; i < steps.size(); ++i) {
    job_.failed_step = i;
    fill(steps, i);
    if (auto done = run_step(steps[i]); !done) return done;
  }
  job_.rows = steps[job_.nested.root].insert.rows.size();
  job_.has_created = true;
  note_nested_key(model_, job_);
  return shows_rows(job_) ? show_nested() : Done();
}

Done Writer::show_nested() {
  for (std::size_t row = 0; row < job_.rows; ++row) {
    query::Select select =
        query::print_select(model_, rows_of(model_, job_, row, row + 1), Dialect::sqlite);
    auto cursor = session_.query(select.statement.sql, select.statement.binds);
    if (!cursor) return std::unexpected(std::move(cursor.error()));
    if (!shown_rows_) select_ = std::move(select);
    if (cursor->next()) show(select_.columns, *cursor);
    if (cursor->has_failed()) return failed(*cursor);
  }
  return {};
}

// Whether the row is what the client thinks it is.
Done Writer::look_first() {
  const query::Select select = query::print_select(model_, row_of(model_, job_), Dialect::sqlite);
  auto cursor = session_.query(select.statement.sql, select.statement.binds);
  if (!cursor) return std::unexpected(std::move(cursor.error()));
  std::optional<std::string> row;
  if (cursor->next()) append_row(row.emplace(), select.columns, SqliteRow{*cursor});
  if (cursor->has_failed()) return failed(*cursor);
  if (meets_condition(job_, row)) return {};
  return db::Session::refuse("the row is another one");
}

Done Writer::run() {
  prepare();
  if (has_condition(job_)) {
    if (auto looked = look_first(); !looked) return looked;
  }
  const bool inserts = job_.verb == Verb::insert || job_.verb == Verb::put;
  auto done = is_nested(job_) ? insert_nested() : inserts ? insert_rows() : change_rows();
  if (!done) return done;
  if (!job_.violations.empty()) return db::Session::refuse("rules are broken");
  if (shows_later_ && !is_nested(job_)) {
    if (auto shown = show_again(); !shown) return shown;
  }
  if (shows_rows(job_)) {
    if (!shown_rows_) shown_rows_.emplace(job_, columns_);
    shown_rows_->end();
  }
  if (is_refused(model_, job_)) return db::Session::refuse("it is not what was asked for");
  return {};
}

}  // namespace

Done run_writes(const query::Model& model, std::span<WriteJob> jobs, db::Session& session) {
  bool rolls_back = false;
  for (WriteJob& job : jobs) {
    auto done = Writer(model, job, session).run();
    job.has_failed = !done;
    if (!done) return done;
    rolls_back |= job.preferences.rolls_back;
  }
  if (rolls_back) return db::Session::refuse("a rollback was asked for");
  return {};
}

}  // namespace sqlxc::rest
