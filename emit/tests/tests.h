#pragma once

#include <vector>

#include "emit/emit.h"

// tests/: what shows that an emitted service is what its schema says, on the user's own machine.
namespace sqlxc::emit {

/// tests/rules_test.cpp: what the compiler claims of every condition, for the proof to hold against
/// a database.
File emit_rules_test(const ir::Module& module);
/// tests/run, and what holds the other faces of the rules against the service.
std::vector<File> emit_faces_test(const ir::Module& module);

}  // namespace sqlxc::emit
