#pragma once

#include <string>
#include <vector>

#include "compiler/base/diagnostic.h"
#include "compiler/ir/ir.h"

// Catalog -> Module: what every table and column is called and how its values travel. Relations,
// rules and operations are derived from that by passes (compiler/passes/pipeline.h).
namespace sqlxc::ir {

struct LowerOptions {
  std::string name;              // of the service: "blog"
  std::vector<Dialect> targets;  // that it can talk to
  /// Those that are served, the default one first; none: all.
  std::vector<std::string> schemas;
};

/// An entity for each table and view that is served: not for partitions (their root stands for
/// them) and what @hidden hides. Reports SX4xxx for names that cannot be used and for annotations
/// that do not fit.
Module lower(const SourceMap& sources, catalog::Catalog catalog, const LowerOptions& options,
             Diagnostics& diagnostics);

}  // namespace sqlxc::ir
