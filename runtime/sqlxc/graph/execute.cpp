#include <sqlxc/graph/execute.h>

#include <algorithm>
#include <iterator>
#include <utility>

#include <sqlxc/graph/collect.h>
#include <sqlxc/graph/compile.h>
#include <sqlxc/graph/mutate.h>
#include <sqlxc/graph/plan.h>
#include <sqlxc/graph/refusal.h>
#include <sqlxc/rest/problems.h>

namespace sqlxc::graph {
namespace {

using graphql::Operation;
using graphql::Selected;

FieldResult failed(std::string_view key, graphql::Error error) {
  error.path.insert(error.path.begin(), std::string(key));
  FieldResult result{.json = "null"};
  result.errors.push_back(std::move(error));
  return result;
}

FieldResult result_of(const rest::SelectTask& task, std::string_view key) {
  if (!task.result) return failed(key, to_error(rest::of_failure(task.result.error())));
  return {.json = static_cast<Collector&>(*task.taker).take_json()};
}

// The root fields of a query on their way.
class Reads final : public Run, public std::enable_shared_from_this<Reads> {
 public:
  explicit Reads(Done done) : done_(std::move(done)) {}

  void start(const Names& names, const graphql::Schema& schema, rest::Backend& backend,
             const Operation& operation) {
    const Compiler compiler(names, schema, backend.dialect());
    results_.resize(operation.fields.size());
    for (std::size_t i = 0; i < operation.fields.size(); ++i) {
      const Selected& field = operation.fields[i];
      const Root* root = names.find_query(field.field->name);
      if (root == nullptr) continue;  // of introspection
      auto compiled = compiler.compile(*root, field);
      if (compiled) {
        add(i, field, print(names.model(), std::move(*compiled), backend.dialect()));
      } else {
        add(i, field, std::unexpected(std::move(compiled.error())));
      }
    }
    run(backend);
  }

  void start(const Names& names, rest::Backend& backend, const Operation& operation,
             const Templates& templates, std::span<const graphql::Input* const> leaves) {
    results_.resize(operation.fields.size());
    for (std::size_t i = 0; i < operation.fields.size(); ++i) {
      if (!templates[i]) continue;  // of introspection
      const Scope scope{names, 0, backend.dialect()};
      add(i, operation.fields[i], fill(*templates[i], scope, leaves));
    }
    run(backend);
  }

  void abandon() override {
    if (abandon_) std::exchange(abandon_, nullptr)();
  }

 private:
  struct Placed {
    std::size_t index;
    std::string key;
  };

  void add(std::size_t index, const Selected& field, Read<Statement> statement) {
    if (!statement) {
      results_[index] = failed(field.key, std::move(statement.error()));
      return;
    }
    places_.push_back({index, std::string(field.key)});
    tasks_.push_back(task_of(std::move(*statement)));
  }

  void run(rest::Backend& backend) {
    if (tasks_.empty()) return done_(std::move(results_));
    abandon_ = backend.select(std::move(tasks_), [self = shared_from_this()](auto finished) {
      self->finish(std::move(finished));
    });
  }

  void finish(std::vector<rest::SelectTask> tasks) {
    for (std::size_t i = 0; i < tasks.size(); ++i) {
      results_[places_[i].index] = result_of(tasks[i], places_[i].key);
    }
    std::exchange(done_, nullptr)(std::move(results_));
  }

  Done done_;
  rest::Abandon abandon_;
  std::vector<FieldResult> results_;
  std::vector<rest::SelectTask> tasks_;
  std::vector<Placed> places_;
};

// The root fields of a mutation, one after another.
class Writes final : public Run, public std::enable_shared_from_this<Writes> {
 public:
  Writes(const query::Model& model, rest::Backend& backend, Done done)
      : model_(model), backend_(backend), done_(std::move(done)) {}

  void start(const Names& names, const graphql::Schema& schema, const Operation& operation) {
    const Compiler compiler(names, schema, backend_.dialect());
    results_.resize(operation.fields.size());
    for (std::size_t i = 0; i < operation.fields.size(); ++i) {
      const Selected& field = operation.fields[i];
      const Root* root = names.find_mutation(field.field->name);
      if (root == nullptr) continue;  // of introspection
      Step step{.index = i, .key = std::string(field.key)};
      if (root->kind == Root::Kind::function) {
        auto compiled = compiler.compile(*root, field);
        if (compiled) {
          step.call = task_of(print(model_, std::move(*compiled), backend_.dialect()));
        } else {
          step.error = std::move(compiled.error());
        }
      } else {
        auto mutation = compile_mutation(compiler, *root, field);
        if (mutation) {
          step.mutation = std::move(*mutation);
        } else {
          step.error = std::move(mutation.error());
        }
      }
      steps_.push_back(std::move(step));
    }
    run_next();
  }

  // A write is not given up: nobody could say whether it happened. Nobody hears of it.
  void abandon() override { is_abandoned_ = true; }

 private:
  struct Step {
    std::size_t index = 0;
    std::string key = {};
    std::optional<graphql::Error> error = {};
    std::optional<Mutation> mutation = {};
    std::optional<rest::SelectTask> call = {};
  };

  void run_next() {
    while (next_ < steps_.size() && steps_[next_].error) {
      Step& step = steps_[next_++];
      results_[step.index] = failed(step.key, std::move(*step.error));
    }
    if (next_ == steps_.size()) {
      if (!is_abandoned_) std::exchange(done_, nullptr)(std::move(results_));
      return;
    }
    Step& step = steps_[next_];
    if (step.call) {
      std::vector<rest::SelectTask> tasks;
      tasks.push_back(std::move(*step.call));
      backend_.select(std::move(tasks), [self = shared_from_this()](auto finished) {
        Step& done = self->steps_[self->next_++];
        self->results_[done.index] = result_of(finished.front(), done.key);
        self->run_next();
      });
      return;
    }
    if (step.mutation->jobs.size() == 1 && rest::is_idle(step.mutation->jobs[0])) {
      results_[step.index].json = "[]";
      ++next_;
      return run_next();
    }
    backend_.write(std::move(step.mutation->jobs),
                   [self = shared_from_this()](auto jobs, auto result) {
                     self->finish(std::move(jobs), result);
                     self->run_next();
                   });
  }

  void finish(std::vector<rest::WriteJob> jobs, const std::expected<void, db::Error>& result) {
    Step& step = steps_[next_++];
    FieldResult& field = results_[step.index];
    const auto failing = std::ranges::find(jobs, true, &rest::WriteJob::has_failed);
    rest::WriteJob& shown = jobs[step.mutation->shown];
    const rest::WriteJob& judged = failing == jobs.end() ? shown : *failing;
    if (const auto problem = rest::problem_of(model_, judged, result)) {
      field = failed(step.key, to_error(*problem));
    } else {
      field.json = static_cast<Collector&>(*shown.taker).take_json();
    }
  }

  const query::Model& model_;
  rest::Backend& backend_;
  Done done_;
  std::vector<Step> steps_;
  std::vector<FieldResult> results_;
  std::size_t next_ = 0;
  bool is_abandoned_ = false;
};

}  // namespace

Executor::Executor(const query::Model& model, const graphql::Schema& schema, rest::Backend& backend)
    : model_(model), schema_(schema), backend_(backend), names_(std::make_unique<Names>(model)) {}

Executor::~Executor() = default;

Dependencies Executor::dependencies_of(const Operation& operation) const {
  const Compiler compiler(*names_, schema_, backend_.dialect());
  std::vector<query::Query> queries;
  for (const Selected& field : operation.fields) {
    const Root* root = names_->find_query(field.field->name);
    if (root == nullptr) continue;  // of introspection
    auto compiled = compiler.compile(*root, field);
    if (!compiled) continue;  // its answer is an error, whatever the tables hold
    std::ranges::move(compiled->queries, std::back_inserter(queries));
  }
  return graph::dependencies_of(model_, queries);
}

std::shared_ptr<Run> Executor::run(const Operation& operation, Done done) {
  if (operation.kind == graphql::ast::OperationKind::mutation) {
    auto writes = std::make_shared<Writes>(model_, backend_, std::move(done));
    writes->start(*names_, schema_, operation);
    return writes;
  }
  auto reads = std::make_shared<Reads>(std::move(done));
  reads->start(*names_, schema_, backend_, operation);
  return reads;
}

std::shared_ptr<const graphql::Plan> Executor::make_plan(
    const Operation& operation, std::span<const graphql::Input* const> leaves) const {
  return graph::make_plan(*names_, schema_, backend_.dialect(), operation, leaves);
}

std::shared_ptr<Run> Executor::run(const Operation& operation, const graphql::Plan& plan,
                                   std::span<const graphql::Input* const> leaves, Done done) {
  const auto* templates = static_cast<const Templates*>(plan.compiled.get());
  auto reads = std::make_shared<Reads>(std::move(done));
  reads->start(*names_, backend_, operation, *templates, leaves);
  return reads;
}

}  // namespace sqlxc::graph
