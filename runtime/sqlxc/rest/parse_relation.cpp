#include <sqlxc/rest/parse_relation.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include <sqlxc/rest/parse_field.h>
#include <sqlxc/rest/problems.h>

namespace sqlxc::rest {
namespace {

using http::Problem;
using query::Cardinality;
using query::Entity;
using query::Model;
using query::Relation;

class RelationFinder {
 public:
  RelationFinder(const Model& model, const Entity& entity, const RelationName& wanted)
      : model_(model), entity_(entity), wanted_(wanted) {}

  bool is_named(const Relation& relation) const {
    return relation.name == wanted_.name && (wanted_.hint.empty() || is_hinted(relation));
  }
  bool is_meant(const Relation& relation) const;
  /// Of several that are meant, those that a reader takes first: within the schema, and tables, or
  /// the view itself, where a key or a column names the relation.
  bool is_nearer(const Relation& relation) const;
  /// What tells this one from others to the same table: its key, or the table between.
  std::string_view hint_of(const Relation& relation) const;

 private:
  const Entity& target(const Relation& relation) const { return model_.entities[relation.target]; }
  bool is_target(const Relation& relation) const {
    return target(relation).name == wanted_.name && target(relation).schema == entity_.schema;
  }
  // Joined by a table of a third schema: only who names it means it.
  bool is_far(const Relation& relation) const {
    return relation.cardinality == Cardinality::many_to_many &&
           model_.entities[relation.via].schema != entity_.schema &&
           model_.entities[relation.via].schema != target(relation).schema;
  }
  bool is_key(const Relation& relation, std::string_view name) const;
  bool is_own_column(const Relation& relation, std::string_view name) const {
    return relation.from.size() == 1 && entity_.fields[relation.from[0]].name == name;
  }
  bool is_their_column(const Relation& relation, std::string_view name) const {
    return relation.to.size() == 1 && target(relation).fields[relation.to[0]].name == name;
  }
  bool is_hinted(const Relation& relation) const;

  const Model& model_;
  const Entity& entity_;
  const RelationName& wanted_;
};

bool RelationFinder::is_key(const Relation& relation, std::string_view name) const {
  return relation.cardinality != Cardinality::many_to_many && !relation.constraint.empty() &&
         relation.constraint == name;
}

bool RelationFinder::is_hinted(const Relation& relation) const {
  const std::string_view hint = wanted_.hint;
  if (relation.name == hint || is_key(relation, hint)) return true;
  switch (relation.cardinality) {
    case Cardinality::to_one:
      return is_own_column(relation, hint) || is_their_column(relation, hint);
    case Cardinality::to_many:
      return is_their_column(relation, hint);
    case Cardinality::many_to_many:
      return model_.entities[relation.via].name == hint;
  }
  return false;
}

bool RelationFinder::is_meant(const Relation& relation) const {
  if (!relation.function.empty()) return false;
  const bool is_self = &target(relation) == &entity_;
  const bool is_one = relation.cardinality == Cardinality::to_one;
  if (!wanted_.hint.empty()) {
    // Of a table with itself the other side is meant: the key's own column names this one.
    return is_target(relation) && (!is_self || !is_one) && is_hinted(relation);
  }
  if (is_one && (is_key(relation, wanted_.name) || is_own_column(relation, wanted_.name))) {
    return true;
  }
  if (is_far(relation)) return false;
  if (is_self) return is_target(relation) && relation.cardinality == Cardinality::to_many;
  return is_target(relation) || is_key(relation, wanted_.name);
}

bool RelationFinder::is_nearer(const Relation& relation) const {
  const bool is_many = relation.cardinality == Cardinality::many_to_many;
  const bool is_within = target(relation).schema == entity_.schema &&
                         (!is_many || model_.entities[relation.via].schema == entity_.schema);
  const bool is_self = &target(relation) == &entity_;
  return is_within && (!target(relation).is_view || is_self || is_target(relation));
}

std::string_view RelationFinder::hint_of(const Relation& relation) const {
  const bool is_many = relation.cardinality == Cardinality::many_to_many;
  return is_many ? model_.entities[relation.via].name : relation.constraint;
}

// How requests say which of those that are meant they mean: a key without a name, or a table that
// stands between twice, tells none from the others; the relation's own name does.
std::string describe(const Entity& entity, const std::vector<std::size_t>& meant,
                     const RelationFinder& finder, std::string_view wanted) {
  std::string text = "say which one:";
  for (const std::size_t i : meant) {
    const std::string_view hint = finder.hint_of(entity.relations[i]);
    const auto has_hint = [&](std::size_t j) {
      return finder.hint_of(entity.relations[j]) == hint;
    };
    const bool is_clear = !hint.empty() && std::ranges::count_if(meant, has_hint) == 1;
    const std::string_view shown = is_clear ? hint : entity.relations[i].name;
    text += " `" + std::string(wanted) + "!" + std::string(shown) + "`";
  }
  return text;
}

}  // namespace

std::expected<query::RelationIndex, Problem> find_relation(const Model& model, const Entity& entity,
                                                           const RelationName& wanted,
                                                           query::Dialect dialect) {
  const RelationFinder finder(model, entity, wanted);
  std::vector<std::size_t> meant;
  std::vector<std::size_t> named;
  for (std::size_t i = 0; i < entity.relations.size(); ++i) {
    const Relation& relation = entity.relations[i];
    if (finder.is_meant(relation)) meant.push_back(i);
    if (finder.is_named(relation)) named.push_back(i);
  }
  // A function of the row, or a name that is no table's, is one relation's alone.
  const bool is_own_name =
      named.size() == 1 && (!entity.relations[named[0]].function.empty() || meant.empty() ||
                            model.entities[entity.relations[named[0]].target].name != wanted.name);
  if (is_own_name) meant = named;
  const auto is_nearer = [&](std::size_t i) { return finder.is_nearer(entity.relations[i]); };
  if (meant.size() > 1 && std::ranges::any_of(meant, is_nearer)) {
    std::erase_if(meant, [&](std::size_t i) { return !is_nearer(i); });
  }
  if (meant.size() == 1) {
    const bool is_computed = !entity.relations[meant[0]].function.empty();
    if (is_computed && dialect == query::Dialect::sqlite) {
      return std::unexpected(lacks("computed relations"));
    }
    return static_cast<query::RelationIndex>(meant[0]);
  }
  if (meant.empty()) return std::unexpected(unknown_relation(entity, wanted.name));
  return std::unexpected(make_problem(
      300, "PGRST201",
      "more than one relation leads from " + quoted(entity.name) + " to " + quoted(wanted.name),
      describe(entity, meant, finder, wanted.name)));
}

}  // namespace sqlxc::rest
