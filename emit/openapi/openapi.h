#pragma once

#include <string>

#include "compiler/ir/ir.h"
#include "emit/openapi/schema.h"

namespace sqlxc::emit {

/// The service's REST interface as an OpenAPI document (https://spec.openapis.org/oas/v3.1.0,
/// .../v3.0.3), pretty-printed.
std::string openapi(const ir::Module& module, OpenApi version);

}  // namespace sqlxc::emit
