#include <sqlxc/service/live_engine.h>

#include <algorithm>
#include <memory>
#include <string_view>
#include <utility>
#include <vector>

#include <sqlxc/graphql_http/answer.h>
#include <sqlxc/json/writer.h>

namespace sqlxc::service {
namespace {

using graphql_http::Prepared;

// What a run says when the database could not be asked: the result before still stands. That a
// statement took too long is an answer.
constexpr std::string_view kUnavailable = "UNAVAILABLE";
constexpr std::string_view kTooLong = R"("reason":"57014")";

live::Plan refused(const graphql_http::Failure& failure) {
  live::Plan plan;
  json::Writer writer(plan.errors);
  graphql::append_errors(writer, failure.errors);
  return plan;
}

live::Plan::Kind kind_of(graphql::ast::OperationKind kind) {
  switch (kind) {
    case graphql::ast::OperationKind::query:
      return live::Plan::Kind::query;
    case graphql::ast::OperationKind::mutation:
      return live::Plan::Kind::mutation;
    case graphql::ast::OperationKind::subscription:
      return live::Plan::Kind::live;
  }
  return live::Plan::Kind::refused;
}

bool is_unavailable(const graphql::FieldResult& result) {
  return std::ranges::any_of(result.errors, [](const graphql::Error& error) {
    return error.code == kUnavailable && !error.extensions.contains(kTooLong);
  });
}

}  // namespace

live::Plan LiveEngine::prepare(const live::Operation& operation) {
  auto prepared = preparer_.prepare(operation);
  if (!prepared) return refused(prepared.error());
  live::Plan plan{.kind = kind_of(prepared->operation->kind)};
  if (plan.kind == live::Plan::Kind::live) {
    graph::Dependencies found = executor_().dependencies_of(*prepared->operation);
    plan.reads_everything = found.is_everything;
    for (graph::Dependency& table : found.tables) {
      plan.dependencies.push_back({.entity = table.entity,
                                   .fields = std::move(table.fields),
                                   .values = std::move(table.values)});
    }
  }
  plan.compiled = std::make_shared<const Prepared>(*std::move(prepared));
  return plan;
}

void LiveEngine::run(const live::Plan& plan, live::RunDone done) {
  const auto prepared = std::static_pointer_cast<const Prepared>(plan.compiled);
  const graphql::Schema& schema = preparer_.shared().schema();
  (void)executor_().run(
      *prepared->operation, [prepared, &schema, end = std::move(done)](
                                std::vector<graphql::FieldResult> results) mutable {
        live::Outcome outcome;
        outcome.is_unavailable = std::ranges::any_of(results, is_unavailable);
        graphql_http::append_answer(outcome.json, schema, *prepared->operation, std::move(results));
        end(std::move(outcome));
      });
}

}  // namespace sqlxc::service
