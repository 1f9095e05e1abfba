#pragma once

#include <span>
#include <string>

#include "compiler/base/diagnostic.h"
#include "compiler/catalog/catalog.h"

namespace sqlxc::catalog {

/// The catalog after every statement of every file, in order: a fold. Reports (SX2xxx) what the
/// engine would refuse: two tables of one name, a foreign key to nothing, an unknown column or
/// type. Names that engines make up (constraints, indexes) are made up by the same rules.
Catalog apply(const SourceMap& sources, std::span<const ast::File> files, Diagnostics& diagnostics);

}  // namespace sqlxc::catalog
