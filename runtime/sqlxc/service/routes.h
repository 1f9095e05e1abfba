#pragma once

#include <memory>
#include <string>
#include <string_view>

#include <sqlxc/http/server.h>
#include <sqlxc/observe/log.h>
#include <sqlxc/query/model.h>
#include <sqlxc/rest/api.h>
#include <sqlxc/service/access_log.h>
#include <sqlxc/service/cors.h>
#include <sqlxc/service/graphql_route.h>

// Where a request goes: REST below /api, health, documentation, and a problem for everything else.
namespace sqlxc::service {

/// The handler of one loop.
class Routes final : public http::Handler {
 public:
  /// What all loops share; outlives them.
  struct Shared {
    const query::Model& model;
    const Cors& cors;
    const observe::Log& log;
    const graphql_http::Shared* graphql = nullptr;  // none where the model has no names in GraphQL
    live::Hub* hub = nullptr;                       // of its subscriptions
    live::SessionOptions sockets = {};
    bool has_access_log = false;
  };

  /// `api` answers what is below /api, and whether the database is ready.
  Routes(const Shared& shared, net::Loop& loop, std::unique_ptr<rest::Api> api);

  void handle(http::Exchange& exchange) override;
  void on_finished(const http::Access& access) override;
  void on_exception(http::Exchange& exchange, std::string_view what) override;

 private:
  void handle_own(http::Exchange& exchange);
  void answer_root(http::Exchange& exchange) const;
  void answer_document(http::Exchange& exchange, std::string_view content_type,
                       std::string_view text) const;
  void answer_asset(http::Exchange& exchange, std::string_view name) const;

  const Shared& shared_;
  AccessLog access_log_;
  std::unique_ptr<rest::Api> api_;
  std::unique_ptr<GraphqlRoute> graphql_;
};

}  // namespace sqlxc::service
