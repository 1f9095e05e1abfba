#pragma once

#include <string>
#include <vector>

#include <sqlxc/graph/arguments.h>
#include <sqlxc/rest/nested.h>
#include <sqlxc/rest/write.h>

// Rows of other tables that are written with a row: created, connected, changed, disconnected,
// deleted. What is created with a new row is a nested body, as in REST; the rest are writes beside
// it, in the same transaction.
namespace sqlxc::graph {

/// One thing to do with a row that stands in a relation to the one that is written.
struct Connection {
  enum class Kind : std::uint8_t { connect, create, update, disconnect, remove, set };

  Kind kind = Kind::connect;
  query::RelationIndex relation = 0;
  const graphql::Input* input = nullptr;  // a key, a new row, a key with what changes; all keys
};

/// A UserCreateInput or UserUpdateInput (or a list) as the JSON that REST reads: columns by their
/// names, new rows under the names of relations. What is no part of that goes to `connections`.
Read<std::string> row_json(const Scope& scope, const graphql::Input& input, rules::Write write,
                           std::vector<Connection>& connections);

/// Connects a row to the new one: a step behind those of the plan.
Read<void> connect(const Scope& scope, const Connection& connection, rest::NestedPlan& plan);

/// The writes that change what stands in a relation to the row with that key.
Read<std::vector<rest::WriteJob>> change_related(const Scope& scope, const Connection& connection,
                                                 const std::vector<value::Value>& key);

}  // namespace sqlxc::graph
