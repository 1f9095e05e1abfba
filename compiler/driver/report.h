#pragma once

#include <string>

#include "compiler/base/diagnostic.h"
#include "compiler/base/render.h"
#include "compiler/driver/options.h"

// What the user sees of diagnostics, and the exit status that they amount to.
namespace sqlxc::driver {

enum ExitStatus : int { kDone = 0, kSourceWrong = 1, kCommandLineWrong = 2, kWorldWrong = 3 };

/// `statement-skipped`: what -W calls a kind.
std::string option_name_of(const DiagnosticKind& kind);

/// The severity that the -W options give to a kind.
Verdict verdict_of(const DiagnosticKind& kind, const Options& options);

/// Reports each -W option that speaks of no kind.
void check_warning_options(const Options& options, Diagnostics& diagnostics);

/// Prints to standard error; SARIF is one log, so it is printed even where there is nothing to say.
void show(const SourceMap& sources, const Diagnostics& diagnostics, const Options& options);

/// kDone where nothing is an error, else by the group of the gravest: the command line, the world,
/// the source.
ExitStatus status_of(const Diagnostics& diagnostics, const Options& options);

/// Whether standard error is a terminal that wants colors and progress.
bool is_terminal();

}  // namespace sqlxc::driver
