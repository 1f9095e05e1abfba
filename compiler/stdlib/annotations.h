#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/base/diagnostic.h"

// The annotations that exist, as rows of stdlib/annotations: where each may stand and what it
// takes. What one means is the business of the passes.
namespace sqlxc::stdlib {

enum class ArgType : std::uint8_t {
  word,
  text,
  integer,
  number,
  value,
  boolean,
  column,
  order,
  sql,
  any
};

struct AnnotationArg {
  std::string name;
  ArgType type = ArgType::any;
  bool is_optional = false;
  bool repeats = false;  // the last one only
};

struct AnnotationRow {
  std::string name;
  bool on_table = false;
  bool on_column = false;
  bool on_file = false;
  bool is_query =
      false;  // `query name(args): SELECT ...`: everything after the name is kept as one argument
  bool may_repeat = false;
  std::vector<AnnotationArg> args;
  std::vector<std::string> keys;  // names that may stand before an argument's `:`
  std::string doc;
};

/// Every row; read at the first call.
std::span<const AnnotationRow> annotations();

/// The row of a name, or null.
const AnnotationRow* find_annotation(std::string_view name);

/// A file of rows; reports SX7001... for what is not understood.
std::vector<AnnotationRow> read_annotations(const SourceMap& sources, SourceId source,
                                            Diagnostics& diagnostics);

}  // namespace sqlxc::stdlib
