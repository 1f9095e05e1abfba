#include <sqlxc/graph/nest.h>

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>
#include <utility>

#include <sqlxc/graph/keys.h>
#include <sqlxc/graph/refusal.h>
#include <sqlxc/json/writer.h>
#include <sqlxc/rest/body.h>
#include <sqlxc/rest/problems.h>

namespace sqlxc::graph {
namespace {

using graphql::Input;
using graphql::InputKind;
using query::Cardinality;
using query::FieldIndex;
using query::Filter;
using query::Relation;
using rest::Verb;
using rest::WriteJob;
using value::Value;
using Kind = Connection::Kind;

struct Word {
  std::string_view name;
  Kind kind;
};

constexpr std::array kWords = {
    Word{"connect", Kind::connect}, Word{"create", Kind::create},
    Word{"update", Kind::update},   Word{"disconnect", Kind::disconnect},
    Word{"delete", Kind::remove},   Word{"set", Kind::set},
};

// The rows that an input names: a list, or one.
std::vector<const Input*> items_of(const Input& input) {
  std::vector<const Input*> items;
  if (input.kind != InputKind::list) return {&input};
  for (const Input& item : input.items) items.push_back(&item);
  return items;
}

// Writes rows as JSON; the root's own connections are kept for later.
class RowWriter {
 public:
  RowWriter(const Scope& scope, std::vector<Connection>* connections, bool is_update = false)
      : scope_(scope), connections_(connections), is_update_(is_update) {}

  Read<void> write(std::string& out, const Input& input) {
    if (input.kind == InputKind::list) {
      // Which of several new rows would what stands already be connected to? Each its own.
      out += '[';
      bool is_first = true;
      for (const Input& item : input.items) {
        if (!is_first) out += ',';
        is_first = false;
        RowWriter row(scope_, nullptr);
        if (auto done = row.write(out, item); !done) return done;
      }
      out += ']';
      return {};
    }
    out += '{';
    is_first_ = true;
    for (const Input& member : input.items) {
      if (auto done = write_member(out, member); !done) return done;
    }
    out += '}';
    return {};
  }

 private:
  void key(std::string& out, std::string_view name) {
    if (!is_first_) out += ',';
    is_first_ = false;
    json::append_string(out, name);
    out += ':';
  }

  void write_value(std::string& out, const Scope& scope, FieldIndex field, const Input& input) {
    const query::Field& column = scope.model().fields[field];
    const bool is_label = input.kind == InputKind::enum_value;
    const bool has_labels =
        input.kind == InputKind::list && column.element == query::Type::enumeration;
    if (is_label && column.type != query::Type::json) {
      json::append_string(out, text_of(scope, field, input));
    } else if (has_labels) {
      out += text_of(scope, field, input);
    } else {
      append_json(out, input);
    }
  }

  Read<void> write_member(std::string& out, const Input& member) {
    const query::GraphqlEntity& names = scope_.names.of(scope_.entity);
    if (const auto field = place_of(names.fields, member.name)) {
      key(out, scope_.model().fields[*field].name);
      write_value(out, scope_, static_cast<FieldIndex>(*field), member);
      return {};
    }
    const auto relation = place_of(names.relations, member.name);
    if (!relation) return refuse("`" + member.name + "` is nothing to write");
    if (member.is_null()) return {};
    const auto index = static_cast<query::RelationIndex>(*relation);
    return scope_.model().relations[index].cardinality == Cardinality::to_one
               ? write_one(out, index, member)
               : write_many(out, index, member);
  }

  // The row that this one refers to: a new one, or its key in the columns that refer.
  Read<void> write_one(std::string& out, query::RelationIndex index, const Input& actions) {
    const Relation& relation = scope_.model().relations[index];
    const Scope target = scope_.of(relation.target);
    std::size_t done = 0;
    for (const Input& action : actions.items) {
      const bool is_no = action.kind == InputKind::boolean && !action.boolean;
      if (action.is_null() || is_no) continue;
      if (++done > 1)
        return refuse("one row can be referred to: `" + actions.name + "` names more");
      if (action.name == "disconnect") {
        for (const FieldIndex from : relation.from) {
          key(out, scope_.model().fields[from].name);
          out += "null";
        }
      } else if (action.name == "create" && !is_update_) {
        if (auto written = write_new(out, relation, target, action); !written) return written;
      } else if (action.name == "connect") {
        for (std::size_t i = 0; i < relation.from.size(); ++i) {
          const Input* value = action.find(scope_.names.of(relation.target).fields[relation.to[i]]);
          if (value == nullptr) {
            return refuse("`" + actions.name + "` is connected by the key that it refers to");
          }
          key(out, scope_.model().fields[relation.from[i]].name);
          write_value(out, target, relation.to[i], *value);
        }
      } else if (connections_ != nullptr) {
        const auto* word = std::ranges::find(kWords, action.name, &Word::name);
        connections_->push_back({.kind = word->kind, .relation = index, .input = &action});
      } else {
        return refuse("`" + action.name + "` stands in a row that is written by itself");
      }
    }
    return {};
  }

  Read<void> write_new(std::string& out, const Relation& relation, const Scope& target,
                       const Input& rows) {
    key(out, relation.name);
    return RowWriter(target, nullptr).write(out, rows);
  }

  Read<void> write_many(std::string& out, query::RelationIndex index, const Input& actions) {
    const Relation& relation = scope_.model().relations[index];
    for (const Input& action : actions.items) {
      if (action.is_null()) continue;
      if (action.name == "create" && !is_update_) {
        if (auto written = write_new(out, relation, scope_.of(relation.target), action); !written) {
          return written;
        }
        continue;
      }
      if (connections_ == nullptr) {
        return refuse("`" + action.name + "` stands in the row that the mutation is of");
      }
      const auto* word = std::ranges::find(kWords, action.name, &Word::name);
      if (word->kind == Kind::set) {
        connections_->push_back({.kind = word->kind, .relation = index, .input = &action});
        continue;
      }
      for (const Input* item : items_of(action)) {
        connections_->push_back({.kind = word->kind, .relation = index, .input = item});
      }
    }
    return {};
  }

  Scope scope_;
  std::vector<Connection>* connections_;
  bool is_update_ = false;
  bool is_first_ = true;
};

}  // namespace

Read<std::string> row_json(const Scope& scope, const Input& input, rules::Write write,
                           std::vector<Connection>& connections) {
  std::string json;
  RowWriter writer(scope, &connections, write == rules::Write::update);
  if (auto done = writer.write(json, input); !done) {
    return std::unexpected(std::move(done.error()));
  }
  return json;
}

Read<void> connect(const Scope& scope, const Connection& connection, rest::NestedPlan& plan) {
  const Relation& relation = scope.model().relations[connection.relation];
  const Scope target = scope.of(relation.target);
  if (connection.kind != Kind::connect) return refuse("a new row has no rows to change yet");
  rest::NestedStep step;
  const auto fill_from_root = [&](FieldIndex field, FieldIndex from) {
    std::vector<FieldIndex>& returning = plan.steps[plan.root].returning;
    const auto found = std::ranges::find(returning, from);
    const auto place = static_cast<std::size_t>(found - returning.begin());
    if (found == returning.end()) returning.push_back(from);
    step.fills.push_back({.field = field, .step = plan.root, .from_column = place});
  };
  if (relation.cardinality == Cardinality::many_to_many) {
    auto to = to_values(target, relation, *connection.input);
    if (!to) return std::unexpected(std::move(to.error()));
    step.insert.entity = relation.via;
    auto& row =
        step.insert.rows.emplace_back(scope.names.model().entities[relation.via].fields.size());
    for (std::size_t i = 0; i < to->size(); ++i) row[relation.via_to[i]] = (*to)[i];
    for (std::size_t i = 0; i < relation.from.size(); ++i) {
      fill_from_root(relation.via_from[i], relation.from[i]);
    }
  } else {
    auto filter = key_filter(target, *connection.input);
    if (!filter) return std::unexpected(std::move(filter.error()));
    step.insert.entity = relation.target;
    step.insert.rows.emplace_back(target.model().fields.size());
    step.where = std::move(*filter);
    for (std::size_t i = 0; i < relation.from.size(); ++i) {
      fill_from_root(relation.to[i], relation.from[i]);
    }
  }
  plan.steps.push_back(std::move(step));
  return {};
}

}  // namespace sqlxc::graph
