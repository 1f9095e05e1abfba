#include <algorithm>

#include "compiler/catalog/to_ast.h"
#include "compiler/stdlib/types.h"
#include "compiler/syntax/print.h"
#include "emit/ddl/ddl.h"
#include "emit/ddl/postgres_catalog.h"

// The module as its targets hold it.
namespace sqlxc::emit::ddl {
namespace {

using ir::Entity;

bool is_held_by(const Entity& entity, const Schema* sqlite) {
  return sqlite != nullptr && sqlite->tables[entity.source.index].is_held;
}

bool is_held_by(const Entity& entity, const PostgresSchema* postgres) {
  return postgres != nullptr && postgres->is_held[entity.source.index];
}

// Where each entity goes; invalid where no target holds it.
std::vector<Id<Entity>> places_of(const ir::Module& module, const Schema* sqlite,
                                  const PostgresSchema* postgres) {
  std::vector<Id<Entity>> out;
  std::size_t next = 0;
  for (const Entity& entity : module.entities) {
    const bool is_held =
        !entity.source.is_valid() || is_held_by(entity, sqlite) || is_held_by(entity, postgres);
    out.push_back(is_held ? Id<Entity>(next++) : Id<Entity>());
  }
  return out;
}

// Calls `visit(field, index of its column)`.
template <typename Visit>
void visit_columns(Entity& entity, const catalog::Catalog& catalog, const Visit& visit) {
  const catalog::Table& table = at(catalog.tables, entity.source);
  for (ir::Field& field : entity.fields) {
    const auto column = std::ranges::find(table.columns, field.column, &catalog::Column::name);
    if (column == table.columns.end()) continue;
    visit(field, static_cast<std::size_t>(column - table.columns.begin()));
  }
}

// PostgreSQL's words are taken first: SQLite's may rename the columns that they are found by.
void name_in_postgres(Entity& entity, const catalog::Catalog& catalog,
                      const PostgresSchema& postgres) {
  const catalog::Table& table = at(postgres.catalog.tables, entity.source);
  entity.pg_schema = table.schema;
  entity.pg_table = table.name;
  visit_columns(entity, catalog, [&](ir::Field& field, std::size_t index) {
    field.pg_column = table.columns[index].name;
    field.pg_type = postgres_type_name(postgres.catalog, table.columns[index].type);
  });
}

// A default that no database holds is none: a request must give the value.
void forget_lost_defaults(Entity& entity, const catalog::Catalog& catalog, const HeldTable* sqlite,
                          const PostgresSchema* postgres) {
  const catalog::Table& table = at(catalog.tables, entity.source);
  visit_columns(entity, catalog, [&](ir::Field& field, std::size_t index) {
    if (field.is_generated || field.is_identity || !table.columns[index].default_value) return;
    const bool is_in_sqlite = sqlite != nullptr && !sqlite->lost_defaults[index];
    const bool is_in_postgres =
        postgres != nullptr &&
        at(postgres->catalog.tables, entity.source).columns[index].default_value;
    if (!is_in_sqlite && !is_in_postgres) field.has_default = false;
  });
}

void name_in_sqlite(Entity& entity, const catalog::Catalog& catalog, const HeldTable& held) {
  visit_columns(entity, catalog,
                [&](ir::Field& field, std::size_t index) { field.column = held.columns[index]; });
  entity.table = held.name;
  entity.sqlite_search = held.search;
  entity.sqlite_search_row = held.search_row;
  const catalog::Table& table = at(catalog.tables, entity.source);
  const bool is_stamped = std::ranges::any_of(
      table.columns, [](const catalog::Column& column) { return column.on_update.has_value(); });
  const bool has_trigger = std::ranges::any_of(catalog.triggers, [&](const auto& trigger) {
    return catalog.dialect == Dialect::sqlite && trigger.table == entity.source;
  });
  entity.has_sqlite_triggers = is_stamped || has_trigger;
}

std::string pg_type_of(const catalog::Catalog& catalog, const catalog::Type& type) {
  if (catalog.dialect == Dialect::postgres) return postgres_type_name(catalog, type);
  const catalog::Type there = postgres_type_of(type, catalog);
  return there.spelled.empty() ? there.name : there.spelled;
}

// A named query by its texts; false where no database has one.
bool settle_query(ir::Module& module, ir::Function& function, const Schema* sqlite,
                  const PostgresSchema* postgres) {
  const catalog::NamedQuery& query = at(module.catalog.queries, function.source);
  const HeldQuery none;
  const HeldQuery& here = sqlite == nullptr ? none : sqlite->queries[function.source.index];
  const HeldQuery& there = postgres == nullptr ? none : postgres->queries[function.source.index];
  function.sql = here.sql;
  function.pg_sql = there.sql;
  for (std::size_t i = 0; i < query.parameters.size(); ++i) {
    ir::Parameter& parameter = function.parameters[i];
    if (!here.sql.empty()) parameter.default_sql = here.defaults[i];
    if (!there.sql.empty()) parameter.pg_default_sql = there.defaults[i];
    parameter.field.pg_type = pg_type_of(module.catalog, query.parameters[i].type);
  }
  for (std::size_t i = 0; function.result != UINT32_MAX && i < query.columns.size(); ++i) {
    module.results[function.result].fields[i].pg_type =
        pg_type_of(module.catalog, query.columns[i].type);
  }
  return !here.sql.empty() || !there.sql.empty();
}

}  // namespace

std::string postgres_type_name(const catalog::Catalog& catalog, const catalog::Type& type) {
  const bool is_users =
      type.enumeration.is_valid() || type.domain.is_valid() || type.composite.is_valid();
  if (!is_users && type.schema.empty() && stdlib::type_named(type.name) != nullptr)
    return type.spelled;
  return syntax::print(catalog::to_ast(catalog, type), Dialect::postgres);
}

ir::Module held(ir::Module module, const Schema* sqlite, const PostgresSchema* postgres) {
  const std::vector<Id<Entity>> places = places_of(module, sqlite, postgres);
  const auto moves = [&](Id<Entity>& id) {
    if (id.is_valid()) id = places[id.index];
    return id.is_valid();
  };
  // What reads a table that is nowhere reads nobody knows what.
  const auto move_reads = [&](std::vector<Id<Entity>>& reads) {
    if (!std::ranges::all_of(reads, moves)) reads.clear();
  };
  std::vector<Entity> entities;
  for (std::size_t i = 0; i < module.entities.size(); ++i) {
    Entity& entity = module.entities[i];
    if (!places[i].is_valid()) continue;
    if (entity.source.is_valid()) {
      const bool is_in_postgres = is_held_by(entity, postgres);
      entity.is_in_sqlite = is_held_by(entity, sqlite);
      const HeldTable* in_sqlite =
          entity.is_in_sqlite ? &sqlite->tables[entity.source.index] : nullptr;
      forget_lost_defaults(entity, module.catalog, in_sqlite, is_in_postgres ? postgres : nullptr);
      if (is_in_postgres) name_in_postgres(entity, module.catalog, *postgres);
      if (in_sqlite != nullptr) name_in_sqlite(entity, module.catalog, *in_sqlite);
    }
    if (postgres == nullptr) {
      entity.computed.clear();
      for (ir::Field& field : entity.fields) field.represented = {};
    }
    move_reads(entity.reads);
    std::erase_if(entity.relations, [&](ir::Relation& relation) {
      const bool had_via = relation.via.is_valid();
      return !moves(relation.target) || (had_via && !moves(relation.via));
    });
    entities.push_back(std::move(entity));
  }
  module.entities = std::move(entities);
  std::erase_if(module.functions, [&](ir::Function& function) {
    const bool had_entity = function.entity.is_valid();
    move_reads(function.reads);
    if (function.is_query) {
      return !settle_query(module, function, sqlite, postgres) ||
             (had_entity && !moves(function.entity));
    }
    return postgres == nullptr || (had_entity && !moves(function.entity));
  });
  std::erase_if(module.handlers, [&](ir::Handler& handler) {
    const bool had_entity = handler.entity.is_valid();
    return postgres == nullptr || (had_entity && !moves(handler.entity));
  });
  std::erase_if(module.operations,
                [&](ir::Operation& operation) { return !moves(operation.entity); });
  return module;
}

}  // namespace sqlxc::emit::ddl
