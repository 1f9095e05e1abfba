#pragma once

#include <string>

#include "compiler/ir/ir.h"

namespace sqlxc::ir {

/// The module as text, stable and made to be read: what --emit=ir and --print-after show. The
/// catalog is not part of it.
std::string print(const Module& module);

}  // namespace sqlxc::ir
