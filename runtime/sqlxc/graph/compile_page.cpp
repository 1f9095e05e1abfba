#include <algorithm>
#include <utility>

#include <sqlxc/graph/compile.h>
#include <sqlxc/graph/cursor.h>
#include <sqlxc/graph/refusal.h>

// Connections (Relay's cursor connections): a page of rows by keyset, one row more than is shown,
// so that it is known whether others follow.
namespace sqlxc::graph {

using graphql::Input;
using graphql::Selected;
using query::Query;

namespace {

struct PageArguments {
  std::optional<std::int64_t> first;
  std::optional<std::int64_t> last;
  const Input* after = nullptr;
  const Input* before = nullptr;
};

// `count(*)` of all the rows that a page is of.
Query count_of(const Query& rows) {
  Query count;
  count.entity = rows.entity;
  count.is_positional = true;
  count.filter = rows.filter;
  count.items.push_back(
      {.key = {}, .field = query::Item::kAllRows, .aggregate = query::Aggregate::count});
  return count;
}

Read<std::vector<value::Value>> read_cursor(const query::Model& model, const Query& query,
                                            std::string_view order, const Input& cursor) {
  const auto refuse = [&] {
    return std::unexpected(
        bad_input("`" + cursor.name + "` is no cursor of a connection in this order"));
  };
  const auto parts = split_cursor(cursor.text);
  if (!parts || parts->front() != order || parts->size() != query.order.size() + 1) {
    return refuse();
  }
  std::vector<value::Value> values;
  for (std::size_t i = 0; i < query.order.size(); ++i) {
    const query::Sort& sort = query.order[i];
    auto value = value_of(query::field_behind(model, query.entity, sort.relations, sort.field),
                          (*parts)[i + 1]);
    if (!value) return refuse();
    values.push_back(std::move(*value));
  }
  return values;
}

}  // namespace

Read<void> Compiler::page_members(const std::vector<Selected>& fields, Query& rows, Node& parent,
                                  bool& has_total) const {
  using Kind = Node::Kind;
  std::vector<std::string_view> keys;
  const std::string type(names_.of(rows.entity).type);
  for (const Selected& field : fields) {
    keys.push_back(field.key);
    const std::string_view name = field.field->name;
    Node& node = parent.members.emplace_back();
    if (name == "__typename") {
      const std::string_view owner = parent.kind == Kind::page    ? "Connection"
                                     : parent.kind == Kind::edges ? "Edge"
                                                                  : "";
      node = typename_node(owner.empty() ? "PageInfo" : type + std::string(owner));
    } else if (name == "nodes" || name == "node") {
      node.kind = name == "nodes" ? Kind::nodes : Kind::object;
      node.member = rows.items.size();
      auto members = select_rows(field, rows);
      if (!members) return std::unexpected(std::move(members.error()));
      node.members = std::move(*members);
    } else if (name == "edges" || name == "pageInfo") {
      node.kind = name == "edges" ? Kind::edges : Kind::object;
      node.member = rows.items.size();
      // The node moves while its own members are added.
      Node inner = std::move(node);
      auto done = page_members(fields_of(field), rows, inner, has_total);
      parent.members.back() = std::move(inner);
      if (!done) return done;
    } else if (name == "cursor") {
      node.kind = Kind::cursor;
    } else if (name == "totalCount") {
      node.kind = Kind::total;
      has_total = true;
    } else if (name == "hasNextPage") {
      node.kind = Kind::has_next;
    } else if (name == "hasPreviousPage") {
      node.kind = Kind::has_previous;
    } else if (name == "startCursor") {
      node.kind = Kind::start_cursor;
    } else {
      node.kind = Kind::end_cursor;
    }
  }
  set_keys(parent.members, keys);
  return {};
}

Read<Node> Compiler::page(const Selected& field, query::EntityIndex entity,
                          std::vector<Query>& queries) const {
  Query rows;
  rows.entity = entity;
  rows.is_positional = true;
  PageArguments asked;
  for (const Input& argument : field.arguments.items) {
    if (argument.is_null()) continue;
    if (argument.name == "after") asked.after = &argument;
    if (argument.name == "before") asked.before = &argument;
    if (argument.name != "first" && argument.name != "last") continue;
    const auto count = read_count(argument.name, argument);
    if (!count) return std::unexpected(count.error());
    (argument.name == "first" ? asked.first : asked.last) = *count;
  }
  if (asked.first && asked.last) {
    return std::unexpected(bad_input("a page has `first` or `last`, not both"));
  }
  if (auto read = read_rows_arguments(field, rows); !read) {
    return std::unexpected(std::move(read.error()));
  }
  const query::Entity& of = names_.model().entities[entity];
  if (!query::make_total(of, rows.order)) {
    return std::unexpected(bad_input("rows without a key have no cursors: ask for a list"));
  }
  Node node{.kind = Node::Kind::page};
  node.cursor_order = order_word(entity, rows.order);
  const Query count = count_of(rows);
  for (const Input* cursor : {asked.after, asked.before}) {
    if (cursor == nullptr) continue;
    auto values = read_cursor(names_.model(), rows, node.cursor_order, *cursor);
    if (!values) return std::unexpected(std::move(values.error()));
    (cursor == asked.after ? rows.after : rows.before) = std::move(*values);
  }
  node.is_backward = asked.last.has_value();
  node.has_others = node.is_backward ? asked.before != nullptr : asked.after != nullptr;
  if (node.is_backward) {
    for (query::Sort& sort : rows.order) sort = query::reversed(sort);
    std::swap(rows.after, rows.before);
  }
  std::optional<std::int64_t> limit = asked.first ? asked.first : asked.last;
  if (!limit && of.page > 0) limit = of.page;
  if (limit) {
    node.limit = static_cast<std::size_t>(*limit);
    rows.limit = *limit + 1;
  }
  bool has_total = false;
  if (auto done = page_members(fields_of(field), rows, node, has_total); !done) {
    return std::unexpected(std::move(done.error()));
  }
  node.shown = rows.items.size();
  for (const query::Sort& sort : rows.order) {
    rows.items.push_back(
        {.key = {}, .field = sort.field, .relations = sort.relations, .is_stored = true});
  }
  queries.push_back(std::move(rows));
  if (has_total) queries.push_back(count);
  node.values = queries.size();
  return node;
}

}  // namespace sqlxc::graph
