#pragma once

#include <span>

#include "compiler/base/diagnostic.h"
#include "compiler/catalog/catalog.h"

namespace sqlxc::catalog {

/// Places `--@` annotations, those inside COMMENT ON texts, and plain comments on the tables and
/// columns they speak of, checks them against stdlib/annotations (SX3xxx, with "did you mean") and
/// reads their arguments.
void annotate(const SourceMap& sources, std::span<const ast::File> files, Catalog& catalog,
              Diagnostics& diagnostics);

/// Reads a sidecar, `SCHEMA.sqlx`: lines of `table: text` and `table.column: text`, where a text is
/// what COMMENT ON would say, annotations included; indented lines go on with the text above, `#`
/// begins a comment (docs/annotations.md).
void annotate_sidecar(const SourceMap& sources, SourceId sidecar, Catalog& catalog,
                      Diagnostics& diagnostics);

}  // namespace sqlxc::catalog
