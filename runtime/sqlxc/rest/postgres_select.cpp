#include <memory>
#include <utility>

#include <sqlxc/rest/postgres_backend.h>

// Several selects over a server: all are sent before the first is answered.
namespace sqlxc::rest {
namespace {

struct Selects {
  std::vector<SelectTask> tasks;
  SelectsDone done;
  std::vector<pg::Ticket> tickets;
  std::size_t pending = 0;
  bool is_abandoned = false;
};

void take(Selects& selects, std::size_t at, pg::Outcome outcome) {
  SelectTask& task = selects.tasks[at];
  if (!outcome) {
    task.result = std::unexpected(std::move(outcome.error()));
    return;
  }
  task.taker->start(task.select->columns);
  PostgresRow row{.result = *outcome};
  for (; row.row < outcome->rows(); ++row.row) task.taker->take(row);
}

}  // namespace

Abandon PostgresBackend::select(std::vector<SelectTask> tasks, SelectsDone done) {
  // Shared by the statements that are on their way.
  auto selects = std::make_shared<Selects>();
  selects->tasks = std::move(tasks);
  selects->done = std::move(done);
  selects->pending = selects->tasks.size();
  for (std::size_t i = 0; i < selects->tasks.size(); ++i) {
    SelectTask& task = selects->tasks[i];
    pg::Job job;
    job.sql = task.select->statement.sql;
    job.binds = std::move(task.binds);
    job.kind = task.changes ? pg::Job::Kind::write : pg::Job::Kind::read;
    job.deadline = client_->statement_deadline();
    job.goes_along = i > 0 && !task.changes;
    job.done = [selects, i](pg::Outcome outcome) {
      take(*selects, i, std::move(outcome));
      if (--selects->pending == 0 && !selects->is_abandoned) {
        selects->done(std::move(selects->tasks));
      }
    };
    selects->tickets.push_back(client_->run(std::move(job)));
  }
  return [selects, client = client_.get()] {
    selects->is_abandoned = true;
    for (std::size_t i = 0; i < selects->tickets.size(); ++i) {
      if (!selects->tasks[i].changes) client->cancel(selects->tickets[i]);
    }
  };
}

}  // namespace sqlxc::rest
