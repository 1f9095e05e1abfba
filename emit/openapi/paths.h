#pragma once

#include "emit/openapi/schema.h"
#include "emit/schema/json_text.h"

namespace sqlxc::emit {

/// `/api`, `/api/{table}`, `/api/{table}/{key}`, `/api/{table}/{key}/{relation}`,
/// `/api/rpc/{function}` and `/api/batch`.
void add_paths(ObjectText& paths, const ir::Module& module, OpenApi version);

/// The parameters that only paths refer to: a filter for each column that an answer shows.
void add_filters(ObjectText& parameters, const ir::Module& module);

/// The answers that only paths refer to: the rows of each table.
void add_rows(ObjectText& responses, const ir::Module& module);

}  // namespace sqlxc::emit
