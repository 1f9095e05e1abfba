#pragma once

#include <string>

#include "compiler/ir/ir.h"

namespace sqlxc::emit {

/// The page behind /docs: Swagger UI, whose files the runtime serves, over the service's own
/// OpenAPI document.
std::string docs_page(const ir::Module& module);

}  // namespace sqlxc::emit
