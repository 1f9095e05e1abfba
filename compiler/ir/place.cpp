#include "compiler/ir/place.h"

namespace sqlxc::ir {

Place place_of(const SourceMap& sources, SourceRange range) {
  if (!range.is_known()) return {};
  std::string_view file = sources.name(range.source);
  file.remove_prefix(file.find_last_of('/') + 1);
  const LineColumn at = sources.position(range.source, range.begin);
  return {range, std::string(file) + ':' + std::to_string(at.line)};
}

}  // namespace sqlxc::ir
