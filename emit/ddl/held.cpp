#include <algorithm>

#include "emit/ddl/ddl.h"

// The module as a target holds it.
namespace sqlxc::emit::ddl {
namespace {

using ir::Entity;

// Where each entity goes; invalid where it is not held.
std::vector<Id<Entity>> places_of(const ir::Module& module, const Schema& schema) {
  std::vector<Id<Entity>> out;
  std::size_t next = 0;
  for (const Entity& entity : module.entities) {
    const bool is_held = !entity.source.is_valid() || schema.tables[entity.source.index].is_held;
    out.push_back(is_held ? Id<Entity>(next++) : Id<Entity>());
  }
  return out;
}

void rename(Entity& entity, const catalog::Catalog& catalog, const HeldTable& held) {
  const catalog::Table& table = at(catalog.tables, entity.source);
  entity.table = held.name;
  for (ir::Field& field : entity.fields) {
    const auto column = std::ranges::find(table.columns, field.column, &catalog::Column::name);
    if (column == table.columns.end()) continue;
    const auto index = static_cast<std::size_t>(column - table.columns.begin());
    field.column = held.columns[index];
    if (held.lost_defaults[index]) field.has_default = false;
  }
}

}  // namespace

ir::Module held_in_sqlite(ir::Module module, const Schema& schema) {
  const std::vector<Id<Entity>> places = places_of(module, schema);
  const auto moves = [&](Id<Entity>& id) {
    if (id.is_valid()) id = places[id.index];
    return id.is_valid();
  };
  std::vector<Entity> entities;
  for (std::size_t i = 0; i < module.entities.size(); ++i) {
    Entity& entity = module.entities[i];
    if (!places[i].is_valid()) continue;
    if (entity.source.is_valid()) {
      rename(entity, module.catalog, schema.tables[entity.source.index]);
    }
    std::erase_if(entity.relations, [&](ir::Relation& relation) {
      const bool had_via = relation.via.is_valid();
      return !moves(relation.target) || (had_via && !moves(relation.via));
    });
    entities.push_back(std::move(entity));
  }
  module.entities = std::move(entities);
  std::erase_if(module.operations,
                [&](ir::Operation& operation) { return !moves(operation.entity); });
  return module;
}

}  // namespace sqlxc::emit::ddl
