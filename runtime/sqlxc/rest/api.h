#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include <sqlxc/core/error.h>
#include <sqlxc/db/store.h>
#include <sqlxc/http/server.h>
#include <sqlxc/query/model.h>
#include <sqlxc/rest/read.h>
#include <sqlxc/rest/write.h>

// The REST face of one loop: everything below /api. docs/rest.md says what it understands.
namespace sqlxc::rest {

class Api final : public http::Handler {
 public:
  /// The face on `loop`'s thread; model and store outlive it.
  static Result<std::unique_ptr<http::Handler>> create(const query::Model& model, db::Store& store,
                                                       net::Loop& loop);

  void handle(http::Exchange& exchange) override;

 private:
  Api(const query::Model& model, db::Store& store, net::Loop& loop,
      std::unique_ptr<db::Reader> reader);

  struct Target {
    Route route;
    std::string_view key;  // as it stands in the path
  };

  std::expected<Target, http::Problem> find_target(std::string_view path) const;
  void answer_options(http::Exchange& exchange, const Target& target) const;
  void list_tables(http::Exchange& exchange) const;

  std::expected<std::shared_ptr<ReadPlan>, http::Problem> plan(const Target& target,
                                                               std::string_view query, bool counts);
  void read(http::Exchange& exchange, const Target& target);
  void read_in_pool(http::Exchange& exchange, std::shared_ptr<ReadPlan> plan,
                    std::vector<value::Value> key);

  void write(http::Exchange& exchange, const Target& target);
  std::expected<WriteJob, http::Problem> make_job(const http::Request& request,
                                                  const Target& target) const;
  std::expected<void, http::Problem> read_body(const http::Request& request, WriteJob& job,
                                               const std::vector<value::Value>* key) const;
  void run_job(http::Exchange& exchange, WriteJob job);

  const query::Model& model_;
  db::Store& store_;
  net::Loop& loop_;
  std::unique_ptr<db::Reader> reader_;
  Answer answer_;  // keeps its capacity from one read to the next
  // Plans by the hash of what they were made of; a newer one takes the place of an older.
  std::vector<std::shared_ptr<ReadPlan>> plans_;
};

}  // namespace sqlxc::rest
