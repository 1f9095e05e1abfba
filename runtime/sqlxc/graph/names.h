#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include <sqlxc/query/model.h>

// What a root field of GraphQL means in the model, by its name.
namespace sqlxc::graph {

struct Root {
  enum class Kind : std::uint8_t {
    rows,        // users
    connection,  // usersConnection
    aggregate,   // usersAggregate
    search,      // searchUsers
    one,         // user(id)
    unique,      // userByEmail
    node,
    function,
    create,
    create_many,
    upsert,
    upsert_many,
    update,
    update_many,
    remove,
    remove_many,
  };

  Kind kind = Kind::rows;
  query::EntityIndex entity = 0;
  std::size_t index = 0;  // of a unique key or a function
};

/// The place of a name in a list of the model's names, or nothing.
std::optional<std::size_t> place_of(std::span<const std::string_view> names, std::string_view name);

class Names {
 public:
  /// The model has names in GraphQL, and outlives this.
  explicit Names(const query::Model& model);

  const query::Model& model() const { return model_; }
  const query::GraphqlEntity& of(query::EntityIndex entity) const {
    return model_.graphql->entities[entity];
  }
  std::string_view node_id() const { return model_.graphql->node_id; }
  const Root* find_query(std::string_view name) const { return find(queries_, name); }
  const Root* find_mutation(std::string_view name) const { return find(mutations_, name); }
  /// The entity whose rows are objects of that type.
  std::optional<query::EntityIndex> find_type(std::string_view name) const;

 private:
  struct Hash : std::hash<std::string_view> {
    using is_transparent = void;
  };
  template <typename Value>
  using Map = std::unordered_map<std::string, Value, Hash, std::equal_to<>>;

  static const Root* find(const Map<Root>& roots, std::string_view name) {
    const auto found = roots.find(name);
    return found == roots.end() ? nullptr : &found->second;
  }

  void add_entity(query::EntityIndex entity);

  const query::Model& model_;
  Map<Root> queries_;
  Map<Root> mutations_;
  Map<query::EntityIndex> types_;
};

}  // namespace sqlxc::graph
