#include <sqlxc/graph/compile.h>

#include <algorithm>
#include <utility>

#include <sqlxc/graph/cursor.h>
#include <sqlxc/graph/refusal.h>
#include <sqlxc/json/writer.h>
#include <sqlxc/query/default_order.h>
#include <sqlxc/query/search_text.h>

namespace sqlxc::graph {

using graphql::Input;
using graphql::Selected;
using query::Cardinality;
using query::EntityIndex;
using query::FieldIndex;
using query::Query;

const std::vector<Selected>& fields_of(const Selected& field) {
  static const std::vector<Selected> kNone;
  return field.branches.empty() ? kNone : field.branches.front().fields;
}

Node typename_node(std::string_view type) {
  Node node{.kind = Node::Kind::constant, .values = 0};
  json::append_string(node.text, type);
  return node;
}

namespace {

Query rows_of(EntityIndex entity) {
  Query query;
  query.entity = entity;
  query.is_positional = true;
  return query;
}

void take_keys(std::vector<Node>& nodes, const std::vector<Selected>& fields) {
  std::vector<std::string_view> keys;
  for (const Selected& field : fields) keys.push_back(field.key);
  set_keys(nodes, keys);
}

}  // namespace

Node Compiler::select_column(FieldIndex field, Query& query) const {
  Node node{.kind = Node::Kind::value};
  query.items.push_back({.key = {}, .field = field});
  const query::Field& column = names_.model().entities[query.entity].fields[field];
  for (const query::GraphqlLabels& each : names_.of(query.entity).labels) {
    if (each.field != field) continue;
    node.labels = column.labels;
    node.names = each.names;
  }
  return node;
}

Read<void> Compiler::read_rows_arguments(const Selected& field, Query& query) const {
  const Scope scope = scope_of(query.entity);
  for (const Input& argument : field.arguments.items) {
    if (argument.is_null()) continue;
    if (argument.name == "query") {
      auto search = query::read_search(scope.model(), argument.text, dialect_);
      if (!search) return std::unexpected(bad_input(search.error()));
      query.search = std::move(*search);
    } else if (argument.name == "where") {
      auto where = read_where(scope, argument);
      if (!where) return std::unexpected(std::move(where.error()));
      query.filter = std::move(*where);
    } else if (argument.name == "orderBy") {
      if (auto order = read_order(scope, argument, query); !order) return order;
    } else if (argument.name == "limit" || argument.name == "offset") {
      const auto count = read_count(argument.name, argument);
      if (!count) return std::unexpected(count.error());
      if (argument.name == "limit") {
        query.limit = *count;
      } else {
        query.offset = *count;
      }
    }
  }
  if (query.search) {
    query.search->is_ranked = query.order.empty();
  } else {
    query::add_default_order(scope.model(), query);
  }
  return {};
}

Read<Node> Compiler::select_relation(const Selected& field, query::RelationIndex index,
                                     std::string_view ending, Query& query) const {
  const query::Relation& relation = names_.model().entities[query.entity].relations[index];
  std::vector<Query> queries;
  Read<Node> node;
  if (ending == "Connection") {
    node = page(field, relation.target, queries);
  } else if (ending == "Aggregate") {
    node = aggregate(field, relation.target, queries);
  } else {
    Query& rows = queries.emplace_back(rows_of(relation.target));
    const bool is_one = relation.cardinality == Cardinality::to_one;
    node->kind = is_one ? Node::Kind::one : Node::Kind::rows;
    if (!is_one) {
      if (auto read = read_rows_arguments(field, rows); !read) {
        return std::unexpected(std::move(read.error()));
      }
    }
    auto members = select_rows(field, rows);
    if (!members) return std::unexpected(std::move(members.error()));
    // A row is read even where nothing of it is shown but its type.
    if (rows.items.empty()) rows.items.push_back({.key = {}, .field = 0});
    node->members = std::move(*members);
  }
  if (!node) return node;
  for (Query& each : queries) {
    query.items.push_back({.key = {}, .embed = query.embeds.size()});
    query.embeds.push_back({.relation = index, .query = std::move(each)});
  }
  return node;
}

Read<void> Compiler::select_field(const Selected& field, Query& query,
                                  std::vector<Node>& nodes) const {
  const std::string_view name = field.field->name;
  const query::GraphqlEntity& names = names_.of(query.entity);
  const query::Entity& entity = names_.model().entities[query.entity];
  if (name == "__typename") {
    nodes.push_back(typename_node(names.type));
    return {};
  }
  if (name == names_.node_id() && !entity.primary_key.fields.empty()) {
    Node node{.kind = Node::Kind::node_id, .text = std::string(names.type)};
    node.values = entity.primary_key.fields.size();
    for (const FieldIndex key : entity.primary_key.fields) {
      const bool is_stored = entity.fields[key].pg_from_text.empty();
      query.items.push_back({.key = {}, .field = key, .is_stored = is_stored});
    }
    nodes.push_back(std::move(node));
    return {};
  }
  if (const auto column = place_of(names.fields, name)) {
    if (entity.fields[*column].computed && dialect_ == query::Dialect::sqlite) {
      return std::unexpected(bad_input("`" + std::string(name) +
                                       "` is a function of the database, which SQLite has not"));
    }
    nodes.push_back(select_column(static_cast<FieldIndex>(*column), query));
    return {};
  }
  for (const std::string_view ending : {"", "Connection", "Aggregate"}) {
    if (!name.ends_with(ending)) continue;
    const auto relation = place_of(names.relations, name.substr(0, name.size() - ending.size()));
    if (!relation) continue;
    auto node = select_relation(field, static_cast<query::RelationIndex>(*relation), ending, query);
    if (!node) return std::unexpected(std::move(node.error()));
    nodes.push_back(std::move(*node));
    return {};
  }
  return std::unexpected(bad_input("`" + std::string(name) + "` is nothing of this schema"));
}

Read<std::vector<Node>> Compiler::select_branch(const std::vector<Selected>& fields,
                                                Query& query) const {
  std::vector<Node> nodes;
  for (const Selected& field : fields) {
    if (field.error) return std::unexpected(bad_input(field.error->message));
    if (places_ != nullptr) places_->enter(field.key);
    auto selected = select_field(field, query, nodes);
    if (places_ != nullptr) places_->leave();
    if (!selected) {
      graphql::Error error = std::move(selected.error());
      error.path.insert(error.path.begin(), std::string(field.key));
      return std::unexpected(std::move(error));
    }
  }
  take_keys(nodes, fields);
  return nodes;
}

Read<std::vector<Node>> Compiler::select_rows(const Selected& field, Query& query) const {
  return select_branch(fields_of(field), query);
}

Read<Compiled> Compiler::compile_one(const Root& root, const Selected& field) const {
  Compiled compiled{.shape = Compiled::Shape::one, .entity = root.entity};
  Query& query = compiled.queries.emplace_back(rows_of(root.entity));
  const Scope scope = scope_of(root.entity);
  const query::Entity& entity = scope.model();
  const bool is_primary = root.kind == Root::Kind::one;
  const query::Key& key = is_primary ? entity.primary_key : entity.uniques[root.index];
  for (const FieldIndex part : key.fields) {
    const Input* argument = field.arguments.find(scope.names.of(root.entity).fields[part]);
    if (argument == nullptr) return std::unexpected(bad_input("a part of the key is missing"));
    auto value =
        is_primary ? read_key_part(scope, part, *argument) : read_value(scope, part, *argument);
    if (!value) return std::unexpected(std::move(value.error()));
    if (is_primary) {
      query.key.push_back(std::move(*value));
    } else {
      query::Filter filter{.kind = query::Filter::Kind::compare, .field = part};
      filter.values.push_back(std::move(*value));
      query::add_condition(query.filter, std::move(filter));
    }
  }
  auto members = select_rows(field, query);
  if (!members) return std::unexpected(std::move(members.error()));
  compiled.members = std::move(*members);
  return compiled;
}

Read<Compiled> Compiler::compile_node(const Selected& field) const {
  const Input* id = field.arguments.find("id");
  const auto refuse = [] {
    return std::unexpected(bad_input("`id` is no id that this service has given"));
  };
  if (id == nullptr) return refuse();
  const auto parts = split_cursor(id->text);
  if (!parts || !parts->front().starts_with('"')) return refuse();
  const std::string_view type =
      std::string_view(parts->front()).substr(1, parts->front().size() - 2);
  const auto entity = names_.find_type(type);
  if (!entity) return refuse();
  Compiled compiled{.shape = Compiled::Shape::one, .entity = *entity};
  Query& query = compiled.queries.emplace_back(rows_of(*entity));
  const query::Entity& of = names_.model().entities[*entity];
  if (of.primary_key.fields.empty() || parts->size() != of.primary_key.fields.size() + 1) {
    return refuse();
  }
  for (std::size_t i = 0; i < of.primary_key.fields.size(); ++i) {
    const query::Field& part = of.fields[of.primary_key.fields[i]];
    // What the schema reads by a function of its own has the form that it shows.
    const bool is_read = dialect_ == query::Dialect::postgres && !part.pg_from_text.empty();
    auto value = value_of(is_read ? query::Field() : part, (*parts)[i + 1]);
    if (!value) return refuse();
    query.key.push_back(std::move(*value));
  }
  const auto type_id = schema_.find_type(type);
  const graphql::Branch* branch = type_id ? field.branch_of(*type_id) : nullptr;
  if (branch != nullptr) {
    auto members = select_branch(branch->fields, query);
    if (!members) return std::unexpected(std::move(members.error()));
    compiled.members = std::move(*members);
  }
  return compiled;
}

Read<Compiled> Compiler::compile_function(const Root& root, const Selected& field) const {
  const query::Function& function = names_.model().functions[root.index];
  const auto& arguments = names_.model().graphql->functions[root.index].arguments;
  using Returns = query::Function::Returns;
  Compiled compiled{.entity = root.entity, .is_function = !function.is_query};
  compiled.changes = !function.is_query && function.volatility == query::Volatility::changes;
  Query& query = compiled.queries.emplace_back(rows_of(root.entity));
  query::Call call{.function = root.index, .arguments = {}};
  for (std::size_t i = 0; i < function.parameters.size(); ++i) {
    const Input* argument = field.arguments.find(arguments[i]);
    value::Value& value = call.arguments.emplace_back();
    if (argument == nullptr) continue;
    if (argument->is_null()) {
      value = value::Value::null();
      continue;
    }
    std::string json;
    append_json(json, *argument);
    auto read = value_of(function.parameters[i].field, json);
    if (!read) {
      return std::unexpected(
          bad_input("`" + argument->name + "` is not what the function's parameter takes"));
    }
    value = std::move(*read);
  }
  query.call = std::move(call);
  switch (function.returns) {
    case Returns::nothing:
      compiled.shape = Compiled::Shape::nothing;
      return compiled;
    case Returns::value:
    case Returns::values:
      compiled.shape =
          function.returns == Returns::value ? Compiled::Shape::value : Compiled::Shape::values;
      compiled.members.push_back(select_column(0, query));
      return compiled;
    case Returns::row:
    case Returns::rows:
      break;
  }
  compiled.shape = function.returns == Returns::row ? Compiled::Shape::one : Compiled::Shape::list;
  auto members = select_rows(field, query);
  if (!members) return std::unexpected(std::move(members.error()));
  compiled.members = std::move(*members);
  return compiled;
}

Read<Compiled> Compiler::compile(const Root& root, const Selected& field) const {
  if (field.error) return std::unexpected(bad_input(field.error->message));
  Compiled compiled{.entity = root.entity};
  switch (root.kind) {
    case Root::Kind::one:
    case Root::Kind::unique:
      return compile_one(root, field);
    case Root::Kind::node:
      return compile_node(field);
    case Root::Kind::function:
      return compile_function(root, field);
    case Root::Kind::connection:
    case Root::Kind::aggregate: {
      compiled.shape = Compiled::Shape::together;
      auto node = root.kind == Root::Kind::connection
                      ? page(field, root.entity, compiled.queries)
                      : aggregate(field, root.entity, compiled.queries);
      if (!node) return std::unexpected(std::move(node.error()));
      compiled.members.push_back(std::move(*node));
      return compiled;
    }
    default: {
      Query& query = compiled.queries.emplace_back(rows_of(root.entity));
      if (auto read = read_rows_arguments(field, query); !read) {
        return std::unexpected(std::move(read.error()));
      }
      // As in REST: a table may say how long a page is.
      const std::uint32_t page = names_.model().entities[root.entity].page;
      if (!query.limit && page > 0) query.limit = page;
      auto members = select_rows(field, query);
      if (!members) return std::unexpected(std::move(members.error()));
      compiled.members = std::move(*members);
      return compiled;
    }
  }
}

}  // namespace sqlxc::graph
