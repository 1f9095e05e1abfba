#pragma once

#include "compiler/ir/ir.h"

namespace sqlxc::ir {

/// Checks what every pass and emitter relies on: ids and indexes point into their vectors, names
/// are there and distinct, keys have fields, both sides of a relation have as many. A module that
/// breaks one is a mistake of the compiler: prints which pass made it and aborts.
void verify(const Module& module, std::string_view after);

}  // namespace sqlxc::ir
