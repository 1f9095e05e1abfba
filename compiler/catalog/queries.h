#pragma once

#include "compiler/base/diagnostic.h"
#include "compiler/catalog/catalog.h"

// Named queries: the annotation `query name(parameters): SELECT ...`, read and held against the
// catalog.
namespace sqlxc::catalog {

/// Fills Catalog::queries from Catalog::annotations. Reports what is no single SELECT, names that
/// nothing has, and what cannot be told apart (SX3010 to SX3016). A text that no source has letter
/// for letter becomes a source of its own.
void read_queries(SourceMap& sources, Catalog& catalog, Diagnostics& diagnostics);

}  // namespace sqlxc::catalog
