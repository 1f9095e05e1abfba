#pragma once

#include <string>

#include "emit/emit.h"

// The GraphQL face of a service as text: its schema, and which part of the model each name of the
// schema means.
namespace sqlxc::emit {

/// Whether anything of the module can be asked for in GraphQL.
bool has_graphql(const ir::Module& module);

/// The schema in GraphQL's schema definition language: docs/schema.graphql.
std::string graphql_sdl(const ir::Module& module);

/// api/graphql/names.cpp: the names of the schema by their places in the model.
File emit_graphql_names(const ir::Module& module);

}  // namespace sqlxc::emit
