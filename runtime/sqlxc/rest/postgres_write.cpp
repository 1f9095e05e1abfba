#include <sqlxc/rest/postgres_write.h>

#include <algorithm>
#include <utility>

#include <sqlxc/rest/backend.h>
#include <sqlxc/rest/postgres_once.h>
#include <sqlxc/rest/postgres_row.h>
#include <sqlxc/rest/problems.h>

namespace sqlxc::rest {
namespace {

constexpr std::size_t kRowsShownAtOnce = 1000;

bool inserts(const WriteJob& job) { return job.verb == Verb::insert || job.verb == Verb::put; }

// Rows `first` to `end` of it.
query::Insert part_of(const query::Insert& insert, std::size_t first, std::size_t end) {
  query::Insert part = {.entity = insert.entity,
                        .rows = {},
                        .on_conflict = insert.on_conflict,
                        .target = insert.target};
  part.rows.assign(insert.rows.begin() + static_cast<std::ptrdiff_t>(first),
                   insert.rows.begin() + static_cast<std::ptrdiff_t>(end));
  return part;
}

// Whether the job takes more than one statement, or what it finds may undo it.
bool is_judged(const query::Model& model, const WriteJob& job) {
  const bool is_long =
      inserts(job) && query::rows_at_once(model, job.insert, 0) < job.insert.rows.size();
  return is_long || job.must_find || job.preferences.max_affected || has_condition(job) ||
         is_nested(job) || (job.media.format == Media::Format::object && !job.is_item);
}

std::vector<pg::Setting> settings_of(const WriteJob& job) {
  if (job.preferences.time_zone.empty()) return {};
  return {{.name = "TimeZone", .value = job.preferences.time_zone}};
}

}  // namespace

void PostgresWrite::start(const query::Model& model, pg::Client& client, std::vector<WriteJob> jobs,
                          std::shared_ptr<Once> once, WritesDone done) {
  // Shared by the statements that are on their way for it.
  const auto self = std::shared_ptr<PostgresWrite>(
      new PostgresWrite(model, client, std::move(jobs), std::move(once), std::move(done)));
  if (!self->once_ && self->jobs_.size() == 1 && !is_judged(model, self->jobs_[0])) {
    self->run_alone();
  } else {
    self->run_in_session();
  }
}

// An insert of more values than one statement takes is several, one after another. Their order is
// that of the rows: where the answer has another, all must come at once.
query::Change PostgresWrite::next_change(const WriteJob& job) {
  if (job.verb == Verb::update) {
    return query::Update{.entity = job.entity, .values = job.values, .filter = job.filter};
  }
  if (job.verb == Verb::remove) return query::Delete{.entity = job.entity, .filter = job.filter};
  const std::size_t first = next_row_;
  next_row_ = job.insert.rows.size();
  if (job.shown.order.empty()) {
    next_row_ = first + query::rows_at_once(model_, job.insert, first);
  }
  if (first == 0 && next_row_ == job.insert.rows.size()) return job.insert;
  return part_of(job.insert, first, next_row_);
}

bool PostgresWrite::has_more(const WriteJob& job) const {
  return inserts(job) && next_row_ < job.insert.rows.size();
}

query::Select PostgresWrite::prepare(WriteJob& job) {
  if (next_row_ == 0) {
    job.body.clear();
    job.key.clear();
    job.rows = 0;
    job.has_created = false;
    shown_rows_.reset();
  }
  const bool with_key = inserts(job) && job.insert.rows.size() == 1 &&
                        !model_.entities[job.entity].primary_key.fields.empty();
  query::Query shown = job.shown;
  if (!shows_rows(job)) {
    shown.items.clear();
    shown.embeds.clear();
    shown.order.clear();
  }
  const bool is_csv = job.media.format == Media::Format::csv;
  query::SelectOptions options;
  options.as_text = is_csv;
  return query::print_change(model_, next_change(job), shown, with_key, options);
}

void PostgresWrite::take(WriteJob& job, const query::Select& select, const pg::Result& result) {
  const bool returns = result.columns() > 0;
  const auto rows = static_cast<std::size_t>(returns ? result.rows() : result.affected());
  job.rows += rows;
  job.has_created |= inserts(job) && select.new_column < 0 && rows > 0;
  PostgresRow row{.result = result};
  if (!shown_rows_) {
    shown_ = std::make_shared<query::Select>(select);
    shown_rows_.emplace(job, shown_->columns);
  }
  for (; returns && row.row < result.rows(); ++row.row) {
    if (shows_rows(job)) shown_rows_->take(row);
    if (select.new_column >= 0) {
      const auto is_new = row.text(static_cast<std::size_t>(select.new_column));
      job.has_created |= is_new != "f";
    }
  }
  if (shows_rows(job) && !has_more(job)) shown_rows_->end();
  if (!select.key_columns.empty() && result.rows() == 1) {
    row.row = 0;
    append_key(job.key, model_.entities[job.entity], row, select.key_columns);
  }
}

void PostgresWrite::run_alone() {
  WriteJob& job = jobs_[0];
  // Shared: the rows that come are read by what the statement was printed with.
  auto select = std::make_shared<query::Select>(prepare(job));
  pg::Job statement;
  statement.sql = std::move(select->statement.sql);
  statement.binds = std::move(select->statement.binds);
  statement.kind = pg::Job::Kind::write;
  statement.deadline = client_.statement_deadline();
  statement.settings = settings_of(job);
  statement.is_rolled_back = job.preferences.rolls_back;
  statement.done = [self = shared_from_this(), select](pg::Outcome outcome) {
    if (!outcome) return self->answer(std::unexpected(std::move(outcome.error())));
    self->take(self->jobs_[0], *select, *outcome);
    self->answer({});
  };
  client_.run(std::move(statement));
}

void PostgresWrite::run_in_session() {
  pg::SessionOptions options;
  options.settings = settings_of(jobs_[0]);
  if (once_) return begin_keyed(std::move(options));
  client_.begin(std::move(options), [self = shared_from_this()](auto session) {
    if (!session) return self->answer(std::unexpected(std::move(session.error())));
    self->session_ = std::move(*session);
    self->run_next();
  });
}

void PostgresWrite::begin_keyed(pg::SessionOptions options) {
  auto done = [self = shared_from_this()](Seen seen, pg::Session session, db::Error why) {
    self->session_ = std::move(session);
    if (seen == Seen::never) return self->run_next();
    if (seen == Seen::failed) return self->answer(std::unexpected(std::move(why)));
    self->answer({});
  };
  begin_once(client_, std::move(options), once_, std::move(done));
}

void PostgresWrite::keep_then_commit() {
  for (const WriteJob& job : jobs_) {
    if (job.preferences.rolls_back) return end_session({});
  }
  Answer answer =
      once_->is_batch ? answer_batch(model_, jobs_, {}) : answer_write(model_, jobs_.front(), {});
  auto done = [self = shared_from_this()](Kept kept, db::Error why) {
    switch (kept) {
      case Kept::yes:
        return self->end_session({});
      case Kept::refused:
        return self->end_session(std::unexpected(refused()));
      case Kept::failed:
        return self->end_session(std::unexpected(std::move(why)));
    }
  };
  keep_answer(client_, session_, once_, std::move(answer), std::move(done));
}

void PostgresWrite::run_next() {
  next_row_ = 0;
  if (next_ == jobs_.size()) return once_ ? keep_then_commit() : end_session({});
  if (is_idle(jobs_[next_])) {
    ++next_;
    return run_next();
  }
  if (is_nested(jobs_[next_])) return run_step(0);
  if (has_condition(jobs_[next_])) return look_first();
  run_job();
}

// The inserts of a nested write, one after another: each needs keys that an earlier one got.
void PostgresWrite::run_step(std::size_t index) {
  WriteJob& job = jobs_[next_];
  std::vector<NestedStep>& steps = job.nested.steps;
  if (index == steps.size()) return show_nested(0);
  if (index == 0) job.body.clear();
  NestedStep& step = steps[index];
  job.failed_step = index;
  step.found.clear();
  if (step.insert.rows.empty()) return run_step(index + 1);
  fill(steps, index);
  insert_step(index, 0);
}

void PostgresWrite::insert_step(std::size_t index, std::size_t first) {
  const NestedStep& step = jobs_[next_].nested.steps[index];
  query::Query shown;
  shown.entity = step.insert.entity;
  for (const query::FieldIndex field : step.returning) {
    query::Item item;
    item.key = model_.entities[shown.entity].fields[field].name;
    item.field = field;
    shown.items.push_back(std::move(item));
  }
  const std::size_t end = first + query::rows_at_once(model_, step.insert, first);
  query::Select select =
      step.where ? query::print_change(model_, update_of(step), shown, false)
                 : query::print_change(model_, part_of(step.insert, first, end), shown, false);
  pg::Job statement;
  statement.sql = std::move(select.statement.sql);
  statement.binds = std::move(select.statement.binds);
  statement.kind = pg::Job::Kind::write;
  statement.deadline = client_.statement_deadline();
  statement.done = [self = shared_from_this(), index, end](pg::Outcome outcome) {
    WriteJob& owner = self->jobs_[self->next_];
    owner.has_failed = !outcome;
    if (!outcome) return self->end_session(std::unexpected(std::move(outcome.error())));
    NestedStep& done = owner.nested.steps[index];
    if (done.where && outcome->affected() == 0) {
      owner.has_failed = true;
      owner.refusal = no_such_row(self->model_.entities[done.insert.entity]);
      return self->end_session(std::unexpected(
          db::Error{.failure = db::Failure::cancelled, .message = "a row is not there"}));
    }
    for (int row = 0; row < outcome->rows(); ++row) {
      std::vector<value::Value>& values = done.found.emplace_back();
      for (int column = 0; column < outcome->columns(); ++column) {
        values.push_back(outcome->is_null(row, column)
                             ? value::Value::null()
                             : value::Value::of_text(std::string(outcome->text(row, column))));
      }
    }
    if (end < done.insert.rows.size()) return self->insert_step(index, end);
    self->run_step(index + 1);
  };
  session_.run(std::move(statement));
}

// The rows by their keys, some at a time.
void PostgresWrite::show_nested(std::size_t first) {
  WriteJob& job = jobs_[next_];
  if (first == 0) {
    job.rows = job.nested.steps[job.nested.root].insert.rows.size();
    job.has_created = true;
    note_nested_key(model_, job);
    shown_rows_.reset();
  }
  if (!shows_rows(job)) return finish_nested();
  const std::size_t end = std::min(first + kRowsShownAtOnce, job.rows);
  auto select = std::make_shared<query::Select>(
      query::print_select(model_, rows_of(model_, job, first, end), query::Dialect::postgres));
  pg::Job statement;
  statement.sql = select->statement.sql;
  statement.binds = select->statement.binds;
  statement.deadline = client_.statement_deadline();
  statement.done = [self = shared_from_this(), select, end](pg::Outcome outcome) {
    if (!outcome) return self->end_session(std::unexpected(std::move(outcome.error())));
    WriteJob& done = self->jobs_[self->next_];
    if (!self->shown_rows_) {
      self->shown_ = select;
      self->shown_rows_.emplace(done, select->columns);
    }
    PostgresRow row{.result = *outcome};
    for (; row.row < outcome->rows(); ++row.row) self->shown_rows_->take(row);
    if (end < done.rows) return self->show_nested(end);
    self->shown_rows_->end();
    self->finish_nested();
  };
  session_.run(std::move(statement));
}

void PostgresWrite::finish_nested() {
  WriteJob& job = jobs_[next_++];
  job.has_failed = is_refused(model_, job);
  if (!job.has_failed) return run_next();
  end_session(std::unexpected(
      db::Error{.failure = db::Failure::cancelled, .message = "it is not what was asked for"}));
}

// The row is locked, so that it is still what it was when the write comes.
void PostgresWrite::look_first() {
  const query::Query query = row_of(model_, jobs_[next_]);
  auto select =
      std::make_shared<query::Select>(query::print_select(model_, query, query::Dialect::postgres));
  pg::Job statement;
  statement.sql = select->statement.sql + " FOR UPDATE";
  statement.binds = select->statement.binds;
  statement.done = [self = shared_from_this(), select](pg::Outcome outcome) {
    if (!outcome) return self->end_session(std::unexpected(std::move(outcome.error())));
    std::optional<std::string> row;
    if (outcome->rows() > 0) append_row(row.emplace(), select->columns, PostgresRow{*outcome});
    WriteJob& job = self->jobs_[self->next_];
    if (meets_condition(job, row)) return self->run_job();
    job.has_failed = true;
    self->end_session(std::unexpected(
        db::Error{.failure = db::Failure::cancelled, .message = "the row is another one"}));
  };
  session_.run(std::move(statement));
}

void PostgresWrite::run_job() {
  WriteJob& job = jobs_[next_];
  auto select = std::make_shared<query::Select>(prepare(job));
  pg::Job statement;
  statement.sql = std::move(select->statement.sql);
  statement.binds = std::move(select->statement.binds);
  statement.kind = pg::Job::Kind::write;
  statement.deadline = client_.statement_deadline();
  statement.done = [self = shared_from_this(), select](pg::Outcome outcome) {
    WriteJob& done = self->jobs_[self->next_];
    done.has_failed = !outcome;
    if (!outcome) return self->end_session(std::unexpected(std::move(outcome.error())));
    self->take(done, *select, *outcome);
    if (self->has_more(done)) return self->run_job();
    ++self->next_;
    done.has_failed = is_refused(self->model_, done);
    if (!done.has_failed) return self->run_next();
    self->end_session(std::unexpected(
        db::Error{.failure = db::Failure::cancelled, .message = "it is not what was asked for"}));
  };
  session_.run(std::move(statement));
}

void PostgresWrite::end_session(std::expected<void, db::Error> result) {
  bool rolls_back = !result;
  for (const WriteJob& job : jobs_) rolls_back |= job.preferences.rolls_back;
  auto done = [self = shared_from_this(), result](std::expected<void, db::Error> ended) {
    // What the statement said counts more than how its undoing went.
    if (result && !ended) return self->answer(ended);
    self->answer(result);
  };
  if (rolls_back) return session_.rollback(std::move(done));
  session_.commit(std::move(done));
}

void PostgresWrite::answer(const std::expected<void, db::Error>& result) {
  std::exchange(done_, nullptr)(std::move(jobs_), result);
}

}  // namespace sqlxc::rest
