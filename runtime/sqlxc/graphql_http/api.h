#pragma once

#include <functional>
#include <memory>
#include <utility>
#include <vector>

#include <sqlxc/graphql/field_result.h>
#include <sqlxc/graphql/select.h>
#include <sqlxc/graphql_http/negotiate.h>
#include <sqlxc/graphql_http/prepare.h>
#include <sqlxc/graphql_http/shared.h>
#include <sqlxc/http/exchange.h>

// GraphQL over HTTP: a request becomes an operation, what it selects of the schema itself is
// answered here, everything else is somebody else's to carry out. docs/graphql.md says what is
// spoken.
namespace sqlxc::graphql_http {

using graphql::FieldResult;

/// Called once with a result for each field of the operation, in their order; those of
/// introspection may be empty.
using Done = std::move_only_function<void(std::vector<FieldResult> results)>;
/// Called when nobody waits any more.
using Abandon = std::move_only_function<void()>;
/// Carries out an operation, by its plan if it has one: calls `done` now or later on the same
/// thread. `prepared` needs to be looked at only until this returns.
using Execute = std::move_only_function<Abandon(const Prepared& prepared, Done done)>;
/// The plan of a query, for it and those that differ from it in values; none where none can be
/// kept.
using MakePlan =
    std::move_only_function<std::shared_ptr<const graphql::Plan>(const Prepared& prepared)>;

/// The face of one loop.
class Api {
 public:
  Api(const Shared& shared, MakePlan make_plan, Execute execute)
      : shared_(shared),
        preparer_(shared),
        make_plan_(std::move(make_plan)),
        execute_(std::move(execute)) {}

  void handle(http::Exchange& exchange);

  /// What makes operations of requests, for other ways to send them.
  Preparer& preparer() { return preparer_; }

 private:
  void run(http::Exchange& exchange, Form form, Prepared prepared);

  const Shared& shared_;
  Preparer preparer_;
  MakePlan make_plan_;
  Execute execute_;
};

}  // namespace sqlxc::graphql_http
