#include <sqlxc/graph/keys.h>

#include <algorithm>
#include <utility>

#include <sqlxc/graph/refusal.h>

namespace sqlxc::graph {

using graphql::Input;
using query::FieldIndex;
using query::Filter;
using query::Relation;
using value::Value;

std::unexpected<graphql::Error> refuse(std::string message) {
  return std::unexpected(bad_input(std::move(message)));
}

Read<Filter> key_filter(const Scope& scope, const Input& key) {
  const query::Entity& entity = scope.model();
  const query::GraphqlEntity& names = scope.names.of(scope.entity);
  std::vector<FieldIndex> given;
  Filter filter;
  for (const Input& member : key.items) {
    if (member.is_null()) continue;
    const auto field = place_of(names.fields, member.name);
    if (!field) continue;
    given.push_back(static_cast<FieldIndex>(*field));
    auto value = read_value(scope, given.back(), member);
    if (!value) return std::unexpected(std::move(value.error()));
    Filter part{.kind = Filter::Kind::compare, .field = given.back()};
    part.values.push_back(std::move(*value));
    filter.children.push_back(std::move(part));
  }
  const auto is_given = [&](const query::Key& each) {
    return !each.fields.empty() && std::ranges::is_permutation(each.fields, given);
  };
  if (is_given(entity.primary_key) || std::ranges::any_of(entity.uniques, is_given)) return filter;
  return refuse("a row of `" + std::string(names.type) + "` is named by one of its keys, wholly");
}

Read<std::vector<Value>> to_values(const Scope& target, const Relation& relation,
                                   const Input& key) {
  std::vector<Value> values;
  for (const FieldIndex to : relation.to) {
    const Input* member = key.find(target.names.of(target.entity).fields[to]);
    if (member == nullptr || member->is_null()) {
      return refuse("`" + std::string(relation.name) +
                    "` is connected by the key that leads to it");
    }
    auto value = read_value(target, to, *member);
    if (!value) return std::unexpected(std::move(value.error()));
    values.push_back(std::move(*value));
  }
  return values;
}

}  // namespace sqlxc::graph
