#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/catalog/catalog.h"
#include "emit/ddl/ddl.h"

// Names in an SQLite file: schemas are flattened into table names, and letter case tells nothing
// apart.
namespace sqlxc::emit::ddl {

class Names {
 public:
  /// `wanted`, or with a number where it is taken; letter case is ignored.
  std::string take(std::string_view wanted);
  bool is_taken(std::string_view name) const;

 private:
  std::set<std::string, std::less<>> taken_;
};

/// Where every table is kept; partitions are not. Reports names that had to change.
std::vector<HeldTable> name_tables(const catalog::Catalog& catalog, Names& names,
                                   Diagnostics& diagnostics);

}  // namespace sqlxc::emit::ddl
