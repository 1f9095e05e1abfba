#pragma once

#include "compiler/ir/ir.h"

namespace sqlxc::ir {

/// Where a range begins, in words: "blog.sql:12"; empty for what has no source.
Place place_of(const SourceMap& sources, SourceRange range);

}  // namespace sqlxc::ir
