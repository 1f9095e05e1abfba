#include "compiler/driver/compilation.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <functional>
#include <ranges>
#include <system_error>
#include <utility>

#include "compiler/base/nearest.h"
#include "compiler/catalog/annotate.h"
#include "compiler/catalog/apply.h"
#include "compiler/catalog/print.h"
#include "compiler/catalog/queries.h"
#include "compiler/driver/files.h"
#include "compiler/ir/lower.h"
#include "compiler/ir/print.h"
#include "compiler/ir/verdicts.h"
#include "compiler/passes/pipeline.h"
#include "compiler/syntax/parse.h"
#include "compiler/syntax/print.h"

namespace sqlxc::driver {
namespace {

using Clock = std::chrono::steady_clock;

void put(std::string_view text) { std::fwrite(text.data(), 1, text.size(), stdout); }

// Each schema, and the sidecar that lies beside it.
void read_sources(const Options& options, Compilation& out) {
  for (const std::string& input : options.inputs) {
    const auto id = read_source(out.sources, input, out.diagnostics);
    if (!id) continue;
    out.inputs.push_back(*id);
    const std::string sidecar = std::filesystem::path(input).replace_extension(".sqlx").string();
    std::error_code ignored;
    if (input == "-" || sidecar == input || !std::filesystem::exists(sidecar, ignored)) continue;
    if (const auto beside = read_source(out.sources, sidecar, out.diagnostics)) {
      out.sidecars.push_back(*beside);
    }
  }
}

// All files of a compilation are of one dialect: what was said, or what the first file shows.
void parse_sources(const Options& options, Compilation& out) {
  const Dialect dialect = options.dialect.value_or(
      out.inputs.empty() ? Dialect::postgres
                         : syntax::detect_dialect(out.sources.text(out.inputs.front())));
  for (const SourceId id : out.inputs) {
    out.ast.push_back(syntax::parse(out.sources, id, dialect, out.diagnostics));
  }
}

void apply_statements(Compilation& out) {
  out.catalog = catalog::apply(out.sources, out.ast, out.diagnostics);
  catalog::annotate(out.sources, out.ast, out.catalog, out.diagnostics);
  for (const SourceId sidecar : out.sidecars) {
    catalog::annotate_sidecar(out.sources, sidecar, out.catalog, out.diagnostics);
  }
  if (!out.diagnostics.has_errors()) {
    catalog::read_queries(out.sources, out.catalog, out.diagnostics);
  }
}

void run_passes(const Options& options, Compilation& out) {
  const auto is_asked_for = [&](std::string_view name) {
    return std::ranges::any_of(options.print_after,
                               [&](const auto& asked) { return asked == name || asked == "all"; });
  };
  passes::Options pass_options;
  pass_options.after = [&](std::string_view name, const ir::Module& module, double seconds) {
    out.times.push_back({"  " + std::string(name), seconds});
    if (!is_asked_for(name)) return;
    put("// after " + std::string(name) + "\n");
    put(ir::print(module));
  };
  out.module = passes::run(std::move(out.module), pass_options, {out.sources, out.diagnostics});
}

void lower_catalog(const Options& options, Compilation& out) {
  if (out.catalog.tables.empty()) {
    if (options.emit == Emit::nothing && options.command == Command::check) return;
    out.diagnostics.report<diag::NoTables>({});
    return;
  }
  out.module = ir::lower(
      out.sources, out.catalog,
      {.name = service_name(options), .targets = options.targets, .schemas = options.schemas},
      out.diagnostics);
}

void emit_files(const Options& options, Compilation& out) {
  const std::string schema = std::filesystem::path(options.inputs.front()).filename().string();
  out.files = emit::emit(out.module, {.schema_file_name = schema}, out.diagnostics);
}

}  // namespace

std::string service_name(const Options& options) {
  const std::string stem = std::filesystem::path(options.inputs.front()).stem().string();
  return stem == "-" || stem.empty() ? "service" : stem;
}

Phase phase_of(Emit emit, Phase otherwise) {
  switch (emit) {
    case Emit::nothing:
      return otherwise;
    case Emit::ast:
      return Phase::ast;
    case Emit::catalog:
      return Phase::catalog;
    case Emit::ir:
    case Emit::rules:
      return Phase::ir;
    case Emit::files:
    case Emit::sources:
      return Phase::files;
  }
  return otherwise;
}

void check_pass_names(const Options& options, Diagnostics& diagnostics) {
  for (const std::string& asked : options.print_after) {
    const auto passes = passes::all();
    if (asked == "all" || std::ranges::find(passes, asked, &passes::Pass::name) != passes.end()) {
      continue;
    }
    diagnostics.report<diag::OptionValue>({}, "--print-after", "`all` or the name of a pass", asked)
        .help(did_you_mean(
            nearest(asked, passes | std::views::transform([](const auto& p) { return p.name; }))));
  }
}

Compilation compile_to(Phase last, const Options& options) {
  struct Step {
    Phase phase;
    std::string_view name;
    std::function<void(Compilation&)> run;
  };
  const std::vector<Step> steps = {
      {Phase::sources, "read", [&](Compilation& out) { read_sources(options, out); }},
      {Phase::ast, "parse", [&](Compilation& out) { parse_sources(options, out); }},
      {Phase::catalog, "catalog", [&](Compilation& out) { apply_statements(out); }},
      {Phase::ir, "lower", [&](Compilation& out) { lower_catalog(options, out); }},
      {Phase::ir, "passes", [&](Compilation& out) { run_passes(options, out); }},
      {Phase::files, "emit", [&](Compilation& out) { emit_files(options, out); }},
  };
  Compilation out;
  for (const Step& step : steps) {
    if (step.phase > last || out.diagnostics.has_errors()) break;
    const auto start = Clock::now();
    const std::size_t place = out.times.size();
    step.run(out);
    out.times.insert(
        out.times.begin() + static_cast<std::ptrdiff_t>(place),
        {std::string(step.name), std::chrono::duration<double>(Clock::now() - start).count()});
  }
  return out;
}

void print_emitted(const Compilation& compilation, const Options& options) {
  switch (options.emit) {
    case Emit::nothing:
      return;
    case Emit::ast:
      for (const ast::File& file : compilation.ast) put(syntax::dump(file));
      return;
    case Emit::catalog:
      put(options.format == Format::json ? catalog::print_json(compilation.catalog)
                                         : catalog::print(compilation.catalog));
      return;
    case Emit::ir:
      put(ir::print(compilation.module));
      return;
    case Emit::rules:
      put(options.format == Format::json ? ir::print_verdicts_json(compilation.module)
                                         : ir::print_verdicts(compilation.module));
      return;
    case Emit::files:
      for (const emit::File& file : compilation.files) put(file.path + "\n");
      return;
    case Emit::sources:
      for (const emit::File& file : compilation.files) {
        put("==== " + file.path + " ====\n" + file.text);
      }
      return;
  }
}

void print_times(const std::vector<PhaseTime>& times) {
  for (const PhaseTime& phase : times) {
    std::fprintf(stderr, "%10.2f ms  %s\n", phase.seconds * 1000, phase.name.c_str());
  }
}

}  // namespace sqlxc::driver
