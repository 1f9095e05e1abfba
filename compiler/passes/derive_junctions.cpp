#include <algorithm>
#include <set>

#include "compiler/ir/names.h"
#include "compiler/passes/passes.h"

// Many to many: a table whose primary key holds two foreign keys joins what they lead to,
// `posts.tags` through `post_tags`.
namespace sqlxc::passes {
namespace {

using ir::Cardinality;
using ir::Entity;
using ir::Relation;

struct Junction {
  std::size_t via = 0;
  bool is_near = false;  // it stands in the schema of one of its ends
  Relation one;
  Relation other;
};

using Fields = std::vector<std::uint16_t>;

bool is_part(const Fields& of, const Fields& whole) {
  return std::ranges::all_of(
      of, [&](std::uint16_t field) { return std::ranges::find(whole, field) != whole.end(); });
}

bool is_key_mark(const catalog::Annotation& annotation) { return annotation.name == "key"; }

// Whether the schema says which key is the primary one: a unique key that addresses rows for want
// of it says nothing of what the rows are for.
bool has_own_key(const ir::Module& module, const Entity& entity) {
  return at(module.catalog.tables, entity.source).primary_key ||
         std::ranges::any_of(entity.annotations, is_key_mark) ||
         std::ranges::any_of(entity.fields, [](const ir::Field& field) {
           return std::ranges::any_of(field.annotations, is_key_mark);
         });
}

// The fields of a row's primary key; of a view those of every table whose whole key it shows, each
// under the first of its names.
Fields key_of(const ir::Module& module, const Entity& entity) {
  Fields out;
  if (entity.primary_key && has_own_key(module, entity)) out = entity.primary_key->fields;
  if (!entity.is_view) return out;
  const auto& columns = at(module.catalog.tables, entity.source).columns;
  std::set<Id<catalog::Table>> origins;
  for (const catalog::Column& column : columns) {
    if (column.origin.is_valid()) origins.insert(column.origin);
  }
  for (const Id<catalog::Table> origin : origins) {
    const catalog::Table& table = at(module.catalog.tables, origin);
    if (!table.primary_key) continue;
    Fields fields;
    for (const std::uint32_t key : table.primary_key->columns) {
      const auto shown = std::ranges::find_if(columns, [&](const catalog::Column& column) {
        return column.origin == origin && column.origin_column == table.columns[key].name;
      });
      if (shown == columns.end()) break;
      fields.push_back(static_cast<std::uint16_t>(shown - columns.begin()));
    }
    if (fields.size() != table.primary_key->columns.size()) continue;
    out.insert(out.end(), fields.begin(), fields.end());
  }
  return out;
}

// Of one-to-one relations both sides are to_one; only one of them is the foreign key's own, and
// neither joins many to many.
bool is_one_to_one(const ir::Module& module, Id<Entity> of, const Relation& relation) {
  return std::ranges::any_of(at(module.entities, relation.target).relations,
                             [&](const Relation& back) {
                               return back.cardinality == Cardinality::to_one &&
                                      back.target == of && back.constraint == relation.constraint &&
                                      back.from == relation.to && back.to == relation.from;
                             });
}

// Every two foreign keys that are parts of the primary key, as PostgREST has it; a unique key is
// not enough.
std::vector<Junction> junctions_of(const ir::Module& module, std::size_t index) {
  const Entity& entity = module.entities[index];
  const Fields key = key_of(module, entity);
  std::vector<const Relation*> away;
  for (const Relation& relation : entity.relations) {
    const bool leads_away = relation.cardinality == Cardinality::to_one &&
                            relation.function.empty() && is_part(relation.from, key);
    if (leads_away && !is_one_to_one(module, Id<Entity>(index), relation)) {
      away.push_back(&relation);
    }
  }
  std::vector<Junction> out;
  for (std::size_t i = 0; i < away.size(); ++i) {
    for (std::size_t k = i + 1; k < away.size(); ++k) {
      const bool is_same_key = away[i]->constraint == away[k]->constraint;
      const auto is_of_this_schema = [&](const Relation* end) {
        return at(module.entities, end->target).schema == entity.schema;
      };
      const bool is_near = is_of_this_schema(away[i]) || is_of_this_schema(away[k]);
      if (!is_same_key) out.push_back({index, is_near, *away[i], *away[k]});
    }
  }
  return out;
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
  const std::string& through = via.schema.empty() ? via.name : via.table;
  std::vector<std::string> names;
  // How a third schema joins two tables is its own affair: who means it says so.
  if (junction.is_near) names = {is_self ? ir::plural(on.name) : target.name, ir::plural(on.name)};
  names.push_back(target.name + "_via_" + through);
  names.push_back(on.name + "_via_" + through);
  for (int number = 2; number < 100; ++number) {
    names.push_back(on.name + "_via_" + through + '_' + std::to_string(number));
  }
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
    for (Junction& junction : junctions_of(module, i)) junctions.push_back(std::move(junction));
  }
  for (const Junction& junction : junctions) {
    join(module, junction, junction.one, junction.other);
    join(module, junction, junction.other, junction.one);
  }
}

}  // namespace sqlxc::passes
