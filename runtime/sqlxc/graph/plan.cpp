#include <sqlxc/graph/plan.h>

#include <algorithm>
#include <cstddef>
#include <utility>

#include <sqlxc/graph/collect.h>
#include <sqlxc/query/place.h>

namespace sqlxc::graph {
namespace {

using graphql::Input;
using graphql::Selected;

query::Cost cost_of(const query::Model& model, const Compiled& compiled) {
  query::Cost cost = query::Cost::bounded;
  for (const query::Query& query : compiled.queries) {
    const query::Cost own = query.call ? query::Cost::unbounded : query::cost_of(model, query);
    cost = std::max(cost, own);
  }
  return cost;
}

// How often each leaf stands in the arguments of a field and of those below it.
void count_leaves(const Input& input, std::vector<int>& times) {
  if (input.leaf != 0) ++times[input.leaf];
  for (const Input& item : input.items) count_leaves(item, times);
}

void count_leaves(const Selected& field, std::vector<int>& times) {
  count_leaves(field.arguments, times);
  for (const graphql::Branch& branch : field.branches) {
    for (const Selected& each : branch.fields) count_leaves(each, times);
  }
}

// About what is kept of the selected fields, with a column and a node for each, and of arguments.
std::size_t bytes_of(const Input& input) {
  std::size_t bytes = 2 * sizeof(Input) + input.text.size();
  for (const Input& item : input.items) bytes += bytes_of(item);
  return bytes;
}

std::size_t bytes_of(const std::vector<Selected>& fields) {
  constexpr std::size_t kBytesOfField = 1000;
  std::size_t bytes = 0;
  for (const Selected& field : fields) {
    bytes += kBytesOfField + bytes_of(field.arguments);
    for (const graphql::Branch& branch : field.branches) bytes += bytes_of(branch.fields);
  }
  return bytes;
}

// A root field compiled twice, with its values and with places for them: they must agree.
class TemplateMaker {
 public:
  TemplateMaker(const Names& names, const graphql::Schema& schema, query::Dialect dialect,
                std::span<const Input* const> leaves)
      : names_(names),
        schema_(schema),
        dialect_(dialect),
        leaves_(leaves),
        is_wanted_(leaves.size() + 1, true) {}

  // The leaves that stand where no place is left: at a limit, in a list, in a condition of @skip.
  void exclude_used_otherwise(const graphql::Operation& operation) {
    std::vector<int> times(leaves_.size() + 1);
    for (const Selected& field : operation.fields) {
      count_leaves(field, times);
      const Root* root = names_.find_query(field.field->name);
      if (root == nullptr) continue;
      Places places(is_wanted_);
      const Compiler compiler(names_, schema_, dialect_, &places);
      if (!compiler.compile(*root, field)) continue;
      for (const Place& place : places.all()) --times[place.leaf];
    }
    for (std::size_t leaf = 1; leaf < times.size(); ++leaf) is_wanted_[leaf] = times[leaf] == 0;
  }

  std::optional<Template> make(const Root& root, const Selected& field) const {
    auto plain = Compiler(names_, schema_, dialect_).compile(root, field);
    if (!plain) return std::nullopt;
    Places places(is_wanted_);
    auto open = Compiler(names_, schema_, dialect_, &places).compile(root, field);
    if (!open) return std::nullopt;
    const Statement wanted = print(names_.model(), std::move(*plain), dialect_);
    Template made{.statement = print(names_.model(), std::move(*open), dialect_),
                  .places = places.all()};
    const Scope scope{names_, root.entity, dialect_};
    const auto filled = fill(made, scope, leaves_);
    const bool agrees = filled && filled->select->statement.sql == wanted.select->statement.sql &&
                        filled->binds == wanted.binds && filled->cost == wanted.cost;
    if (!agrees) return std::nullopt;
    return made;
  }

  const std::vector<bool>& has_place() const { return is_wanted_; }

 private:
  const Names& names_;
  const graphql::Schema& schema_;
  query::Dialect dialect_;
  std::span<const Input* const> leaves_;
  std::vector<bool> is_wanted_;  // by leaf
};

}  // namespace

Statement print(const query::Model& model, Compiled compiled, query::Dialect dialect) {
  auto select = std::make_shared<query::Select>(
      compiled.shape == Compiled::Shape::together
          ? query::print_together(model, compiled.queries, dialect)
          : query::print_select(model, compiled.queries.front(), dialect));
  Statement statement{.select = nullptr, .binds = {}, .members = nullptr, .shape = compiled.shape};
  statement.binds = std::move(select->statement.binds);
  statement.select = std::move(select);
  statement.cost = cost_of(model, compiled);
  statement.is_function = compiled.is_function;
  statement.changes = compiled.changes;
  statement.members = std::make_shared<const std::vector<Node>>(std::move(compiled.members));
  return statement;
}

rest::SelectTask task_of(Statement statement) {
  rest::SelectTask task;
  task.select = std::move(statement.select);
  task.binds = std::move(statement.binds);
  task.cost = statement.cost;
  task.is_function = statement.is_function;
  task.changes = statement.changes;
  task.taker = std::make_unique<Collector>(statement.shape, std::move(statement.members));
  return task;
}

Read<Statement> fill(const Template& from, const Scope& scope,
                     std::span<const Input* const> leaves) {
  // Read in the order in which the compiler reads them: the first that is refused is the same.
  std::vector<value::Value> values;
  values.reserve(from.places.size());
  for (const Place& place : from.places) {
    auto value = read_place(scope.of(place.entity), place, *leaves[place.leaf - 1]);
    if (!value) {
      graphql::Error error = std::move(value.error());
      error.path.assign(place.path.begin(), place.path.end());
      return std::unexpected(std::move(error));
    }
    const query::Field& field = scope.names.model().entities[place.entity].fields[place.field];
    values.push_back(query::bind_of(*value, field, scope.dialect));
  }
  Statement statement = from.statement;
  for (value::Value& bind : statement.binds) {
    if (const auto number = query::number_of_place(bind)) bind = values[*number];
  }
  return statement;
}

std::shared_ptr<const graphql::Plan> make_plan(const Names& names, const graphql::Schema& schema,
                                               query::Dialect dialect,
                                               const graphql::Operation& operation,
                                               std::span<const Input* const> leaves) {
  TemplateMaker maker(names, schema, dialect, leaves);
  if (!leaves.empty()) maker.exclude_used_otherwise(operation);
  auto templates = std::make_shared<Templates>();
  std::size_t bytes = bytes_of(operation.fields);
  for (const Selected& field : operation.fields) {
    std::optional<Template>& made = templates->emplace_back();
    const Root* root = names.find_query(field.field->name);
    if (root == nullptr) continue;  // of introspection
    made = maker.make(*root, field);
    if (!made) return nullptr;
    bytes += made->statement.select->statement.sql.size();
  }
  return std::make_shared<const graphql::Plan>(graphql::Plan{
      .compiled = std::move(templates), .has_place = maker.has_place(), .bytes = bytes});
}

}  // namespace sqlxc::graph
