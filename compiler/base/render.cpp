#include "compiler/base/render.h"

#include "compiler/base/render_styles.h"

namespace sqlxc {
namespace {

Verdict own_verdict(const DiagnosticKind& kind) {
  switch (kind.severity) {
    case Severity::note:
      return Verdict::note;
    case Severity::warning:
      return Verdict::warning;
    case Severity::error:
      return Verdict::error;
  }
  return Verdict::error;
}

}  // namespace

std::string_view name_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::hide:
      return "hidden";
    case Verdict::note:
      return "note";
    case Verdict::warning:
      return "warning";
    case Verdict::error:
      return "error";
  }
  return "";
}

std::string render(const SourceMap& sources, const std::vector<Diagnostic>& diagnostics,
                   const RenderOptions& options) {
  std::vector<Shown> shown;
  for (const Diagnostic& diagnostic : diagnostics) {
    const DiagnosticKind& kind = *diagnostic.kind;
    const Verdict verdict = options.verdict ? options.verdict(kind) : own_verdict(kind);
    if (verdict != Verdict::hide) shown.push_back({&diagnostic, verdict});
  }
  switch (options.style) {
    case DiagnosticStyle::text:
      return render_text(sources, shown, options);
    case DiagnosticStyle::short_lines:
      return render_short(sources, shown);
    case DiagnosticStyle::json:
      return render_json(sources, shown);
    case DiagnosticStyle::sarif:
      return render_sarif(sources, shown, options);
  }
  return {};
}

std::string render_short(const SourceMap& sources, const std::vector<Shown>& shown) {
  std::string out;
  const auto place = [&](SourceRange range) {
    if (!range.is_known()) return std::string("sqlxc: ");
    const LineColumn at = sources.position(range.source, range.begin);
    return std::string(sources.name(range.source)) + ":" + std::to_string(at.line) + ":" +
           std::to_string(at.column) + ": ";
  };
  for (const Shown& one : shown) {
    const Diagnostic& diagnostic = *one.diagnostic;
    out += place(diagnostic.range) + std::string(name_of(one.verdict)) + "[" +
           code_of(*diagnostic.kind) + "]: " + diagnostic.message + "\n";
    for (const Label& label : diagnostic.labels) {
      out += place(label.range) + "note: " + label.text + "\n";
    }
    if (!diagnostic.hint.empty())
      out += place(diagnostic.range) + "hint: " + diagnostic.hint + "\n";
    for (const FixIt& fix : diagnostic.fixes) out += place(fix.range) + "fix: " + fix.text + "\n";
  }
  return out;
}

}  // namespace sqlxc
