#pragma once

#include <expected>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include <sqlxc/graph/compile.h>
#include <sqlxc/graph/names.h>
#include <sqlxc/graph/places.h>
#include <sqlxc/graphql/plan.h>
#include <sqlxc/graphql/select.h>
#include <sqlxc/query/bounded.h>
#include <sqlxc/query/sql.h>
#include <sqlxc/rest/select.h>

// Root fields that read as statements that are printed once. What a variable's value cannot change
// is kept: the text, the columns, the layout of the answer; its values are read anew for each
// request.
namespace sqlxc::graph {

/// A root field, ready to be run.
struct Statement {
  std::shared_ptr<const query::Select> select;
  std::vector<value::Value> binds;
  std::shared_ptr<const std::vector<Node>> members;
  Compiled::Shape shape = Compiled::Shape::list;
  query::Cost cost = query::Cost::unbounded;
  bool is_function = false;
  bool changes = false;
};

/// Prints what was compiled.
Statement print(const query::Model& model, Compiled compiled, query::Dialect dialect);

/// The task that runs it.
rest::SelectTask task_of(Statement statement);

/// A root field whose binds have places.
struct Template {
  Statement statement;
  std::vector<Place> places;
};

/// The template with values in its places; what the first that is none is refused with.
Read<Statement> fill(const Template& from, const Scope& scope,
                     std::span<const graphql::Input* const> leaves);

/// By the operation's fields; those of introspection have none.
using Templates = std::vector<std::optional<Template>>;

/// The plan of a query, where one can be kept: nullptr where a field is refused, or where the
/// places, filled with the operation's own values, do not give the very statements that it has.
std::shared_ptr<const graphql::Plan> make_plan(const Names& names, const graphql::Schema& schema,
                                               query::Dialect dialect,
                                               const graphql::Operation& operation,
                                               std::span<const graphql::Input* const> leaves);

}  // namespace sqlxc::graph
