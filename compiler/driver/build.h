#pragma once

#include <filesystem>

#include "compiler/base/diagnostic.h"

// The emitted CMake project becomes bin/service. CMake runs once a folder; after that ninja alone
// decides what to do.
namespace sqlxc::driver {

struct BuildOptions {
  std::filesystem::path folder;  // that the project was emitted into
  unsigned jobs = 0;             // 0: what the build tool thinks best
  bool show_progress = false;
};

/// Builds; reports where a program is missing (SX8030, SX8031) or fails (SX8032, with its output).
bool build_service(const BuildOptions& options, Diagnostics& diagnostics);

/// The folder that holds sqlxc-config.cmake, found from where this program is: beside it in a build
/// tree, below lib/cmake in an installation.
std::filesystem::path package_folder();

}  // namespace sqlxc::driver
