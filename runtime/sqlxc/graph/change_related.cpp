#include <algorithm>
#include <iterator>
#include <span>
#include <utility>

#include <sqlxc/graph/keys.h>
#include <sqlxc/graph/nest.h>
#include <sqlxc/graph/refusal.h>
#include <sqlxc/rest/body.h>
#include <sqlxc/rest/problems.h>

// What is done to rows round a row that stands: each a write of its own, in its transaction.
namespace sqlxc::graph {
namespace {

using graphql::Input;
using query::Cardinality;
using query::FieldIndex;
using query::Filter;
using query::Relation;
using rest::Verb;
using rest::WriteJob;
using value::Value;
using Kind = Connection::Kind;

// The value of each column that a relation starts from, where the primary key has it.
Read<std::vector<Value>> from_values(const query::Entity& entity, const Relation& relation,
                                     const std::vector<Value>& key) {
  std::vector<Value> values;
  for (const FieldIndex from : relation.from) {
    const auto& fields = entity.primary_key.fields;
    const auto at = std::ranges::find(fields, from) - fields.begin();
    if (static_cast<std::size_t>(at) == fields.size()) {
      return refuse("`" + std::string(relation.name) +
                    "` does not hang on the primary key: write its rows by themselves");
    }
    values.push_back(key[static_cast<std::size_t>(at)]);
  }
  return values;
}

void add_equal(Filter& filter, FieldIndex field, Value value) {
  Filter part{.kind = Filter::Kind::compare, .field = field};
  part.values.push_back(std::move(value));
  query::add_condition(filter, std::move(part));
}

WriteJob job_of(query::EntityIndex entity, Verb verb) {
  WriteJob job;
  job.entity = entity;
  job.insert.entity = entity;
  job.verb = verb;
  job.shown.entity = entity;
  job.must_find = verb == Verb::update || verb == Verb::remove;
  return job;
}

// A new row of the table, with the rows that come with it, and the columns that `filled` gives.
Read<WriteJob> insert_job(const Scope& target, const Input& row,
                          std::span<const FieldIndex> filled = {},
                          const std::vector<Value>& values = {}) {
  WriteJob job = job_of(target.entity, Verb::insert);
  std::vector<Connection> connections;
  auto json = row_json(target, row, rules::Write::insert, connections);
  if (!json) return std::unexpected(std::move(json.error()));
  rest::BodyOptions options;
  options.missing_default = true;
  options.dialect = target.dialect;
  options.filled = filled;
  options.model = &target.names.model();
  rules::Violations violations;
  const query::Entity& entity = target.model();
  auto body = rest::parse_body(entity, *json, options, violations);
  if (!body) return std::unexpected(to_error(body.error()));
  if (!violations.empty()) {
    return std::unexpected(to_error(rest::of_violations(entity, violations, 422)));
  }
  for (std::size_t i = 0; i < filled.size(); ++i) body->rows[0][filled[i]] = values[i];
  job.nested = rest::plan_nested(target.names.model(), target.entity, std::move(*body));
  for (const Connection& connection : connections) {
    if (auto added = connect(target, connection, job.nested); !added) {
      return std::unexpected(std::move(added.error()));
    }
  }
  return job;
}

// Where the root's row of a plan has `field`, for later steps.
std::size_t column_of_root(rest::NestedPlan& plan, FieldIndex field) {
  std::vector<FieldIndex>& returning = plan.steps[plan.root].returning;
  const auto found = std::ranges::find(returning, field);
  const auto place = static_cast<std::size_t>(found - returning.begin());
  if (found == returning.end()) returning.push_back(field);
  return place;
}

// Adds a step whose columns `into` get what the root's row has in `from`.
void add_step(rest::NestedPlan& plan, rest::NestedStep step, std::span<const FieldIndex> from,
              std::span<const FieldIndex> into) {
  for (std::size_t i = 0; i < from.size(); ++i) {
    step.fills.push_back(
        {.field = into[i], .step = plan.root, .from_column = column_of_root(plan, from[i])});
  }
  plan.steps.push_back(std::move(step));
}

// The relation that leads back, from the target's rows to the entity's.
const Relation* inverse_of(const query::Model& model, query::EntityIndex entity,
                           const Relation& relation) {
  const auto leads_back = [&](const Relation& other) {
    const bool is_pairs = relation.cardinality == Cardinality::many_to_many;
    if (other.target != entity || is_pairs != (other.cardinality == Cardinality::many_to_many)) {
      return false;
    }
    if (is_pairs) {
      return other.via == relation.via && std::ranges::equal(other.via_from, relation.via_to) &&
             std::ranges::equal(other.via_to, relation.via_from);
    }
    return std::ranges::equal(other.from, relation.to) &&
           std::ranges::equal(other.to, relation.from);
  };
  const auto& relations = model.entities[relation.target].relations;
  const auto found = std::ranges::find_if(relations, leads_back);
  return found == relations.end() ? nullptr : &*found;
}

// Holds for the target's rows that stand in the relation to the row with that key.
Read<Filter> stands_in(const Scope& scope, const Relation& relation,
                       const std::vector<Value>& key) {
  const query::Model& model = scope.names.model();
  const Relation* inverse = inverse_of(model, scope.entity, relation);
  if (inverse == nullptr) {
    return refuse("no relation leads back from `" + std::string(relation.name) +
                  "`: write its rows by themselves");
  }
  const auto index = inverse - model.entities[relation.target].relations.data();
  Filter filter{.kind = Filter::Kind::related,
                .relation = static_cast<query::RelationIndex>(index)};
  filter.children.push_back(query::key_filter(scope.model(), key));
  return filter;
}

struct Changed {
  std::vector<Value> values;
  std::vector<Connection> deeper;
};

Read<Changed> changed_values(const Scope& target, const Input& input) {
  Changed changed;
  auto json = row_json(target, input, rules::Write::update, changed.deeper);
  if (!json) return std::unexpected(std::move(json.error()));
  rest::BodyOptions options;
  options.write = rules::Write::update;
  options.dialect = target.dialect;
  rules::Violations violations;
  auto body = rest::parse_body(target.model(), *json, options, violations);
  if (!body) return std::unexpected(to_error(body.error()));
  if (!violations.empty()) {
    return std::unexpected(to_error(rest::of_violations(target.model(), violations, 422)));
  }
  changed.values = std::move(body->rows[0]);
  return changed;
}

// The primary key, where an input names the row by it.
Read<std::vector<Value>> primary_key_of(const Scope& target, const Input* key) {
  std::vector<Value> values;
  for (const FieldIndex field : target.model().primary_key.fields) {
    const Input* part =
        key == nullptr ? nullptr : key->find(target.names.of(target.entity).fields[field]);
    if (part == nullptr || part->is_null()) {
      return refuse("rows of other tables are written round a row that its primary key names");
    }
    auto value = read_key_part(target, field, *part);
    if (!value) return std::unexpected(std::move(value.error()));
    values.push_back(std::move(*value));
  }
  return values;
}

// The change of one row of the target that `filter` finds, and of the rows round it.
Read<std::vector<WriteJob>> update_jobs(const Scope& target, Filter filter, const Input* key,
                                        const Input& input) {
  std::vector<WriteJob> jobs;
  auto changed = changed_values(target, input);
  if (!changed) return std::unexpected(std::move(changed.error()));
  WriteJob& job = jobs.emplace_back(job_of(target.entity, Verb::update));
  job.filter = std::move(filter);
  job.values = std::move(changed->values);
  // It must be there even where none of its own columns changes.
  job.is_item = true;
  if (changed->deeper.empty()) return jobs;
  auto own = primary_key_of(target, key);
  if (!own) return std::unexpected(std::move(own.error()));
  for (const Connection& connection : changed->deeper) {
    auto more = change_related(target, connection, *own);
    if (!more) return more;
    std::ranges::move(*more, std::back_inserter(jobs));
  }
  return jobs;
}

// Through a table of pairs.
Read<std::vector<WriteJob>> change_pair(const Scope& scope, const Connection& connection,
                                        const Relation& relation, const std::vector<Value>& from,
                                        const std::vector<Value>& key) {
  const Scope target = scope.of(relation.target);
  std::vector<WriteJob> jobs;
  std::vector<Value> row(scope.names.model().entities[relation.via].fields.size());
  for (std::size_t i = 0; i < from.size(); ++i) row[relation.via_from[i]] = from[i];
  if (connection.kind == Kind::create) {
    auto job = insert_job(target, *connection.input);
    if (!job) return std::unexpected(std::move(job.error()));
    rest::NestedStep pair;
    pair.insert.entity = relation.via;
    pair.insert.rows.push_back(std::move(row));
    add_step(job->nested, std::move(pair), relation.to, relation.via_to);
    jobs.push_back(std::move(*job));
    return jobs;
  }
  if (connection.kind == Kind::update) {
    const Input* own = connection.input->find("key");
    auto filter = key_filter(target, *own);
    if (!filter) return std::unexpected(std::move(filter.error()));
    auto stands = stands_in(scope, relation, key);
    if (!stands) return std::unexpected(std::move(stands.error()));
    query::add_condition(*filter, std::move(*stands));
    return update_jobs(target, std::move(*filter), own, *connection.input->find("input"));
  }
  auto to = to_values(target, relation, *connection.input);
  if (!to) return std::unexpected(std::move(to.error()));
  const bool connects = connection.kind == Kind::connect;
  WriteJob& job = jobs.emplace_back(job_of(relation.via, connects ? Verb::insert : Verb::remove));
  for (std::size_t i = 0; i < from.size(); ++i) {
    add_equal(job.filter, relation.via_from[i], from[i]);
  }
  for (std::size_t i = 0; i < to->size(); ++i) {
    add_equal(job.filter, relation.via_to[i], (*to)[i]);
    row[relation.via_to[i]] = (*to)[i];
  }
  if (connects) job.insert.rows.push_back(std::move(row));
  if (connection.kind == Kind::remove) {
    auto filter = key_filter(target, *connection.input);
    if (!filter) return std::unexpected(std::move(filter.error()));
    jobs.push_back(job_of(relation.target, Verb::remove));
    jobs.back().filter = std::move(*filter);
  }
  return jobs;
}

// The row that the row with that key refers to: a new one in its place, or that one itself.
Read<std::vector<WriteJob>> change_referred(const Scope& scope, const Connection& connection,
                                            const Relation& relation,
                                            const std::vector<Value>& key) {
  const Scope target = scope.of(relation.target);
  std::vector<WriteJob> jobs;
  if (connection.kind == Kind::create) {
    auto job = insert_job(target, *connection.input);
    if (!job) return std::unexpected(std::move(job.error()));
    rest::NestedStep refer;
    refer.insert.entity = scope.entity;
    refer.insert.rows.emplace_back(scope.model().fields.size());
    refer.where = query::key_filter(scope.model(), key);
    add_step(job->nested, std::move(refer), relation.to, relation.from);
    jobs.push_back(std::move(*job));
    return jobs;
  }
  auto filter = stands_in(scope, relation, key);
  if (!filter) return std::unexpected(std::move(filter.error()));
  Filter found;
  query::add_condition(found, std::move(*filter));
  if (connection.kind == Kind::update) {
    return update_jobs(target, std::move(found), nullptr, *connection.input);
  }
  jobs.push_back(job_of(relation.target, Verb::remove));
  jobs.back().filter = std::move(found);
  return jobs;
}

// Lets go of what stands in the relation to the row and is none of the keys: rows that hang on it,
// or pairs.
Read<WriteJob> let_go(const Scope& scope, const Relation& relation, const std::vector<Value>& from,
                      const Input& keys) {
  const bool is_pairs = relation.cardinality == Cardinality::many_to_many;
  const Scope target = scope.of(relation.target);
  WriteJob job =
      job_of(is_pairs ? relation.via : relation.target, is_pairs ? Verb::remove : Verb::update);
  job.must_find = false;
  for (std::size_t i = 0; i < from.size(); ++i) {
    add_equal(job.filter, is_pairs ? relation.via_from[i] : relation.to[i], from[i]);
  }
  Filter kept{.kind = Filter::Kind::any, .is_negated = true};
  for (const Input& key : keys.items) {
    Filter& one = kept.children.emplace_back();
    if (!is_pairs) {
      auto filter = key_filter(target, key);
      if (!filter) return std::unexpected(std::move(filter.error()));
      one = std::move(*filter);
      continue;
    }
    auto to = to_values(target, relation, key);
    if (!to) return std::unexpected(std::move(to.error()));
    for (std::size_t i = 0; i < to->size(); ++i) {
      add_equal(one, relation.via_to[i], std::move((*to)[i]));
    }
  }
  if (!kept.children.empty()) query::add_condition(job.filter, std::move(kept));
  if (is_pairs) return job;
  job.values.resize(target.model().fields.size());
  for (const FieldIndex field : relation.to) job.values[field] = Value::null();
  return job;
}

// These rows and no others stand in the relation then.
Read<std::vector<WriteJob>> set_related(const Scope& scope, const Connection& connection,
                                        const Relation& relation, const std::vector<Value>& from,
                                        const std::vector<Value>& key) {
  std::vector<FieldIndex> pair(relation.via_from.begin(), relation.via_from.end());
  pair.insert(pair.end(), relation.via_to.begin(), relation.via_to.end());
  const bool is_pairs = relation.cardinality == Cardinality::many_to_many;
  if (is_pairs) {
    const query::Entity& via = scope.names.model().entities[relation.via];
    const auto is_pair = [&](const query::Key& each) {
      return std::ranges::is_permutation(each.fields, pair);
    };
    if (!is_pair(via.primary_key) && std::ranges::none_of(via.uniques, is_pair)) {
      return refuse("`set` asks for a table in which each pair stands once: `" +
                    std::string(relation.name) + "` has none");
    }
  }
  auto others = let_go(scope, relation, from, *connection.input);
  if (!others) return std::unexpected(std::move(others.error()));
  std::vector<WriteJob> jobs;
  jobs.push_back(std::move(*others));
  for (const Input& item : connection.input->items) {
    auto connects = change_related(
        scope, {.kind = Kind::connect, .relation = connection.relation, .input = &item}, key);
    if (!connects) return connects;
    if (is_pairs) {
      // A pair that stands stays as it is.
      connects->front().insert.on_conflict = query::Insert::OnConflict::ignore;
      connects->front().insert.target = pair;
    }
    std::ranges::move(*connects, std::back_inserter(jobs));
  }
  return jobs;
}

}  // namespace

Read<std::vector<WriteJob>> change_related(const Scope& scope, const Connection& connection,
                                           const std::vector<Value>& key) {
  const Relation& relation = scope.model().relations[connection.relation];
  const Scope target = scope.of(relation.target);
  if (relation.cardinality == Cardinality::to_one) {
    return change_referred(scope, connection, relation, key);
  }
  auto from = from_values(scope.model(), relation, key);
  if (!from) return std::unexpected(std::move(from.error()));
  if (connection.kind == Kind::set) return set_related(scope, connection, relation, *from, key);
  if (relation.cardinality == Cardinality::many_to_many) {
    return change_pair(scope, connection, relation, *from, key);
  }
  std::vector<WriteJob> jobs;
  if (connection.kind == Kind::create) {
    auto job = insert_job(target, *connection.input, relation.to, *from);
    if (!job) return std::unexpected(std::move(job.error()));
    jobs.push_back(std::move(*job));
    return jobs;
  }
  const bool is_update = connection.kind == Kind::update;
  const Input* own = is_update ? connection.input->find("key") : connection.input;
  auto filter = key_filter(target, *own);
  if (!filter) return std::unexpected(std::move(filter.error()));
  // Only what hangs on the row is changed through it; a row that is connected may hang elsewhere.
  if (connection.kind != Kind::connect) {
    for (std::size_t i = 0; i < from->size(); ++i) {
      add_equal(*filter, relation.to[i], (*from)[i]);
    }
  }
  if (is_update) {
    return update_jobs(target, std::move(*filter), own, *connection.input->find("input"));
  }
  WriteJob& job = jobs.emplace_back(
      job_of(relation.target, connection.kind == Kind::remove ? Verb::remove : Verb::update));
  job.filter = std::move(*filter);
  job.values.resize(target.model().fields.size());
  for (std::size_t i = 0; i < from->size(); ++i) {
    if (connection.kind == Kind::connect) job.values[relation.to[i]] = (*from)[i];
    if (connection.kind == Kind::disconnect) job.values[relation.to[i]] = Value::null();
  }
  return jobs;
}

}  // namespace sqlxc::graph
