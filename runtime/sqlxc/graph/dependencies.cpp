#include <sqlxc/graph/dependencies.h>

#include <algorithm>
#include <optional>
#include <utility>

#include <sqlxc/core/text.h>
#include <sqlxc/json/writer.h>
#include <sqlxc/query/tracked.h>

namespace sqlxc::graph {
namespace {

using query::EntityIndex;
using query::FieldIndex;
using query::Filter;
using query::Query;

// A query that names more rows than these reads any row.
constexpr std::size_t kMaxAlternatives = 100;

/// A field of which a query's rows can have only these values.
struct Known {
  FieldIndex field = 0;
  std::vector<std::string> values = {};  // as JSON
};
using Knowns = std::vector<Known>;

std::optional<std::string> json_of(const value::Value& value) {
  std::string json;
  if (value.kind == value::Kind::integer) {
    append_number(json, value.integer);
  } else if (value.kind == value::Kind::text) {
    json::append_string(json, value.text);
  } else {
    return std::nullopt;
  }
  return json;
}

const Known* find(const Knowns& knowns, FieldIndex field) {
  const auto found = std::ranges::find(knowns, field, &Known::field);
  return found == knowns.end() ? nullptr : &*found;
}

void add_known(Knowns& knowns, FieldIndex field, const std::vector<value::Value>& values) {
  if (values.size() > kMaxAlternatives || find(knowns, field) != nullptr) return;
  Known known{.field = field};
  for (const value::Value& value : values) {
    auto json = json_of(value);
    if (!json) return;
    known.values.push_back(*std::move(json));
  }
  knowns.push_back(std::move(known));
}

// What a row must be for the filter to hold.
void add_knowns(Knowns& knowns, const Filter& filter) {
  if (filter.is_negated) return;
  if (filter.kind == Filter::Kind::all) {
    for (const Filter& child : filter.children) add_knowns(knowns, child);
    return;
  }
  const bool names_values =
      filter.comparison == query::Comparison::eq || filter.comparison == query::Comparison::in;
  const bool is_plain = filter.kind == Filter::Kind::compare && filter.path.empty() &&
                        filter.quantifier == Filter::Quantifier::none;
  if (is_plain && names_values) add_known(knowns, filter.field, filter.values);
}

class DependencyFinder {
 public:
  explicit DependencyFinder(const query::Model& model) : model_(model) {}

  void add(const Query& query, Knowns knowns = {}) {
    const query::Entity& entity = model_.entities[query.entity];
    if (query.call) add_call(model_.functions[query.call->function]);
    for (std::size_t i = 0; i < query.key.size(); ++i) {
      add_known(knowns, entity.primary_key.fields[i], {query.key[i]});
    }
    add_knowns(knowns, query.filter);
    if (!entity.is_result) add_rows(query.entity, knowns);
    add(query.entity, query.filter);
    for (const query::Item& item : query.items) {
      if (item.field != query::Item::kAllRows && item.embed == query::Item::kNoEmbed)
        add_field(entity, item.field);
    }
    for (const query::Sort& sort : query.order) {
      if (!sort.relations.empty()) {
        add_behind(query.entity, sort, knowns);
      } else if (sort.embed == query::Sort::kOwn) {
        add_field(entity, sort.field);
      }
    }
    for (const query::Embed& embed : query.embeds) {
      const query::Relation& relation = entity.relations[embed.relation];
      add_relation(relation, knowns);
      add(embed.query, knowns_of(relation, knowns));
    }
  }

  Dependencies take() { return std::move(found_); }

 private:
  void add(Dependency dependency) {
    if (std::ranges::find(found_.tables, dependency) == found_.tables.end()) {
      found_.tables.push_back(std::move(dependency));
    }
  }

  // The rows of an entity in which these values are known.
  void add_rows(EntityIndex index, const Knowns& knowns) {
    const query::Entity& entity = model_.entities[index];
    if (!entity.reads.empty()) return add_tables(entity.reads);
    if (add_row(index, knowns)) return;
    for (const FieldIndex field : query::tracked_fields(entity)) {
      const Known* known = find(knowns, field);
      if (known == nullptr) continue;
      for (const std::string& value : known->values) {
        add(Dependency{.entity = index, .fields = {field}, .values = {value}});
      }
      return;
    }
    add(Dependency{.entity = index});
  }

  void add_tables(std::span<const EntityIndex> tables) {
    for (const EntityIndex table : tables) add(Dependency{.entity = table});
  }

  // A named query says what it reads; the body of a function may read anything.
  void add_call(const query::Function& function) {
    found_.is_everything |= function.reads.empty();
    add_tables(function.reads);
  }

  // Whether the primary key is known.
  bool add_row(EntityIndex index, const Knowns& knowns) {
    const auto& fields = model_.entities[index].primary_key.fields;
    if (fields.empty()) return false;
    Dependency row{.entity = index, .fields = {fields.begin(), fields.end()}};
    for (const FieldIndex field : fields) {
      const Known* known = find(knowns, field);
      if (known == nullptr || (known->values.size() != 1 && fields.size() > 1)) return false;
      if (fields.size() > 1) row.values.push_back(known->values.front());
    }
    if (fields.size() > 1) {
      add(std::move(row));
      return true;
    }
    for (const std::string& value : find(knowns, fields[0])->values) {
      row.values = {value};
      add(row);
    }
    return true;
  }

  // What is known of the rows that stand in `relation` to those of which `knowns` are known.
  static Knowns knowns_of(const query::Relation& relation, const Knowns& knowns) {
    Knowns target;
    if (relation.cardinality == query::Cardinality::many_to_many) return target;
    for (std::size_t i = 0; i < relation.from.size(); ++i) {
      const Known* known = find(knowns, relation.from[i]);
      if (known != nullptr) target.push_back({relation.to[i], known->values});
    }
    return target;
  }

  // The rows that lead to what others are sorted by.
  void add_behind(EntityIndex entity, const query::Sort& sort, Knowns knowns) {
    for (const query::RelationIndex index : sort.relations) {
      const query::Relation& relation = model_.entities[entity].relations[index];
      add_relation(relation, knowns);
      knowns = knowns_of(relation, knowns);
      entity = relation.target;
      Query row;
      row.entity = entity;
      add(row, knowns);
    }
    add_field(model_.entities[entity], sort.field);
  }

  // The pairs of a relation of many to many are rows, too.
  void add_relation(const query::Relation& relation, const Knowns& knowns) {
    found_.is_everything |= !relation.function.empty();
    if (relation.cardinality != query::Cardinality::many_to_many) return;
    Knowns pairs;
    for (std::size_t i = 0; i < relation.from.size(); ++i) {
      const Known* known = find(knowns, relation.from[i]);
      if (known != nullptr) pairs.push_back({relation.via_from[i], known->values});
    }
    add_rows(relation.via, pairs);
  }

  void add_field(const query::Entity& entity, FieldIndex field) {
    found_.is_everything |= entity.fields[field].computed;
  }

  void add(EntityIndex entity, const Filter& filter) {
    if (filter.kind == Filter::Kind::compare) add_field(model_.entities[entity], filter.field);
    if (filter.kind == Filter::Kind::related) {
      const query::Relation& relation = model_.entities[entity].relations[filter.relation];
      add_relation(relation, {});
      add_rows(relation.target, {});
      entity = relation.target;
    }
    for (const Filter& child : filter.children) add(entity, child);
  }

  const query::Model& model_;
  Dependencies found_;
};

}  // namespace

Dependencies dependencies_of(const query::Model& model, std::span<const Query> queries) {
  DependencyFinder finder(model);
  for (const Query& query : queries) finder.add(query);
  return finder.take();
}

}  // namespace sqlxc::graph
