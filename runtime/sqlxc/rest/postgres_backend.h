#pragma once

#include <memory>
#include <string>
#include <vector>

#include <sqlxc/pg/client.h>
#include <sqlxc/query/model.h>
#include <sqlxc/rest/backend.h>

// Plans over a PostgreSQL server: nothing here waits, so everything runs on the loop. A read is one
// statement on a pipeline that many requests share, a write one statement that is a transaction of
// its own; only what depends on an answer before it commits takes a session.
namespace sqlxc::rest {

class PostgresBackend final : public Backend {
 public:
  /// The backend on the thread of the client's loop; model and `drift` outlive it. `drift` says
  /// how the database differs from the schema of the service, a difference a line.
  PostgresBackend(const query::Model& model, std::unique_ptr<pg::Client> client,
                  const std::vector<std::string>& drift)
      : model_(model), client_(std::move(client)), drift_(drift) {}

  query::Dialect dialect() const override { return query::Dialect::postgres; }
  void read(http::Exchange& exchange, ReadTask task) override;
  Abandon select(std::vector<SelectTask> tasks, SelectsDone done) override;
  using Backend::write;
  void write(std::vector<WriteJob> jobs, std::shared_ptr<Once> once, WritesDone done) override;
  void answer_ready(http::Exchange& exchange) override;

 private:
  const query::Model& model_;
  std::unique_ptr<pg::Client> client_;
  const std::vector<std::string>& drift_;
};

}  // namespace sqlxc::rest
