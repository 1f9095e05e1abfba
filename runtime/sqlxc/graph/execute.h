#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include <sqlxc/graph/dependencies.h>
#include <sqlxc/graph/names.h>
#include <sqlxc/graphql/field_result.h>
#include <sqlxc/graphql/plan.h>
#include <sqlxc/graphql/schema.h>
#include <sqlxc/graphql/select.h>
#include <sqlxc/query/model.h>
#include <sqlxc/rest/backend.h>

// Carries out the operations of GraphQL: every root field is compiled to one statement, none is
// resolved. What parses and validates documents stands below (graphql/), what speaks HTTP above.
namespace sqlxc::graph {

using graphql::FieldResult;

/// Called once, on the loop's thread, within Executor::run or later: one result for each field of
/// the operation, in their order. Those of introspection (`__typename`, `__schema`, `__type`) are
/// the caller's: their results are empty.
using Done = std::move_only_function<void(std::vector<FieldResult> results)>;

/// Something that is being carried out. Whoever drops it still gets its results.
class Run {
 public:
  virtual ~Run() = default;
  /// Nobody waits any more: `done` is not called. Writes go on.
  virtual void abandon() = 0;
};

/// The operations of one loop.
class Executor {
 public:
  /// All of them outlive the executor; `model.graphql` has the names that `schema` was built of.
  Executor(const query::Model& model, const graphql::Schema& schema, rest::Backend& backend);
  ~Executor();

  /// Carries out a query's root fields together, in one snapshot where the database has one, and a
  /// mutation's one after another, each in a transaction of its own. `operation` and what it views
  /// need to live only until this returns.
  std::shared_ptr<Run> run(const graphql::Operation& operation, Done done);

  /// What another request for the same query, with other values of its variables, is run by; none
  /// where it has to be compiled again. `leaves` are those of its variables.
  std::shared_ptr<const graphql::Plan> make_plan(
      const graphql::Operation& operation, std::span<const graphql::Input* const> leaves) const;

  /// Carries out a query by the plan of one like it, with these values.
  std::shared_ptr<Run> run(const graphql::Operation& operation, const graphql::Plan& plan,
                           std::span<const graphql::Input* const> leaves, Done done);

  /// What the answer to a query or subscription is made of.
  Dependencies dependencies_of(const graphql::Operation& operation) const;

 private:
  const query::Model& model_;
  const graphql::Schema& schema_;
  rest::Backend& backend_;
  std::unique_ptr<const Names> names_;
};

}  // namespace sqlxc::graph
