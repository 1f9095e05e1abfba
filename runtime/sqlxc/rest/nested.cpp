#include <sqlxc/rest/nested.h>

#include <algorithm>
#include <utility>

namespace sqlxc::rest {
namespace {

using query::EntityIndex;
using query::FieldIndex;
using query::Relation;

class Planner {
 public:
  explicit Planner(const query::Model& model) : model_(model) {}

  // Adds the steps of the rows and of all that hangs on them; the step of the rows themselves.
  // `fills` tells where values of theirs come from.
  std::size_t add(EntityIndex entity, Body body, std::vector<NestedStep::Fill> fills);

  std::vector<NestedStep> steps;

 private:
  std::size_t column(std::size_t step, FieldIndex field);
  void link(std::vector<NestedStep::Fill>& fills, std::size_t row, FieldIndex field,
            std::size_t step, std::size_t from_row, FieldIndex from_field);
  void add_through_junction(const Relation& relation, NestedBody nested, std::size_t step);

  const query::Model& model_;
};

// Where `field` stands among what the step returns.
std::size_t Planner::column(std::size_t step, FieldIndex field) {
  std::vector<FieldIndex>& returning = steps[step].returning;
  const auto found = std::ranges::find(returning, field);
  const auto place = static_cast<std::size_t>(found - returning.begin());
  if (found == returning.end()) returning.push_back(field);
  return place;
}

void Planner::link(std::vector<NestedStep::Fill>& fills, std::size_t row, FieldIndex field,
                   std::size_t step, std::size_t from_row, FieldIndex from_field) {
  fills.push_back({.row = row,
                   .field = field,
                   .step = step,
                   .from_row = from_row,
                   .from_column = column(step, from_field)});
}

// The far rows, and a row of the junction for each.
void Planner::add_through_junction(const Relation& relation, NestedBody nested, std::size_t step) {
  const std::size_t rows = nested.body.rows.size();
  const std::size_t far = add(relation.target, std::move(nested.body), {});
  Body junction;
  const std::size_t fields = model_.entities[relation.via].fields.size();
  junction.rows.assign(rows, std::vector<value::Value>(fields));
  std::vector<NestedStep::Fill> fills;
  for (std::size_t row = 0; row < rows; ++row) {
    for (std::size_t i = 0; i < relation.from.size(); ++i) {
      link(fills, row, relation.via_from[i], step, nested.row, relation.from[i]);
    }
    for (std::size_t i = 0; i < relation.to.size(); ++i) {
      link(fills, row, relation.via_to[i], far, row, relation.to[i]);
    }
  }
  add(relation.via, std::move(junction), std::move(fills));
}

std::size_t Planner::add(EntityIndex entity, Body body, std::vector<NestedStep::Fill> fills) {
  const auto relation_of = [&](const NestedBody& nested) -> const Relation& {
    return model_.entities[entity].relations[nested.relation];
  };
  // What the rows refer to comes before them.
  for (NestedBody& nested : body.nested) {
    const Relation& relation = relation_of(nested);
    if (relation.cardinality != query::Cardinality::to_one || nested.body.rows.empty()) continue;
    const std::size_t step = add(relation.target, std::move(nested.body), {});
    for (std::size_t i = 0; i < relation.from.size(); ++i) {
      link(fills, nested.row, relation.from[i], step, 0, relation.to[i]);
    }
  }
  const std::size_t own = steps.size();
  NestedStep& step = steps.emplace_back();
  step.insert.entity = entity;
  step.insert.rows = std::move(body.rows);
  step.fills = std::move(fills);
  for (NestedBody& nested : body.nested) {
    const Relation& relation = relation_of(nested);
    if (relation.cardinality == query::Cardinality::many_to_many) {
      add_through_junction(relation, std::move(nested), own);
    } else if (relation.cardinality == query::Cardinality::to_many) {
      std::vector<NestedStep::Fill> links;
      for (std::size_t row = 0; row < nested.body.rows.size(); ++row) {
        for (std::size_t i = 0; i < relation.to.size(); ++i) {
          link(links, row, relation.to[i], own, nested.row, relation.from[i]);
        }
      }
      add(relation.target, std::move(nested.body), std::move(links));
    }
  }
  return own;
}

}  // namespace

NestedPlan plan_nested(const query::Model& model, EntityIndex entity, Body body) {
  Planner planner(model);
  NestedPlan plan;
  plan.root = planner.add(entity, std::move(body), {});
  plan.steps = std::move(planner.steps);
  // The key of the rows themselves, in front, names them in the answer.
  std::vector<FieldIndex>& returning = plan.steps[plan.root].returning;
  for (FieldIndex field : model.entities[entity].primary_key.fields) {
    if (std::ranges::find(returning, field) == returning.end()) returning.push_back(field);
  }
  return plan;
}

void fill(std::vector<NestedStep>& steps, std::size_t step) {
  for (const NestedStep::Fill& fill : steps[step].fills) {
    steps[step].insert.rows[fill.row][fill.field] =
        steps[fill.step].found[fill.from_row][fill.from_column];
  }
}

}  // namespace sqlxc::rest
