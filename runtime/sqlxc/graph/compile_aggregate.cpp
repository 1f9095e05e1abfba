#include <algorithm>
#include <array>
#include <utility>

#include <sqlxc/graph/compile.h>
#include <sqlxc/graph/refusal.h>

// What is computed over rows, and over groups of rows.
namespace sqlxc::graph {

using graphql::Input;
using graphql::Selected;
using query::Query;

namespace {

struct Computed {
  std::string_view name;
  query::Aggregate aggregate;
  std::string_view ending;  // of its type
};

constexpr std::array kComputed = {
    Computed{"sum", query::Aggregate::sum, "Sum"},
    Computed{"average", query::Aggregate::avg, "Average"},
    Computed{"min", query::Aggregate::min, "Min"},
    Computed{"max", query::Aggregate::max, "Max"},
};

query::Item count_item() {
  return {.key = {}, .field = query::Item::kAllRows, .aggregate = query::Aggregate::count};
}

}  // namespace

// `count`, or `sum { ... }`: members of one object.
Read<void> Compiler::aggregate_member(const Selected& field, Query& all,
                                      std::vector<Node>& nodes) const {
  const std::string_view name = field.field->name;
  if (name == "count") {
    all.items.push_back(count_item());
    nodes.push_back({.kind = Node::Kind::value});
    return {};
  }
  const auto* computed = std::ranges::find(kComputed, name, &Computed::name);
  if (computed == kComputed.end()) {
    return std::unexpected(bad_input("`" + std::string(name) + "` is computed of nothing"));
  }
  const query::GraphqlEntity& names = names_.of(all.entity);
  Node object{.kind = Node::Kind::object};
  std::vector<std::string_view> keys;
  for (const Selected& inner : fields_of(field)) {
    keys.push_back(inner.key);
    const auto column = place_of(names.fields, inner.field->name);
    if (column) {
      all.items.push_back({.key = {},
                           .field = static_cast<query::FieldIndex>(*column),
                           .aggregate = computed->aggregate});
      object.members.push_back({.kind = Node::Kind::value});
    } else {
      object.members.push_back(
          typename_node(std::string(names.type) + std::string(computed->ending)));
    }
  }
  set_keys(object.members, keys);
  nodes.push_back(std::move(object));
  return {};
}

Read<Node> Compiler::groups(const Selected& field, Query rows, std::vector<Query>& queries) const {
  const query::GraphqlEntity& names = names_.of(rows.entity);
  std::vector<query::FieldIndex> by;
  for (const Input& argument : field.arguments.items) {
    if (argument.is_null()) continue;
    if (argument.name == "by") {
      for (const Input& column : argument.items) {
        const auto at = place_of(names.fields, column.text);
        if (at) by.push_back(static_cast<query::FieldIndex>(*at));
      }
      continue;
    }
    const auto count = read_count(argument.name, argument);
    if (!count) return std::unexpected(count.error());
    if (argument.name == "limit") {
      rows.limit = *count;
    } else {
      rows.offset = *count;
    }
  }
  if (by.empty()) return std::unexpected(bad_input("`by` names the columns that groups share"));
  Node node{.kind = Node::Kind::groups, .values = 0};
  std::vector<query::FieldIndex> shown;
  std::vector<std::string_view> keys;
  for (const Selected& member : fields_of(field)) {
    keys.push_back(member.key);
    if (member.field->name == "__typename") {
      node.members.push_back(typename_node(std::string(names.type) + "Group"));
      continue;
    }
    if (member.field->name != "key") {
      if (auto done = aggregate_member(member, rows, node.members); !done) {
        return std::unexpected(std::move(done.error()));
      }
      continue;
    }
    Node object{.kind = Node::Kind::object};
    std::vector<std::string_view> inner_keys;
    for (const Selected& inner : fields_of(member)) {
      inner_keys.push_back(inner.key);
      const auto column = place_of(names.fields, inner.field->name);
      if (!column) {
        object.members.push_back(typename_node(std::string(names.type) + "GroupKey"));
      } else if (std::ranges::find(by, *column) == by.end()) {
        // Groups do not share it.
        object.members.push_back({.kind = Node::Kind::constant, .text = "null", .values = 0});
      } else {
        shown.push_back(static_cast<query::FieldIndex>(*column));
        object.members.push_back(select_column(shown.back(), rows));
      }
    }
    set_keys(object.members, inner_keys);
    node.members.push_back(std::move(object));
  }
  set_keys(node.members, keys);
  for (const query::FieldIndex column : by) {
    if (std::ranges::find(shown, column) == shown.end()) {
      rows.items.push_back({.key = {}, .field = column});
    }
    rows.order.push_back({.field = column});
  }
  // Groups are groups even where nothing is computed of them.
  rows.items.push_back(count_item());
  node.member = queries.size();
  queries.push_back(std::move(rows));
  return node;
}

Read<Node> Compiler::aggregate(const Selected& field, query::EntityIndex entity,
                               std::vector<Query>& queries) const {
  Query all;
  all.entity = entity;
  all.is_positional = true;
  if (const Input* where = field.arguments.find("where")) {
    auto filter = read_where(scope_of(entity), *where);
    if (!filter) return std::unexpected(std::move(filter.error()));
    all.filter = std::move(*filter);
  }
  const Query rows = all;
  Node node{.kind = Node::Kind::aggregate};
  queries.emplace_back();  // of all rows
  std::vector<std::string_view> keys;
  for (const Selected& member : fields_of(field)) {
    keys.push_back(member.key);
    if (member.field->name == "__typename") {
      node.members.push_back(typename_node(std::string(names_.of(entity).type) + "Aggregate"));
    } else if (member.field->name == "groups") {
      auto inner = groups(member, rows, queries);
      if (!inner) return inner;
      node.members.push_back(std::move(*inner));
    } else if (auto done = aggregate_member(member, all, node.members); !done) {
      return std::unexpected(std::move(done.error()));
    }
  }
  set_keys(node.members, keys);
  if (all.items.empty()) all.items.push_back(count_item());
  queries.front() = std::move(all);
  node.values = queries.size();
  return node;
}

}  // namespace sqlxc::graph
