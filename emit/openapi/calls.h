#pragma once

#include "emit/openapi/parts.h"

namespace sqlxc::emit {

/// `/api/rpc/{function}`: functions of the schema, and named queries.
void add_calls(const ir::Module& module, OpenApi version, Operations& operations, Json& paths);

}  // namespace sqlxc::emit
