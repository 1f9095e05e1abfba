#include <sqlxc/graph/names.h>

#include <algorithm>

namespace sqlxc::graph {

using Kind = Root::Kind;

std::optional<std::size_t> place_of(std::span<const std::string_view> names,
                                    std::string_view name) {
  const auto found = std::ranges::find(names, name);
  if (found == names.end()) return std::nullopt;
  return static_cast<std::size_t>(found - names.begin());
}

Names::Names(const query::Model& model) : model_(model) {
  queries_.emplace("node", Root{.kind = Kind::node});
  for (std::size_t i = 0; i < model.graphql->entities.size(); ++i) {
    add_entity(static_cast<query::EntityIndex>(i));
  }
  for (std::size_t i = 0; i < model.graphql->functions.size(); ++i) {
    const query::Function& function = model.functions[i];
    const std::string_view name = model.graphql->functions[i].name;
    const Root root{.kind = Kind::function, .entity = function.result, .index = i};
    const bool changes = !function.is_query && function.volatility == query::Volatility::changes;
    if (!name.empty()) (changes ? mutations_ : queries_).emplace(name, root);
  }
}

void Names::add_entity(query::EntityIndex entity) {
  const query::GraphqlEntity& names = of(entity);
  if (names.type.empty()) return;
  types_.emplace(names.type, entity);
  const auto add = [&](Map<Root>& roots, std::string name, Kind kind, std::size_t index = 0) {
    roots.emplace(std::move(name), Root{.kind = kind, .entity = entity, .index = index});
  };
  const std::string many(names.many);
  add(queries_, many, Kind::rows);
  add(queries_, many + "Connection", Kind::connection);
  add(queries_, many + "Aggregate", Kind::aggregate);
  if (!names.one.empty()) add(queries_, std::string(names.one), Kind::one);
  for (std::size_t i = 0; i < names.uniques.size(); ++i) {
    if (!names.uniques[i].empty()) add(queries_, std::string(names.uniques[i]), Kind::unique, i);
  }
  const std::string type(names.type);
  const std::string types(names.types);
  if (!model_.entities[entity].search.fields.empty()) {
    add(queries_, "search" + types, Kind::search);
  }
  add(mutations_, "create" + type, Kind::create);
  add(mutations_, "create" + types, Kind::create_many);
  add(mutations_, "upsert" + type, Kind::upsert);
  add(mutations_, "upsert" + types, Kind::upsert_many);
  add(mutations_, "update" + type, Kind::update);
  add(mutations_, "update" + types, Kind::update_many);
  add(mutations_, "delete" + type, Kind::remove);
  add(mutations_, "delete" + types, Kind::remove_many);
}

std::optional<query::EntityIndex> Names::find_type(std::string_view name) const {
  const auto found = types_.find(name);
  if (found == types_.end()) return std::nullopt;
  return found->second;
}

}  // namespace sqlxc::graph
