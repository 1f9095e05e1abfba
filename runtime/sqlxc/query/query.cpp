#include <sqlxc/query/query.h>

#include <algorithm>
#include <utility>

namespace sqlxc::query {

Filter key_filter(const Entity& entity, std::vector<value::Value> key) {
  Filter filter;
  for (std::size_t i = 0; i < key.size(); ++i) {
    Filter part{.kind = Filter::Kind::compare, .field = entity.primary_key.fields[i]};
    part.values.push_back(std::move(key[i]));
    filter.children.push_back(std::move(part));
  }
  return filter;
}

const Field& field_behind(const Model& model, EntityIndex entity,
                          std::span<const RelationIndex> relations, FieldIndex field) {
  for (const RelationIndex relation : relations) {
    entity = model.entities[entity].relations[relation].target;
  }
  return model.entities[entity].fields[field];
}

std::vector<Item> all_items(const Entity& entity) {
  std::vector<Item> items;
  for (std::size_t i = 0; i < entity.fields.size(); ++i) {
    if (entity.fields[i].writeonly || entity.fields[i].computed) continue;
    items.push_back(
        {.key = std::string(entity.fields[i].name), .field = static_cast<FieldIndex>(i)});
  }
  return items;
}

bool is_grouped(const Model& model, const Query& query) {
  return std::ranges::any_of(query.items, [&](const Item& item) {
    if (item.embed == Item::kNoEmbed) return item.aggregate != Aggregate::none;
    const Embed& embed = query.embeds[item.embed];
    const Relation& relation = model.entities[query.entity].relations[embed.relation];
    return embed.is_spread && relation.cardinality == Cardinality::to_one &&
           is_grouped(model, embed.query);
  });
}

void add_condition(Filter& filter, Filter condition) {
  if (filter.kind != Filter::Kind::all || filter.is_negated) {
    Filter both;
    both.children.push_back(std::move(filter));
    filter = std::move(both);
  }
  filter.children.push_back(std::move(condition));
}

bool make_total(const Entity& entity, std::vector<Sort>& order) {
  const auto& key = entity.primary_key.fields;
  const auto is_foreign = [](const Sort& sort) {
    return sort.embed != Sort::kOwn || !sort.path.empty();
  };
  if (key.empty() || std::ranges::any_of(order, is_foreign)) return false;
  const bool descending = !order.empty() && order.back().descending;
  for (FieldIndex field : key) {
    const bool is_there = std::ranges::any_of(
        order, [&](const Sort& sort) { return sort.relations.empty() && sort.field == field; });
    if (!is_there) order.push_back({.field = field, .descending = descending});
  }
  return true;
}

}  // namespace sqlxc::query
