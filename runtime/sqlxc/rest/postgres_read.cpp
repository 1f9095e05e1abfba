#include <sqlxc/rest/postgres_read.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <utility>

#include <sqlxc/rest/postgres_row.h>
#include <sqlxc/rest/problems.h>

namespace sqlxc::rest {
namespace {

std::int64_t number_of(std::string_view text) {
  std::int64_t number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

// `"Plan Rows": 1270` of the outermost node, which EXPLAIN (FORMAT JSON) writes first.
std::int64_t planned_rows(std::string_view plan) {
  constexpr std::string_view kKey = "\"Plan Rows\": ";
  const std::size_t at = plan.find(kKey);
  return at == std::string_view::npos ? 0 : number_of(plan.substr(at + kKey.size()));
}

}  // namespace

PostgresRead::PostgresRead(const query::Model& model, pg::Client& client, http::Exchange& exchange,
                           ReadTask task)
    : model_(model),
      client_(client),
      exchange_(&exchange),
      task_(std::move(task)),
      path_(task_.plan->cursor.empty() ? std::string_view() : exchange.request().path) {}

void PostgresRead::start(const query::Model& model, pg::Client& client, http::Exchange& exchange,
                         ReadTask task) {
  // Shared by the statements that are on their way for it.
  const auto self =
      std::shared_ptr<PostgresRead>(new PostgresRead(model, client, exchange, std::move(task)));
  exchange.defer();
  exchange.on_abandoned([weak = std::weak_ptr(self)] {
    if (const auto read = weak.lock()) read->abandon();
  });
  const ReadPlan& plan = *self->task_.plan;
  const query::Select& select = plan.select;
  self->send(self->job_of(select.statement.sql,
                          binds_of(select.statement, select.key_bind, self->task_.key)),
             &PostgresRead::take_rows);
  if (plan.estimate) {
    pg::Job job =
        self->job_of(plan.estimate->sql, binds_of(*plan.estimate, plan.count_key, self->task_.key));
    job.goes_along = true;
    self->send(std::move(job), &PostgresRead::take_estimate);
  } else if (plan.count) {
    self->send_count();
  }
}

pg::Job PostgresRead::job_of(const std::string& sql, std::vector<value::Value> binds) const {
  pg::Job job;
  job.sql = sql;
  job.binds = std::move(binds);
  job.deadline = client_.statement_deadline();
  for (const auto& [name, value] : task_.settings) job.settings.push_back({name, value});
  return job;
}

void PostgresRead::send(pg::Job job, void (PostgresRead::*take)(const pg::Result&)) {
  ++pending_;
  job.done = [self = shared_from_this(), take](pg::Outcome outcome) {
    --self->pending_;
    if (outcome) {
      (*self.*take)(*outcome);
    } else if (!self->error_) {
      self->error_ = std::move(outcome.error());
    }
    if (self->pending_ == 0) self->finish();
  };
  tickets_.push_back(client_.run(std::move(job)));
}

void PostgresRead::send_count() {
  const ReadPlan& plan = *task_.plan;
  pg::Job job = job_of(plan.count->sql, binds_of(*plan.count, plan.count_key, task_.key));
  job.goes_along = true;
  send(std::move(job), &PostgresRead::take_total);
}

void PostgresRead::take_rows(const pg::Result& result) {
  const ReadPlan& plan = *task_.plan;
  answer_.content_type = task_.media.content_type;
  // It has room for what the connection's earlier answers took.
  if (exchange_ != nullptr) answer_.body.swap(exchange_->response().body);
  Renderer renderer(plan.select.columns, task_.media, plan.shape);
  PostgresRow row{.result = result};
  for (; row.row < result.rows(); ++row.row) {
    renderer.take(answer_.body, row);
    if (plan.is_one()) break;
  }
  renderer.end(answer_.body);
  rows_ = renderer.rows();
  if (!plan.cursor.empty() && rows_ == *plan.limit) {
    row.row = static_cast<int>(rows_ - 1);
    link_ = next_link(model_.entities[plan.target], plan, path_, row);
  }
  if (rows_ == 0 && !plan.parent.empty()) {
    send(job_of(plan.parent, task_.key), &PostgresRead::take_parent);
  }
}

void PostgresRead::take_total(const pg::Result& result) { total_ = number_of(result.text(0, 0)); }

void PostgresRead::take_estimate(const pg::Result& result) {
  std::string plan;
  for (int row = 0; row < result.rows(); ++row) plan += result.text(row, 0);
  total_ = planned_rows(plan);
}

void PostgresRead::take_parent(const pg::Result& result) { has_parent_ = result.rows() > 0; }

void PostgresRead::finish() {
  if (exchange_ == nullptr) return;
  http::Exchange& exchange = *std::exchange(exchange_, nullptr);
  const ReadPlan& plan = *task_.plan;
  if (error_) return finish_with(exchange, of_failure(*error_));
  if (!has_parent_) {
    return finish_with(exchange, no_such_row(model_.entities[plan.route.entity]));
  }
  // What the planner guessed is no less than what came.
  if (total_ && plan.estimate) total_ = std::max(*total_, plan.offset + rows_);
  finish_rows(model_, plan, task_.media, rows_, total_, answer_);
  if (!link_.empty() && answer_.status < 300) answer_.header("Link", link_);
  finish_with(exchange, answer_);
}

// Nobody waits any more: the server is told to stop, and the exchange is closed in the next step.
void PostgresRead::abandon() {
  if (exchange_ == nullptr) return;
  http::Exchange& exchange = *std::exchange(exchange_, nullptr);
  exchange.loop().run_soon([self = shared_from_this(), at = &exchange] {
    for (const pg::Ticket ticket : self->tickets_) self->client_.cancel(ticket);
    finish_with(*at, make_problem(503, "57014", "the client has left"));
  });
}

}  // namespace sqlxc::rest
