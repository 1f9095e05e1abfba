#include "compiler/syntax/cut_names.h"

#include "compiler/base/utf8.h"
#include "compiler/stdlib/dialects.h"

namespace sqlxc::syntax {

std::string kept_of_name(const BuildContext& context, std::string name, SourceRange range) {
  constexpr std::size_t kShortest = 63;  // of any engine that cuts: most names end here
  if (name.size() < kShortest || context.dialect != Dialect::postgres) return name;
  std::string kept(clip_utf8(name, stdlib::dialect_row(context.dialect).name_bytes));
  if (context.cut_names == nullptr || context.diagnostics == nullptr) return kept;
  const auto [place, is_new] = context.cut_names->by_kept.try_emplace(kept);
  CutNames::Written& first = place->second;
  if (is_new) first.whole = name;
  if (first.whole == name || first.is_told) return kept;
  context.diagnostics->report<diag::NamesCutToOne>(range, name, first.whole, kept);
  first.is_told = true;
  return kept;
}

}  // namespace sqlxc::syntax
