#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/base/diagnostic.h"
#include "compiler/base/source.h"
#include "compiler/catalog/catalog.h"
#include "compiler/driver/options.h"
#include "compiler/ir/ir.h"
#include "compiler/syntax/ast.h"
#include "emit/emit.h"

// The arrows in their order, each a pure function of the value before it: what every command starts
// with.
namespace sqlxc::driver {

/// How far to go.
enum class Phase : std::uint8_t { sources, ast, catalog, ir, files };

struct PhaseTime {
  std::string name;
  double seconds = 0;
};

/// The values that the arrows made, as far as they came.
struct Compilation {
  SourceMap sources;
  Diagnostics diagnostics;
  std::vector<SourceId> inputs;
  std::vector<SourceId> sidecars;  // the SCHEMA.sqlx beside inputs
  std::vector<ast::File> ast;
  catalog::Catalog catalog;
  ir::Module module;
  std::vector<emit::File> files;
  std::vector<PhaseTime> times;
};

/// Runs the arrows up to `last` and stops after one that reported errors. Prints what --print-after
/// asks for.
Compilation compile_to(Phase last, const Options& options);

/// Reports each --print-after that names no pass.
void check_pass_names(const Options& options, Diagnostics& diagnostics);

/// The arrow that --emit asks for.
Phase phase_of(Emit emit, Phase otherwise);

/// Prints the value that --emit asks for to standard output.
void print_emitted(const Compilation& compilation, const Options& options);

/// Prints what each phase took to standard error.
void print_times(const std::vector<PhaseTime>& times);

/// The service's name: of the first input, without folder and ending, `blog`.
std::string service_name(const Options& options);

}  // namespace sqlxc::driver
