#pragma once

#include <string>
#include <vector>

#include "compiler/base/diagnostic.h"
#include "compiler/ir/ir.h"

// ir::Module -> files: text out, nothing opened. emitters.cpp is the list.
namespace sqlxc::emit {

struct File {
  std::string path;  // relative to the output folder, with forward slashes
  std::string text;
};

struct Options {
  std::string schema_file_name;  // for comments: "blog.sql"
};

/// Every file of the service, in a fixed order, byte-identical between runs.
std::vector<File> emit(const ir::Module& module, const Options& options, Diagnostics& diagnostics);

}  // namespace sqlxc::emit
