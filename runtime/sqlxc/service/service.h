#pragma once

#include <sqlxc/query/model.h>

// A whole service, from its command line to its exit status: what the main() of emitted code calls.
namespace sqlxc {

/// Serves `model` until SIGTERM or SIGINT. Returns the exit status: 0 after a graceful stop, 2 for
/// a wrong command line, 3 where the world is (the port is taken, the database cannot be written).
int serve(int argc, char** argv, const query::Model& model);

}  // namespace sqlxc
