#pragma once

#include "emit/openapi/schema.h"

namespace sqlxc::emit {

/// `/api/{table}`, `/api/{table}/{key}` and `/api/{table}/{key}/{relation}` of every entity.
Json openapi_paths(const ir::Module& module, OpenApi version);

}  // namespace sqlxc::emit
