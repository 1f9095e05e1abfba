#pragma once

#include <memory>

#include <sqlxc/core/error.h>
#include <sqlxc/graph/execute.h>
#include <sqlxc/graphql_http/api.h>
#include <sqlxc/http/exchange.h>
#include <sqlxc/live/hub.h>
#include <sqlxc/live/loop.h>
#include <sqlxc/live/socket_session.h>
#include <sqlxc/net/loop.h>
#include <sqlxc/query/model.h>
#include <sqlxc/rest/backend.h>
#include <sqlxc/service/live_engine.h>
#include <sqlxc/service/settings.h>

// /graphql of one loop: what speaks GraphQL over HTTP, WebSockets and event streams, joined to what
// carries operations out.
namespace sqlxc::service {

/// What the loops share, as the settings say; nothing where the model has no names in GraphQL.
Result<std::unique_ptr<graphql_http::Shared>> share_graphql(const query::Model& model,
                                                            const Settings& settings);

class GraphqlRoute {
 public:
  /// All outlive the route; `shared` has the text of the model's schema.
  GraphqlRoute(const query::Model& model, const graphql_http::Shared& shared, live::Hub& hub,
               const live::SessionOptions& sockets, net::Loop& loop, rest::Backend& backend);

  void handle(http::Exchange& exchange);

 private:
  graph::Executor& executor();

  const query::Model& model_;
  const graphql_http::Shared& shared_;
  rest::Backend& backend_;
  std::unique_ptr<graph::Executor> executor_;  // made with the first request
  graphql_http::Api api_;
  LiveEngine engine_;
  live::Loop live_;
  live::SessionOptions sockets_;
};

}  // namespace sqlxc::service
