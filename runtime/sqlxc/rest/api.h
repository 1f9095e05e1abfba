#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include <sqlxc/http/server.h>
#include <sqlxc/query/model.h>
#include <sqlxc/rest/backend.h>
#include <sqlxc/rest/media.h>
#include <sqlxc/rest/plan.h>
#include <sqlxc/rest/plan_cache.h>

// The REST face of one loop: everything below /api. docs/rest.md says what it understands.
namespace sqlxc::rest {

class Api final : public http::Handler {
 public:
  /// The face on the thread of the backend's loop; the model outlives it.
  /// `lifetime`: how long an Idempotency-Key is remembered.
  Api(const query::Model& model, std::unique_ptr<Backend> backend,
      std::chrono::seconds lifetime = std::chrono::hours(24));

  void handle(http::Exchange& exchange) override;
  /// The database as this loop sees it, for other faces of the same operations.
  Backend& backend() { return *backend_; }
  /// Answers /ready.
  void answer_ready(http::Exchange& exchange) { backend_->answer_ready(exchange); }

 private:
  struct Target {
    Route route;
    std::string_view key;  // as it stands in the path
  };

  std::expected<std::string_view, http::Problem> find_schema(const http::Request& request) const;
  std::expected<query::EntityIndex, http::Problem> find_entity(std::string_view name,
                                                               std::string_view schema) const;
  std::expected<Target, http::Problem> find_target(const http::Request& request,
                                                   std::string_view path) const;
  Handlers handlers_of(const http::Request& request, const Route& route) const;
  std::expected<std::shared_ptr<ReadPlan>, http::Problem> make_plan(const PlanRequest& asked) const;
  std::optional<http::Problem> refuse_method(const http::Request& request,
                                             const Route& route) const;
  void answer_options(http::Exchange& exchange, const Target& target) const;
  void list_tables(http::Exchange& exchange) const;

  void read(http::Exchange& exchange, const Target& target, const Media& media);
  void call(http::Exchange& exchange);
  void batch(http::Exchange& exchange);
  std::expected<WriteJob, http::Problem> batch_job(const http::Request& request) const;
  void write(http::Exchange& exchange, const Target& target, const Media& media);
  void carry_out(http::Exchange& exchange, std::vector<WriteJob> jobs, std::shared_ptr<Once> once,
                 bool is_batch);

  const query::Model& model_;
  std::unique_ptr<Backend> backend_;
  PlanCache plans_;
  std::chrono::seconds lifetime_;  // of an Idempotency-Key
};

}  // namespace sqlxc::rest
