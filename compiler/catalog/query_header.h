#pragma once

#include <optional>
#include <string>
#include <vector>

#include "compiler/base/diagnostic.h"
#include "compiler/syntax/ast.h"

namespace sqlxc::catalog {

/// A parameter of a named query as it was written.
struct WrittenParameter {
  ast::Name name;
  SourceRange type;
  SourceRange default_value;  // unknown where there is none
};

/// `name(parameters): SELECT ...` in its parts.
struct QueryHeader {
  ast::Name name;
  std::vector<WrittenParameter> parameters;
  SourceRange body;
};

/// Reads the text at `range`; nothing where it was reported (SX3005).
std::optional<QueryHeader> read_query_header(const SourceMap& sources, SourceRange range,
                                             Dialect dialect, Diagnostics& diagnostics);

}  // namespace sqlxc::catalog
