#pragma once

#include "compiler/driver/options.h"
#include "compiler/driver/report.h"

// A function a command, each in its file; main.cpp chooses.
namespace sqlxc::driver {

/// Compiles the schema files into options.output, and builds the service unless --no-build.
ExitStatus compile(const Options& options);

/// Reports diagnostics, or prints the value that --emit asks for.
ExitStatus check(const Options& options);

/// Compiles into a cache folder and becomes the service.
ExitStatus run(const Options& options);

/// Prints the pages of the codes in options.inputs: "SX1001", "1001" or "statement-skipped".
ExitStatus explain(const Options& options);

/// Prints a completion script for the shell that options.inputs names.
ExitStatus completion(const Options& options);

/// Writes a project into the folder options.inputs names, from the database options.database.
ExitStatus init(const Options& options);

/// Says whether the database or service that options.inputs names answers, and what it is.
ExitStatus ping(const Options& options);

}  // namespace sqlxc::driver
