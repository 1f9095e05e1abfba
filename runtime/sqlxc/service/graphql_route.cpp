#include <sqlxc/service/graphql_route.h>

#include <string_view>
#include <utility>

#include <sqlxc/live/face.h>

namespace sqlxc::service {

Result<std::unique_ptr<graphql_http::Shared>> share_graphql(const query::Model& model,
                                                            const Settings& settings) {
  if (model.graphql == nullptr) return nullptr;
  graphql_http::Options options;
  options.introspects = settings.graphql_introspection;
  options.has_page = settings.graphql_page;
  options.trusts_only = settings.graphql_trusted_only;
  options.limits.max_depth = settings.graphql_max_depth;
  options.limits.max_fields = settings.graphql_max_fields;
  options.limits.max_cost = settings.graphql_max_cost;
  const std::string_view sdl = model.graphql->sdl;
  if (settings.graphql_documents.empty()) {
    return std::make_unique<graphql_http::Shared>(sdl, options);
  }
  auto documents = graphql_http::TrustedDocuments::read(settings.graphql_documents);
  if (!documents) return std::unexpected(std::move(documents.error()));
  return std::make_unique<graphql_http::Shared>(sdl, options, *std::move(documents));
}

GraphqlRoute::GraphqlRoute(const query::Model& model, const graphql_http::Shared& shared,
                           live::Hub& hub, const live::SessionOptions& sockets, net::Loop& loop,
                           rest::Backend& backend)
    : model_(model),
      shared_(shared),
      backend_(backend),
      api_(
          shared,
          [this](const graphql_http::Prepared& prepared) {
            return executor().make_plan(*prepared.operation, prepared.leaves);
          },
          [this](const graphql_http::Prepared& prepared, graphql_http::Done done) {
            const graphql::Operation& operation = *prepared.operation;
            auto run = prepared.plan != nullptr ? executor().run(operation, *prepared.plan,
                                                                 prepared.leaves, std::move(done))
                                                : executor().run(operation, std::move(done));
            return graphql_http::Abandon([run = std::move(run)] { run->abandon(); });
          }),
      engine_(api_.preparer(), [this]() -> graph::Executor& { return executor(); }),
      live_(hub, loop, engine_),
      sockets_(sockets) {}

void GraphqlRoute::handle(http::Exchange& exchange) {
  if (!live::answer(exchange, live_, sockets_)) api_.handle(exchange);
}

graph::Executor& GraphqlRoute::executor() {
  if (!executor_) {
    executor_ = std::make_unique<graph::Executor>(model_, shared_.schema(), backend_);
  }
  return *executor_;
}

}  // namespace sqlxc::service
