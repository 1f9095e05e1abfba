#pragma once

#include "emit/openapi/schema.h"

namespace sqlxc::emit {

/// Paths, and the components that only they refer to.
struct Paths {
  Json paths = Json::object();
  Json parameters = Json::object();  // a filter for each column
  Json responses = Json::object();   // the rows of each table
};

/// `/api`, `/api/{table}`, `/api/{table}/{key}`, `/api/{table}/{key}/{relation}`,
/// `/api/rpc/{function}` and `/api/batch`.
Paths openapi_paths(const ir::Module& module, OpenApi version);

}  // namespace sqlxc::emit
