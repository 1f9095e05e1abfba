#include <algorithm>
#include <cstdio>
#include <string>
#include <vector>

#include "compiler/base/embedded.h"
#include "compiler/base/nearest.h"
#include "compiler/driver/commands/commands.h"

namespace sqlxc {

/// The pages of stdlib/explain.
std::span<const EmbeddedFile> explain_pages();

namespace driver {
namespace {

// The page that a code, its bare number or a kind's name asks for; nullptr where there is none.
const EmbeddedFile* page_of(std::string_view asked) {
  for (const DiagnosticKind* kind : all_diagnostic_kinds()) {
    const std::string code = code_of(*kind);
    if (edit_distance(asked, code, 0) != 0 && asked != code.substr(2) &&
        asked != option_name_of(*kind)) {
      continue;
    }
    for (const EmbeddedFile& page : explain_pages()) {
      if (page.name == code + ".md") return &page;
    }
  }
  return nullptr;
}

}  // namespace

ExitStatus explain(const Options& options) {
  Diagnostics diagnostics;
  bool is_first = true;
  for (const std::string& asked : options.inputs) {
    const EmbeddedFile* page = page_of(asked);
    if (page == nullptr) {
      std::vector<std::string> names;
      for (const DiagnosticKind* kind : all_diagnostic_kinds()) {
        names.push_back(option_name_of(*kind));
        names.push_back(code_of(*kind));
      }
      diagnostics.report<diag::UnknownCode>({}, asked).help(did_you_mean(nearest(asked, names)));
      continue;
    }
    if (!is_first) std::fputs("\n", stdout);
    std::fwrite(page->text.data(), 1, page->text.size(), stdout);
    is_first = false;
  }
  show(SourceMap(), diagnostics, options);
  return status_of(diagnostics, options);
}

}  // namespace driver
}  // namespace sqlxc
