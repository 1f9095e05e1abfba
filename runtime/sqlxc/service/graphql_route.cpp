#include <sqlxc/service/graphql_route.h>

#include <utility>
#include <vector>

namespace sqlxc::service {

GraphqlRoute::GraphqlRoute(const query::Model& model, const graphql_http::Shared& shared,
                           rest::Backend& backend)
    : model_(model),
      shared_(shared),
      backend_(backend),
      api_(shared, [this](const graphql::Operation& operation, graphql_http::Done done) {
        auto run = executor().run(
            operation, [done = std::move(done)](std::vector<graph::FieldResult> results) mutable {
              std::vector<graphql_http::FieldResult> fields;
              for (graph::FieldResult& result : results) {
                fields.push_back({std::move(result.json), std::move(result.errors)});
              }
              done(std::move(fields));
            });
        return graphql_http::Abandon([run = std::move(run)] { run->abandon(); });
      }) {}

graph::Executor& GraphqlRoute::executor() {
  if (!executor_) {
    executor_ = std::make_unique<graph::Executor>(model_, shared_.schema(), backend_);
  }
  return *executor_;
}

}  // namespace sqlxc::service
