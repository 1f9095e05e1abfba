#pragma once

#include <expected>
#include <memory>
#include <string>

#include <sqlxc/core/error.h>
#include <sqlxc/db/store.h>
#include <sqlxc/net/loop.h>
#include <sqlxc/query/model.h>
#include <sqlxc/rest/backend.h>

// Plans over the embedded file: what is known to be short runs in the loop, the rest in the store's
// pool, writes on the store's writer.
namespace sqlxc::rest {

class SqliteBackend final : public Backend {
 public:
  /// The backend on `loop`'s thread; model and store outlive it.
  static Result<std::unique_ptr<Backend>> create(const query::Model& model, db::Store& store,
                                                 net::Loop& loop);

  query::Dialect dialect() const override { return query::Dialect::sqlite; }
  void read(http::Exchange& exchange, ReadTask task) override;
  Abandon select(std::vector<SelectTask> tasks, SelectsDone done) override;
  using Backend::write;
  void write(std::vector<WriteJob> jobs, std::shared_ptr<Once> once, WritesDone done) override;
  void answer_ready(http::Exchange& exchange) override;

 private:
  SqliteBackend(const query::Model& model, db::Store& store, net::Loop& loop,
                std::unique_ptr<db::Reader> reader);

  void read_in_pool(http::Exchange& exchange, ReadTask task);
  void read_in_pieces(http::Exchange& exchange, ReadTask task);

  const query::Model& model_;
  db::Store& store_;
  net::Loop& loop_;
  std::unique_ptr<db::Reader> reader_;
  Answer answer_;  // keeps its capacity from one read to the next
};

}  // namespace sqlxc::rest
