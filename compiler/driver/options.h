#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/base/diagnostic.h"
#include "compiler/base/dialect.h"
#include "compiler/base/render.h"

// The command line as a value. Boost.Program_options stays behind options.cpp.
namespace sqlxc::driver {

enum class Command : std::uint8_t { compile, check, run, init, ping, explain, completion };

/// The arrow to stop after, and to print what it made.
enum class Emit : std::uint8_t { nothing, ast, catalog, ir, rules, files, sources };

enum class Format : std::uint8_t { sql, json };

enum class When : std::uint8_t { automatic, always, never };

struct Options {
  Command command = Command::compile;
  // Schema files; of init the folder, of ping the URL, of explain the codes, of completion the
  // shell.
  std::vector<std::string> inputs;
  std::string output;                // the folder to write to
  std::optional<Dialect> dialect;    // of the input; empty: found by itself
  std::vector<Dialect> targets;      // that the service can talk to
  std::vector<std::string> schemas;  // that are served, the default one first; none: all
  Emit emit = Emit::nothing;
  Format format = Format::sql;
  std::vector<std::string> print_after;  // passes, or "all"
  bool time = false;
  bool build = true;
  bool verify = false;
  unsigned jobs = 0;  // 0: one a core
  std::string depfile;
  DiagnosticStyle diagnostics = DiagnosticStyle::text;
  When color = When::automatic;
  std::vector<std::string>
      warnings;          // what follows each -W: "error", "no-SX1002", "error=statement-skipped"
  std::string database;  // of init: the URL to read
  std::vector<std::string> service_arguments;  // of run: --port 3000 ...
};

/// The names of commands, for main, completion and "did you mean".
std::span<const std::string_view> command_names();

/// The options that `args` (without the program's name) tell, or nothing where it reported an
/// error.
std::optional<Options> parse_options(std::span<const char* const> args, Diagnostics& diagnostics);

/// What --help prints.
std::string help_text();

/// A completion script for `bash` or `zsh`; empty for another shell.
std::string completion_script(std::string_view shell);

}  // namespace sqlxc::driver
