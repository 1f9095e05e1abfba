#include <sqlxc/graph/mutate.h>

#include <algorithm>
#include <iterator>
#include <memory>
#include <utility>

#include <sqlxc/graph/collect.h>
#include <sqlxc/graph/nest.h>
#include <sqlxc/graph/refusal.h>
#include <sqlxc/rest/body.h>
#include <sqlxc/rest/problems.h>

namespace sqlxc::graph {
namespace {

using graphql::Input;
using graphql::Selected;
using query::FieldIndex;
using rest::Verb;
using rest::WriteJob;
using value::Value;
using Kind = Root::Kind;

class MutationCompiler {
 public:
  MutationCompiler(const Compiler& compiler, const Root& root, const Selected& field)
      : compiler_(compiler), root_(root), field_(field), scope_(compiler.scope_of(root.entity)) {}

  Read<Mutation> run() {
    job_.entity = root_.entity;
    job_.insert.entity = root_.entity;
    job_.preferences.returns = rest::Preferences::Return::representation;
    if (auto done = show(); !done) return std::unexpected(std::move(done.error()));
    switch (root_.kind) {
      case Kind::create:
      case Kind::create_many:
      case Kind::upsert:
      case Kind::upsert_many:
        return insert();
      case Kind::update:
      case Kind::update_many:
        return update();
      default:
        return remove();
    }
  }

 private:
  bool is_many() const {
    return root_.kind == Kind::create_many || root_.kind == Kind::upsert_many ||
           root_.kind == Kind::update_many || root_.kind == Kind::remove_many;
  }

  // What the answer shows of the rows.
  Read<void> show() {
    job_.shown.entity = root_.entity;
    job_.shown.is_positional = true;
    auto members = compiler_.select_rows(field_, job_.shown);
    if (!members) return std::unexpected(std::move(members.error()));
    // A row is counted even where nothing of it is shown but its type.
    if (job_.shown.items.empty()) job_.shown.items.push_back({.key = {}, .field = 0});
    mutation_.members = std::move(*members);
    mutation_.shape = is_many() ? Compiled::Shape::list : Compiled::Shape::one;
    return {};
  }

  Read<Mutation> finish() {
    job_.taker = std::make_shared<Collector>(
        mutation_.shape, std::make_shared<const std::vector<Node>>(mutation_.members));
    mutation_.shown = mutation_.jobs.size();
    mutation_.jobs.push_back(std::move(job_));
    return std::move(mutation_);
  }

  const Input& input() const { return *field_.arguments.find("input"); }

  Read<rest::Body> read_body(std::string_view json, rules::Write write, bool takes_nested) const {
    rest::BodyOptions options;
    options.write = write;
    options.takes_many = is_many() && write == rules::Write::insert;
    options.missing_default = true;
    options.dialect = scope_.dialect;
    if (takes_nested) options.model = &scope_.names.model();
    const query::Entity& entity = scope_.model();
    rules::Violations violations;
    auto body = rest::parse_body(entity, json, options, violations);
    if (!body) return std::unexpected(to_error(body.error()));
    if (!violations.empty()) {
      return std::unexpected(to_error(rest::of_violations(entity, violations, 422)));
    }
    return std::move(*body);
  }

  Read<Mutation> insert() {
    const bool is_upsert = root_.kind == Kind::upsert || root_.kind == Kind::upsert_many;
    if (is_upsert) {
      if (auto chosen = choose_target(); !chosen) {
        return std::unexpected(std::move(chosen.error()));
      }
    }
    std::vector<Connection> connections;
    auto json = row_json(scope_, input(), rules::Write::insert, connections);
    if (!json) return std::unexpected(std::move(json.error()));
    auto body = read_body(*json, rules::Write::insert, !is_upsert);
    if (!body) return std::unexpected(std::move(body.error()));
    if (body->nested.empty() && connections.empty()) {
      job_.insert.rows = std::move(body->rows);
      return finish();
    }
    if (is_upsert) {
      return std::unexpected(bad_input("an upsert takes no rows of other tables with it"));
    }
    job_.nested = rest::plan_nested(scope_.names.model(), root_.entity, std::move(*body));
    for (const Connection& connection : connections) {
      if (auto added = connect(scope_, connection, job_.nested); !added) {
        return std::unexpected(std::move(added.error()));
      }
    }
    return finish();
  }

  Read<void> choose_target() {
    const auto& key = scope_.model().primary_key.fields;
    job_.insert.on_conflict = query::Insert::OnConflict::merge;
    job_.insert.target.assign(key.begin(), key.end());
    const Input* target = field_.arguments.find("onConflict");
    if (target == nullptr || target->is_null()) return {};
    job_.insert.target.clear();
    for (const Input& column : target->items) {
      const auto at = place_of(scope_.names.of(root_.entity).fields, column.text);
      if (at) job_.insert.target.push_back(static_cast<FieldIndex>(*at));
    }
    const auto is_key = [&](const query::Key& key_of) {
      return std::ranges::is_permutation(key_of.fields, job_.insert.target);
    };
    const query::Entity& entity = scope_.model();
    if (is_key(entity.primary_key) || std::ranges::any_of(entity.uniques, is_key)) return {};
    return std::unexpected(bad_input("`onConflict` names the columns of a unique key"));
  }

  Read<std::vector<Value>> read_key() const {
    std::vector<Value> key;
    for (const FieldIndex part : scope_.model().primary_key.fields) {
      const Input* argument = field_.arguments.find(scope_.names.of(root_.entity).fields[part]);
      if (argument == nullptr) return std::unexpected(bad_input("a part of the key is missing"));
      auto value = read_key_part(scope_, part, *argument);
      if (!value) return std::unexpected(std::move(value.error()));
      key.push_back(std::move(*value));
    }
    return key;
  }

  Read<void> find_rows() {
    if (!is_many()) {
      auto key = read_key();
      if (!key) return std::unexpected(std::move(key.error()));
      job_.is_item = true;
      job_.filter = query::key_filter(scope_.model(), std::move(*key));
      return {};
    }
    auto where = read_where(scope_, *field_.arguments.find("where"));
    if (!where) return std::unexpected(std::move(where.error()));
    if (where->children.empty()) {
      return std::unexpected(
          bad_input("without a condition this would write every row; `where: {and: []}` says so"));
    }
    job_.filter = std::move(*where);
    return {};
  }

  Read<Mutation> update() {
    job_.verb = Verb::update;
    if (auto found = find_rows(); !found) return std::unexpected(std::move(found.error()));
    std::vector<Connection> connections;
    auto json = row_json(scope_, input(), rules::Write::update, connections);
    if (!json) return std::unexpected(std::move(json.error()));
    auto body = read_body(*json, rules::Write::update, false);
    if (!body) return std::unexpected(std::move(body.error()));
    job_.values = std::move(body->rows.front());
    if (!connections.empty()) {
      if (is_many()) {
        return std::unexpected(bad_input("rows of other tables are written with one row"));
      }
      auto key = read_key();
      if (!key) return std::unexpected(std::move(key.error()));
      // Nothing is written round a row that is not there.
      job_.must_find = true;
      for (const Connection& connection : connections) {
        auto jobs = change_related(scope_, connection, *key);
        if (!jobs) return std::unexpected(std::move(jobs.error()));
        std::ranges::move(*jobs, std::back_inserter(mutation_.jobs));
      }
    }
    return finish();
  }

  Read<Mutation> remove() {
    job_.verb = Verb::remove;
    if (auto found = find_rows(); !found) return std::unexpected(std::move(found.error()));
    return finish();
  }

  const Compiler& compiler_;
  const Root& root_;
  const Selected& field_;
  Scope scope_;
  WriteJob job_;
  Mutation mutation_;
};

}  // namespace

Read<Mutation> compile_mutation(const Compiler& compiler, const Root& root, const Selected& field) {
  if (field.error) return std::unexpected(bad_input(field.error->message));
  return MutationCompiler(compiler, root, field).run();
}

}  // namespace sqlxc::graph
