#pragma once

#include <functional>

#include <sqlxc/graph/execute.h>
#include <sqlxc/graphql_http/prepare.h>
#include <sqlxc/live/engine.h>

// GraphQL for what stays open: operations of WebSockets and event streams become plans that can be
// run again and again. What is refused over HTTP is refused here, by the same code.
namespace sqlxc::service {

class LiveEngine final : public live::Engine {
 public:
  /// The executor is made when it is first asked for; both outlive the engine.
  using GetExecutor = std::function<graph::Executor&()>;
  LiveEngine(graphql_http::Preparer& preparer, GetExecutor executor)
      : preparer_(preparer), executor_(std::move(executor)) {}

  live::Plan prepare(const live::Operation& operation) override;
  void run(const live::Plan& plan, live::RunDone done) override;

 private:
  graphql_http::Preparer& preparer_;
  GetExecutor executor_;
};

}  // namespace sqlxc::service
