#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/base/diagnostic.h"
#include "compiler/ir/ir.h"

// Module -> Module: one idea a pass, in a list that reads as a table of contents (pipeline.cpp).
// One function wraps every pass.
namespace sqlxc::passes {

/// What a pass sees beside the module.
struct Context {
  const SourceMap& sources;
  Diagnostics& diagnostics;
};

struct Pass {
  std::string_view name;
  void (*run)(ir::Module& module, Context& context);
};

/// The pipeline, in its order.
std::span<const Pass> all();

struct Options {
  std::vector<std::string> skip;  // passes by name
  bool verify = true;             // the module after each pass
  /// Called after each pass that ran, with the seconds it took.
  std::function<void(std::string_view pass, const ir::Module& module, double seconds)> after;
};

/// Runs every pass; errors end the pipeline after the pass that reported them.
ir::Module run(ir::Module module, const Options& options, Context context);

}  // namespace sqlxc::passes
