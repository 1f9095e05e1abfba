#include <sqlxc/rest/postgres_backend.h>

#include <chrono>
#include <utility>

#include <sqlxc/json/writer.h>
#include <sqlxc/rest/postgres_call.h>
#include <sqlxc/rest/postgres_read.h>
#include <sqlxc/rest/postgres_stream.h>
#include <sqlxc/rest/postgres_write.h>
#include <sqlxc/rest/problems.h>

namespace sqlxc::rest {
namespace {

constexpr std::chrono::seconds kReadyTime{2};

}  // namespace

void PostgresBackend::read(http::Exchange& exchange, ReadTask task) {
  if (task.is_function) return PostgresCall::start(model_, *client_, exchange, std::move(task));
  const bool is_long = task.plan->is_streamed && task.plan->parent.empty() &&
                       task.media.format != Media::Format::object;
  if (is_long) return PostgresStream::start(model_, *client_, exchange, std::move(task));
  PostgresRead::start(model_, *client_, exchange, std::move(task));
}

void PostgresBackend::write(std::vector<WriteJob> jobs, std::shared_ptr<Once> once,
                            WritesDone done) {
  PostgresWrite::start(model_, *client_, std::move(jobs), std::move(once), std::move(done));
}

void PostgresBackend::answer_ready(http::Exchange& exchange) {
  exchange.defer();
  pg::Job job;
  job.sql = "SELECT 1";
  job.deadline = net::Clock::now() + kReadyTime;
  job.done = [this, at = &exchange](pg::Outcome outcome) {
    if (!outcome) return finish_with(*at, not_ready());
    if (drift_.empty()) {
      at->response().body += R"({"status":"ready"})";
      return at->finish();
    }
    http::Problem problem =
        make_problem(503, "SXH504", "the database is not what this service was compiled for",
                     "migrate the database, or compile the service from its schema: sqlxc init");
    problem.members = "\"drift\":";
    json::Writer writer(problem.members);
    writer.begin_array();
    for (const std::string& difference : drift_) writer.string(difference);
    writer.end_array();
    finish_with(*at, problem);
  };
  client_->run(std::move(job));
}

}  // namespace sqlxc::rest
