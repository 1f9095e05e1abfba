#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/base/diagnostic.h"
#include "compiler/base/source.h"
#include "emit/emit.h"

// Where paths become sources and emitted files become files. Every failure is a diagnostic with its
// own code.
namespace sqlxc::driver {

/// Reads a schema file (`-` is standard input) into the map. Reports what is not there, not
/// readable, not text, not UTF-8, empty or above 1 GiB.
std::optional<SourceId> read_source(SourceMap& sources, const std::string& path,
                                    Diagnostics& diagnostics);

/// The bytes of a file, or nothing where it cannot be read.
std::optional<std::string> read_file(const std::filesystem::path& path);

/// Replaces a file in one step, so that nobody ever reads half of it; does nothing where it holds
/// `text` already. Returns whether it wrote; reports where it could not.
bool write_if_changed(const std::filesystem::path& path, std::string_view text,
                      Diagnostics& diagnostics);

struct WriteCount {
  std::size_t written = 0;
  std::size_t removed = 0;
};

/// Brings `folder` to hold exactly `files` beside what the user put there: writes what changed,
/// removes what a run before wrote and this one does not, refuses to overwrite a file that no run
/// wrote.
WriteCount write_files(const std::filesystem::path& folder, const std::vector<emit::File>& files,
                       Diagnostics& diagnostics);

/// The folder below `folder` that is sqlxc's own: the list of written files and the build tree.
std::filesystem::path own_folder(const std::filesystem::path& folder);

}  // namespace sqlxc::driver
