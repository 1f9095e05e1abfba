#include <sqlxc/query/bounded.h>

#include <algorithm>
#include <span>
#include <vector>

namespace sqlxc::query {
namespace {

// Beyond these a read is long even over an index.
constexpr std::int64_t kMaxRows = 1000;
constexpr std::int64_t kMaxOffset = 1000;

// Whether it holds a column to one value.
bool is_equality(const Filter& filter) {
  return filter.kind == Filter::Kind::compare && !filter.is_negated && filter.path.empty() &&
         filter.comparison == Comparison::eq && filter.quantifier == Filter::Quantifier::none;
}

// The fields that the query fixes to one value each.
std::vector<FieldIndex> fixed_fields(const Model& model, const Query& query) {
  std::vector<FieldIndex> fields;
  const auto add = [&](const Filter& filter) {
    if (is_equality(filter)) fields.push_back(filter.field);
  };
  if (query.filter.kind == Filter::Kind::compare) add(query.filter);
  if (query.filter.kind == Filter::Kind::all && !query.filter.is_negated) {
    std::ranges::for_each(query.filter.children, add);
  }
  if (query.origin) {
    const Relation& relation =
        model.entities[query.origin->entity].relations[query.origin->relation];
    if (relation.cardinality != Cardinality::many_to_many) {
      fields.insert(fields.end(), relation.to.begin(), relation.to.end());
    }
  }
  return fields;
}

bool contains_all(const std::vector<FieldIndex>& fields, std::span<const FieldIndex> key) {
  return !key.empty() && std::ranges::all_of(key, [&](FieldIndex field) {
    return std::ranges::find(fields, field) != fields.end();
  });
}

bool fixes_a_key(const Entity& entity, const std::vector<FieldIndex>& fixed) {
  if (contains_all(fixed, entity.primary_key.fields)) return true;
  return std::ranges::any_of(entity.uniques,
                             [&](const Key& key) { return contains_all(fixed, key.fields); });
}

// Whether an index, after the fixed fields that it starts with, yields the rows in the order.
bool serves_order(const Key& index, const std::vector<FieldIndex>& fixed,
                  const std::vector<Sort>& order, const Entity& entity) {
  std::size_t at = 0;
  while (at < index.fields.size() && std::ranges::find(fixed, index.fields[at]) != fixed.end()) {
    ++at;
  }
  for (const Sort& sort : order) {
    if (std::ranges::find(fixed, sort.field) != fixed.end()) continue;
    // A single integer key follows every index entry, as its rowid.
    const bool is_tail = at == index.fields.size() && entity.primary_key.fields.size() == 1 &&
                         entity.primary_key.fields[0] == sort.field;
    const bool is_next = at < index.fields.size() && index.fields[at] == sort.field;
    if (!is_tail && !is_next) return false;
    if (sort.descending != order[0].descending) return false;
    if (is_next) ++at;
  }
  return true;
}

bool has_index_order(const Entity& entity, const std::vector<FieldIndex>& fixed,
                     const std::vector<Sort>& order) {
  if (order.empty()) return fixed.empty();
  const auto is_own = [](const Sort& sort) {
    return sort.embed == Sort::kOwn && sort.relations.empty() && sort.path.empty();
  };
  if (!std::ranges::all_of(order, is_own)) return false;
  const auto serves = [&](const Key& index) { return serves_order(index, fixed, order, entity); };
  return serves(entity.primary_key) || std::ranges::any_of(entity.indexes, serves) ||
         std::ranges::any_of(entity.uniques, serves);
}

bool has_indexed_filter(const Entity& entity, const std::vector<FieldIndex>& fixed) {
  const auto leads = [&](const Key& index) {
    return !index.fields.empty() && std::ranges::find(fixed, index.fields[0]) != fixed.end();
  };
  return leads(entity.primary_key) || std::ranges::any_of(entity.indexes, leads) ||
         std::ranges::any_of(entity.uniques, leads);
}

// Whether every condition is a fixed field: then no row of the index is read in vain.
bool filters_only_fixed(const Query& query) {
  if (query.filter.kind == Filter::Kind::compare) return is_equality(query.filter);
  if (query.filter.kind != Filter::Kind::all || query.filter.is_negated) return false;
  return std::ranges::all_of(query.filter.children, is_equality);
}

Cost worse(Cost a, Cost b) { return std::max(a, b); }

bool has_small_limit(const Query& query) {
  return query.limit && *query.limit <= kMaxRows && query.offset <= kMaxOffset;
}

// Whether rows of other tables must be looked at for each row.
bool looks_elsewhere(const Filter& filter) {
  return filter.kind == Filter::Kind::related ||
         std::ranges::any_of(filter.children, looks_elsewhere);
}

Cost own_cost(const Model& model, const Query& query, const std::vector<FieldIndex>& fixed) {
  const Entity& entity = model.entities[query.entity];
  // All that is found is ranked before the first row is known.
  if (entity.is_view || query.search) return Cost::unbounded;
  if (!query.key.empty() || fixes_a_key(entity, fixed)) return Cost::bounded;
  if (query.origin) {
    const Relation& relation =
        model.entities[query.origin->entity].relations[query.origin->relation];
    if (relation.cardinality == Cardinality::to_one) return Cost::bounded;
    if (relation.cardinality == Cardinality::many_to_many) {
      return has_small_limit(query) ? Cost::likely : Cost::unbounded;
    }
  }
  // Of groups a limit says little: all rows are read before the first is known.
  if (!has_small_limit(query) || is_grouped(model, query)) return Cost::unbounded;
  if (looks_elsewhere(query.filter)) return Cost::unbounded;
  const bool is_indexed = has_indexed_filter(entity, fixed);
  const bool is_ordered = has_index_order(entity, fixed, query.order);
  if (is_ordered && filters_only_fixed(query) && (fixed.empty() || is_indexed)) {
    return Cost::bounded;
  }
  return is_indexed ? Cost::likely : Cost::unbounded;
}

Cost embed_cost(const Model& model, const Entity& owner, const Embed& embed) {
  const Relation& relation = owner.relations[embed.relation];
  if (embed.is_inner) return Cost::unbounded;
  Cost cost = Cost::bounded;
  if (relation.cardinality != Cardinality::to_one) {
    std::vector<FieldIndex> fixed = fixed_fields(model, embed.query);
    fixed.insert(fixed.end(), relation.to.begin(), relation.to.end());
    if (relation.cardinality == Cardinality::many_to_many) {
      cost = Cost::likely;
    } else {
      cost = own_cost(model, embed.query, fixed);
      // Without a limit there are as many as hang on the row: few, as a rule.
      if (cost == Cost::unbounded && !embed.query.limit &&
          has_indexed_filter(model.entities[embed.query.entity], fixed)) {
        cost = Cost::likely;
      }
    }
  }
  for (const Embed& inner : embed.query.embeds) {
    cost = worse(cost, embed_cost(model, model.entities[embed.query.entity], inner));
  }
  return cost;
}

}  // namespace

Cost cost_of(const Model& model, const Query& query) {
  Cost cost = own_cost(model, query, fixed_fields(model, query));
  for (const Embed& embed : query.embeds) {
    cost = worse(cost, embed_cost(model, model.entities[query.entity], embed));
  }
  return cost;
}

}  // namespace sqlxc::query
