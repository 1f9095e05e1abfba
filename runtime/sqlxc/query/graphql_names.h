#pragma once

#include <cstdint>
#include <span>
#include <string_view>

// What everything in a model is called in GraphQL, by its place in the model. The compiler hands
// these names out and prints the schema with them; where a request names something, it is found
// here and nowhere else.
namespace sqlxc::query {

/// The labels of an enumeration whose names in GraphQL differ from them, one for each.
struct GraphqlLabels {
  std::uint16_t field = 0;  // of the entity
  std::span<const std::string_view> names = {};
};

struct GraphqlEntity {
  std::string_view type = {};   // "User"; empty: it has no face in GraphQL
  std::string_view types = {};  // "Users", in the names of bulk writes
  std::string_view one = {};    // "user"
  std::string_view many = {};   // "users"
  // One for each of the entity's fields, relations and uniques; empty: it is not in the schema.
  std::span<const std::string_view> fields = {};
  std::span<const std::string_view> relations = {};
  std::span<const std::string_view> uniques = {};
  std::span<const GraphqlLabels> labels = {};
};

struct GraphqlFunction {
  std::string_view name = {};
  std::span<const std::string_view> arguments = {};  // one for each parameter
};

struct GraphqlNames {
  std::string_view sdl = {};
  std::string_view node_id = {};  // the field of Node: "nodeId"
  std::span<const GraphqlEntity> entities = {};
  std::span<const GraphqlFunction> functions = {};
};

}  // namespace sqlxc::query
