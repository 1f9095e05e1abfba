#include "compiler/base/diagnostic.h"

#include <utility>

namespace sqlxc {
namespace {

constexpr const DiagnosticKind* kKinds[] = {
#define SQLXC_DIAGNOSTIC(NAME, NUMBER, SEVERITY, PARAMETERS, TEXT) &diag::NAME::kind,
#include "compiler/base/diagnostics.def"
#undef SQLXC_DIAGNOSTIC
};

}  // namespace

std::span<const DiagnosticKind* const> all_diagnostic_kinds() { return kKinds; }

std::string code_of(const DiagnosticKind& kind) { return "SX" + std::to_string(kind.number); }

std::string fill(std::string_view text, const std::vector<std::string>& args) {
  std::string out;
  std::size_t next = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text.substr(at, 2) == "{}" && next < args.size()) {
      out += args[next++];
      ++at;
    } else {
      out += text[at];
    }
  }
  return out;
}

Diagnostic& Diagnostics::add(const DiagnosticKind& kind, SourceRange range,
                             std::vector<std::string> args) {
  if (kind.severity == Severity::error) ++errors_;
  all_.push_back({&kind, range, fill(kind.text, args), {}, {}, {}});
  return all_.back();
}

}  // namespace sqlxc
