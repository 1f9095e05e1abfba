#include <algorithm>
#include <set>

#include "compiler/ir/names.h"
#include "compiler/passes/passes.h"

// Many to many: a table whose key is two foreign keys joins what they lead to, `posts.tags` through
// `post_tags`.
namespace sqlxc::passes {
namespace {

using ir::Cardinality;
using ir::Entity;
using ir::Relation;

struct Junction {
  std::size_t via = 0;
  Relation one;
  Relation other;
};

bool leads_away(const Relation& relation, const Entity& entity) {
  // Only a relation over the entity's own foreign key: of one-to-one relations both sides are
  // to_one.
  return relation.cardinality == Cardinality::to_one &&
         std::ranges::any_of(relation.from, [&](std::uint16_t field) {
           return std::ranges::find(entity.primary_key->fields, field) !=
                  entity.primary_key->fields.end();
         });
}

// The two relations whose fields are together the key of the entity.
std::optional<Junction> junction_of(const Entity& entity, std::size_t index) {
  if (entity.is_view || !entity.primary_key || entity.primary_key->fields.size() < 2)
    return std::nullopt;
  std::vector<Relation> away;
  for (const Relation& relation : entity.relations) {
    if (leads_away(relation, entity)) away.push_back(relation);
  }
  if (away.size() != 2) return std::nullopt;
  std::multiset<std::uint16_t> fields(away[0].from.begin(), away[0].from.end());
  fields.insert(away[1].from.begin(), away[1].from.end());
  const std::multiset<std::uint16_t> key(entity.primary_key->fields.begin(),
                                         entity.primary_key->fields.end());
  if (fields != key) return std::nullopt;
  return Junction{index, away[0], away[1]};
}

bool is_taken(const Entity& entity, std::string_view name) {
  return std::ranges::find(entity.fields, name, &ir::Field::name) != entity.fields.end() ||
         std::ranges::find(entity.relations, name, &Relation::name) != entity.relations.end();
}

// `posts` gets `tags` by way of a row of post_tags: first back to the post, then on to the tag.
void join(ir::Module& module, const Junction& junction, const Relation& back, const Relation& on) {
  const Entity& via = module.entities[junction.via];
  Entity& entity = at(module.entities, back.target);
  const Entity& target = at(module.entities, on.target);
  const bool is_self = back.target == on.target;
  std::vector<std::string> names = {is_self ? ir::plural(on.name) : target.name,
                                    ir::plural(on.name), target.name + "_via_" + via.name,
                                    on.name + "_via_" + via.name};
  const auto free =
      std::ranges::find_if(names, [&](const std::string& name) { return !is_taken(entity, name); });
  if (free == names.end()) return;
  Relation relation;
  relation.name = *free;
  relation.cpp_name = ir::camel_case(*free);
  relation.cardinality = Cardinality::many_to_many;
  relation.target = on.target;
  relation.constraint = via.table;
  relation.from = back.to;
  relation.to = on.to;
  relation.via = Id<Entity>(junction.via);
  relation.via_from = back.from;
  relation.via_to = on.from;
  entity.relations.push_back(std::move(relation));
}

}  // namespace

void derive_junctions(ir::Module& module, Context&) {
  std::vector<Junction> junctions;
  for (std::size_t i = 0; i < module.entities.size(); ++i) {
    if (auto junction = junction_of(module.entities[i], i))
      junctions.push_back(std::move(*junction));
  }
  for (const Junction& junction : junctions) {
    join(module, junction, junction.one, junction.other);
    join(module, junction, junction.other, junction.one);
  }
}

}  // namespace sqlxc::passes
