#pragma once

#include <array>
#include <string>
#include <string_view>

#include "compiler/ir/ir.h"

// What the names and types of GraphQL are made of: endings, and the scalars that values travel as.
// The pass that hands out names and the emitter that prints them agree by these.
namespace sqlxc::ir {

/// Behind an entity's type: `UserWhere`.
inline constexpr std::array<std::string_view, 23> kGraphqlTypeEndings = {
    "",          "Aggregate", "Average", "Column", "Connection",  "CreateInput", "CreateMany",
    "CreateOne", "Edge",      "Filter",  "Group",  "GroupKey",    "Key",         "ManyFilter",
    "Max",       "Min",       "OrderBy", "Sum",    "UpdateInput", "UpdateMany",  "UpdateOne",
    "UpdateRow", "Where",
};

/// Behind the root field of an entity's rows: `usersConnection`.
inline constexpr std::array<std::string_view, 3> kGraphqlRowsEndings = {"", "Connection",
                                                                        "Aggregate"};

/// Names of the service's own types, which no table's may be. Filters of scalars and enums are
/// called after them: `StringFilter`, `PostStatusFilter`, `StringArrayFilter`.
inline constexpr std::array<std::string_view, 9> kGraphqlTypes = {
    "Query", "Mutation", "Subscription", "Node", "PageInfo", "OrderDirection", "Int", "Float", "ID",
};

/// What values of that kind are in GraphQL: `BigInt`. Of an enumeration or an array: empty.
std::string_view graphql_scalar(const Type& type);

/// One of GraphQL's scalars or of the service's own, and where it is specified (may be empty).
struct GraphqlScalar {
  std::string_view name;
  std::string_view description;  // empty: GraphQL's own
  std::string_view specified_by = {};
  bool has_order = true;
};
const std::array<GraphqlScalar, 16>& graphql_scalars();

}  // namespace sqlxc::ir
