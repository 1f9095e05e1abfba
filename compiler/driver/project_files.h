#pragma once

#include <string>
#include <vector>

#include "compiler/catalog/catalog.h"
#include "emit/emit.h"

// The files of a project that `sqlxc init` begins: they are the user's from then on.
namespace sqlxc::driver {

struct Project {
  std::string name;      // of the folder
  std::string database;  // its URL without a password
};

/// schema.sql, schema.sqlx, CMakeLists.txt and README.md.
std::vector<emit::File> project_files(const catalog::Catalog& catalog, const Project& project);

}  // namespace sqlxc::driver
