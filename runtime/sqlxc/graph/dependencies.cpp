#include <algorithm>
#include <utility>

#include <sqlxc/core/text.h>
#include <sqlxc/graph/compile.h>
#include <sqlxc/graph/execute.h>
#include <sqlxc/json/writer.h>

// Which tables, and which rows of them, an answer is made of.
namespace sqlxc::graph {
namespace {

using query::EntityIndex;
using query::Filter;
using query::Query;

std::string json_of(const value::Value& value) {
  std::string json;
  if (value.kind == value::Kind::integer) {
    append_number(json, value.integer);
  } else {
    json::append_string(json, value.text);
  }
  return json;
}

class DependencyFinder {
 public:
  explicit DependencyFinder(const query::Model& model) : model_(model) {}

  void add(const Query& query) {
    Dependency dependency{.entity = query.entity};
    for (const value::Value& value : query.key) dependency.key.push_back(json_of(value));
    add(std::move(dependency));
    add(query.entity, query.filter);
    for (const query::Embed& embed : query.embeds) {
      add_pairs(model_.entities[query.entity].relations[embed.relation]);
      add(embed.query);
    }
  }

  std::vector<Dependency> take() { return std::move(found_); }

 private:
  void add(Dependency dependency) {
    if (std::ranges::find(found_, dependency) == found_.end()) {
      found_.push_back(std::move(dependency));
    }
  }

  void add_pairs(const query::Relation& relation) {
    if (relation.cardinality == query::Cardinality::many_to_many)
      add(Dependency{.entity = relation.via});
  }

  void add(EntityIndex entity, const Filter& filter) {
    if (filter.kind == Filter::Kind::related) {
      const query::Relation& relation = model_.entities[entity].relations[filter.relation];
      add_pairs(relation);
      add(Dependency{.entity = relation.target});
      entity = relation.target;
    }
    for (const Filter& child : filter.children) add(entity, child);
  }

  const query::Model& model_;
  std::vector<Dependency> found_;
};

}  // namespace

std::vector<Dependency> dependencies_of(const query::Model& model, const graphql::Schema& schema,
                                        const graphql::Operation& operation) {
  const Names names(model);
  const Compiler compiler(names, schema, query::Dialect::sqlite);
  DependencyFinder finder(model);
  for (const graphql::Selected& field : operation.fields) {
    const Root* root = names.find_query(field.field->name);
    if (root == nullptr) continue;
    const auto compiled = compiler.compile(*root, field);
    if (!compiled) continue;
    for (const Query& query : compiled->queries) finder.add(query);
  }
  return finder.take();
}

}  // namespace sqlxc::graph
