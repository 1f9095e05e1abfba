#include <sqlxc/query/tracked.h>

#include <algorithm>

namespace sqlxc::query {

std::vector<FieldIndex> tracked_fields(const Entity& entity) {
  std::vector<FieldIndex> fields(entity.primary_key.fields.begin(),
                                 entity.primary_key.fields.end());
  for (const Relation& relation : entity.relations) {
    const bool is_reference = relation.cardinality == Cardinality::to_one &&
                              relation.from.size() == 1 && relation.function.empty();
    if (!is_reference || entity.fields[relation.from[0]].computed) continue;
    if (std::ranges::find(fields, relation.from[0]) == fields.end())
      fields.push_back(relation.from[0]);
  }
  return fields;
}

}  // namespace sqlxc::query
