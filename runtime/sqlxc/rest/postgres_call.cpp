#include <sqlxc/rest/postgres_call.h>

#include <charconv>
#include <chrono>
#include <utility>

#include <sqlxc/core/text.h>
#include <sqlxc/json/reader.h>
#include <sqlxc/rest/postgres_once.h>
#include <sqlxc/rest/postgres_row.h>
#include <sqlxc/rest/problems.h>

namespace sqlxc::rest {
namespace {

constexpr std::string_view kResponse =
    "SELECT current_setting('response.status', true), current_setting('response.headers', true)";

// Whether a header's name is a token (RFC 9110, section 5.6.2).
bool is_token(std::string_view name) {
  return !name.empty() && name.find_first_not_of(
                              "!#$%&'*+-.^_`|~0123456789"
                              "abcdefghijklmnopqrstuvwxyz"
                              "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == std::string_view::npos;
}

}  // namespace

void PostgresCall::start(const query::Model& model, pg::Client& client, http::Exchange& exchange,
                         ReadTask task) {
  // Shared by the statements that are on their way for it.
  const auto self =
      std::shared_ptr<PostgresCall>(new PostgresCall(model, client, exchange, std::move(task)));
  exchange.defer();
  self->begin();
}

void PostgresCall::begin() {
  pg::SessionOptions options;
  options.is_readonly = !task_.changes;
  for (const auto& [name, value] : task_.settings) options.settings.push_back({name, value});
  if (task_.once) return begin_keyed(std::move(options));
  client_.begin(std::move(options), [self = shared_from_this()](auto session) {
    if (!session) return self->fail(session.error());
    self->session_ = std::move(*session);
    self->call();
  });
}

void PostgresCall::begin_keyed(pg::SessionOptions options) {
  auto done = [self = shared_from_this()](Seen seen, pg::Session session, db::Error why) {
    self->session_ = std::move(session);
    if (seen == Seen::never) return self->call();
    if (seen == Seen::failed) self->error_ = std::move(why);
    self->answer();
  };
  begin_once(client_, std::move(options), task_.once, std::move(done));
}

// All steps are sent at once; after a failure the later ones fail, too, and say nothing new.
void PostgresCall::call() {
  const ReadPlan& plan = *task_.plan;
  const auto run = [this](std::string sql, std::vector<value::Value> binds,
                          void (PostgresCall::*take)(const pg::Result&)) {
    pg::Job job;
    job.sql = std::move(sql);
    job.binds = std::move(binds);
    job.deadline = client_.statement_deadline();
    job.done = [self = shared_from_this(), take](pg::Outcome outcome) {
      if (outcome && !self->error_) {
        (*self.*take)(*outcome);
      } else if (!outcome && !self->error_) {
        self->error_ = std::move(outcome.error());
      }
      if (take == &PostgresCall::take_response) self->judge();
    };
    session_.run(std::move(job));
  };
  run(plan.select.statement.sql, binds_of(plan.select.statement, plan.select.key_bind, task_.key),
      &PostgresCall::take_rows);
  if (plan.count) {
    run(plan.count->sql, binds_of(*plan.count, plan.count_key, task_.key),
        &PostgresCall::take_count);
  }
  run(std::string(kResponse), {}, &PostgresCall::take_response);
}

void PostgresCall::take_rows(const pg::Result& result) {
  const ReadPlan& plan = *task_.plan;
  answer_.content_type = task_.media.content_type;
  rows_ = result.rows();
  if (task_.is_void) return;
  Renderer renderer(plan.select.columns, task_.media, plan.shape);
  PostgresRow row{.result = result};
  for (; row.row < result.rows(); ++row.row) renderer.take(answer_.body, row);
  renderer.end(answer_.body);
}

void PostgresCall::take_count(const pg::Result& result) {
  total_ = parse_number<std::int64_t>(result.text(0, 0));
}

void PostgresCall::take_response(const pg::Result& result) {
  if (const std::string_view status = result.text(0, 0); !status.empty()) {
    status_ = parse_number<int>(status);
    if (!status_ || *status_ < 100 || *status_ > 599) {
      refusal_ = make_problem(500, "PGRST112", "response.status is no status code");
      return;
    }
  }
  const std::string_view headers = result.text(0, 1);
  if (!headers.empty() && !set_headers(headers)) {
    refusal_ = make_problem(500, "PGRST111",
                            "response.headers is no array of objects with one string each");
  }
}

// `[{"Cache-Control": "public"}, {"Location": "/x"}]`
bool PostgresCall::set_headers(std::string_view text) {
  json::Reader reader(text);
  if (reader.next() != json::Token::begin_array) return false;
  while (reader.next() == json::Token::begin_object) {
    if (reader.next() != json::Token::key || !is_token(reader.text())) return false;
    const std::string name(reader.text());
    if (reader.next() != json::Token::string) return false;
    answer_.header(name, reader.text());
    // It takes the place of the answer's own.
    if (equals_ignoring_case(name, "content-type")) answer_.content_type = {};
    if (reader.next() != json::Token::end_object) return false;
  }
  return reader.token() == json::Token::end_array && reader.next() == json::Token::end;
}

// Whether what came can be the answer; what cannot is undone.
void PostgresCall::judge() {
  const bool is_object = task_.media.format == Media::Format::object && !task_.plan->is_one();
  if (!error_ && !refusal_ && is_object && rows_ != 1) refusal_ = not_one_row(rows_);
  if (!error_ && !refusal_ && task_.max_affected && rows_ > *task_.max_affected) {
    refusal_ = make_problem(400, "PGRST124", "the call affects more rows than it may");
    refusal_->details = "The query affects ";
    append_number(refusal_->details, rows_);
    refusal_->details += " rows";
  }
  const bool is_kept = task_.once && !error_ && !refusal_ && !task_.rolls_back;
  if (is_kept) return keep_then_commit();
  end();
}

void PostgresCall::keep_then_commit() {
  finish_answer();
  auto done = [self = shared_from_this()](Kept kept, db::Error why) {
    if (kept == Kept::refused) self->error_ = refused();
    if (kept == Kept::failed) self->error_ = std::move(why);
    self->end();
  };
  keep_answer(client_, session_, task_.once, std::move(answer_), std::move(done));
}

void PostgresCall::end() {
  auto done = [self = shared_from_this()](std::expected<void, db::Error> ended) {
    if (!ended && !self->error_ && !self->refusal_) self->error_ = std::move(ended.error());
    self->answer();
  };
  if (error_ || refusal_ || task_.rolls_back) return session_.rollback(std::move(done));
  session_.commit(std::move(done));
}

void PostgresCall::answer() {
  http::Exchange& exchange = *std::exchange(exchange_, nullptr);
  if (task_.once) {
    if (auto kept = answer_of(*task_.once, !error_ && !refusal_)) {
      return finish_with(exchange, *kept);
    }
  }
  if (error_) return finish_with(exchange, of_failure(*error_));
  if (refusal_) return finish_with(exchange, *refusal_);
  finish_answer();
  finish_with(exchange, answer_);
}

// What the rows and the function's own words make of it.
void PostgresCall::finish_answer() {
  if (task_.is_void) {
    answer_.status = 204;
  } else if (task_.plan->is_one()) {
    // A function that gives no row gives null.
    if (rows_ == 0) answer_.body = "null";
  } else {
    // A function that writes is not called again to be counted: all its rows are here, or a part.
    const bool is_all = !task_.plan->limit && task_.plan->offset == 0;
    if (is_all && task_.plan->counts != Preferences::Count::none) total_ = rows_;
    finish_rows(model_, *task_.plan, task_.media, rows_, total_, answer_);
  }
  if (status_) answer_.status = *status_;
}

void PostgresCall::fail(const db::Error& error) {
  finish_with(*std::exchange(exchange_, nullptr), of_failure(error));
}

}  // namespace sqlxc::rest
