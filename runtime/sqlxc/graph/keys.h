#pragma once

#include <string>
#include <vector>

#include <sqlxc/graph/arguments.h>

// Keys in inputs (a UserKey): which row they name, and what they say of the columns that refer to
// it.
namespace sqlxc::graph {

/// Why an input cannot be written.
std::unexpected<graphql::Error> refuse(std::string message);

/// The filter that a UserKey is: by whichever key its members are.
Read<query::Filter> key_filter(const Scope& scope, const graphql::Input& key);

/// What a key says of the columns that a relation leads to.
Read<std::vector<value::Value>> to_values(const Scope& target, const query::Relation& relation,
                                          const graphql::Input& key);

}  // namespace sqlxc::graph
