#pragma once

#include <memory>
#include <mutex>
#include <optional>

#include <sqlxc/graph/execute.h>
#include <sqlxc/graphql/schema.h>
#include <sqlxc/http/exchange.h>
#include <sqlxc/query/model.h>
#include <sqlxc/rest/backend.h>

// POST /graphql: an operation in, its data and errors out.
namespace sqlxc::service {

/// The schema, built of its text when it is first asked for; all loops share it.
class GraphqlSchema {
 public:
  explicit GraphqlSchema(const query::Model& model) : model_(model) {}

  const graphql::Schema& get() const;

 private:
  const query::Model& model_;
  mutable std::once_flag built_;
  mutable std::optional<graphql::Schema> schema_;
};

/// The face of one loop.
class GraphqlRoute {
 public:
  /// All outlive the route; the model has names in GraphQL.
  GraphqlRoute(const query::Model& model, const GraphqlSchema& schema, rest::Backend& backend)
      : model_(model), schema_(schema), backend_(backend) {}

  void handle(http::Exchange& exchange);

 private:
  graph::Executor& executor();

  const query::Model& model_;
  const GraphqlSchema& schema_;
  rest::Backend& backend_;
  std::unique_ptr<graph::Executor> executor_;
};

}  // namespace sqlxc::service
