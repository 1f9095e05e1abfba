#include "compiler/driver/report.h"

#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <string_view>
#include <vector>

#include "compiler/base/nearest.h"

namespace sqlxc::driver {
namespace {

constexpr std::string_view kError = "error";
constexpr std::string_view kErrorPrefix = "error=";
constexpr std::string_view kNoPrefix = "no-";

bool names_kind(std::string_view name, const DiagnosticKind& kind) {
  return name == code_of(kind) || name == option_name_of(kind);
}

// The kind's name within a -W option: "no-x" and "error=x" speak of x.
std::string_view subject_of(std::string_view option) {
  if (option.starts_with(kErrorPrefix)) return option.substr(kErrorPrefix.size());
  if (option.starts_with(kNoPrefix)) return option.substr(kNoPrefix.size());
  return option;
}

bool wants_color(const Options& options) {
  switch (options.color) {
    case When::always:
      return true;
    case When::never:
      return false;
    case When::automatic:
      return is_terminal() && std::getenv("NO_COLOR") == nullptr;
  }
  return false;
}

ExitStatus status_of(const DiagnosticKind& kind) {
  if (kind.number >= 8001 && kind.number <= 8009) return kCommandLineWrong;
  if (kind.number >= 8020 && kind.number <= 8099) return kWorldWrong;
  return kSourceWrong;
}

}  // namespace

bool is_terminal() { return ::isatty(STDERR_FILENO) == 1; }

std::string option_name_of(const DiagnosticKind& kind) {
  std::string out;
  for (const char c : kind.name) {
    const bool is_upper = c >= 'A' && c <= 'Z';
    if (is_upper && !out.empty()) out += '-';
    out += is_upper ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return out;
}

Verdict verdict_of(const DiagnosticKind& kind, const Options& options) {
  if (kind.severity == Severity::error) return Verdict::error;
  Verdict verdict = kind.severity == Severity::note ? Verdict::note : Verdict::warning;
  // The last option that speaks of the kind wins; -Werror speaks of every warning that is shown.
  for (const std::string_view option : options.warnings) {
    if (option == kError || option == "no-error") {
      if (verdict != Verdict::hide && kind.severity == Severity::warning) {
        verdict = option == kError ? Verdict::error : Verdict::warning;
      }
    } else if (names_kind(subject_of(option), kind)) {
      verdict = option.starts_with(kErrorPrefix) ? Verdict::error
                : option.starts_with(kNoPrefix)  ? Verdict::hide
                                                 : Verdict::warning;
    }
  }
  return verdict;
}

void check_warning_options(const Options& options, Diagnostics& diagnostics) {
  std::vector<std::string> names;
  for (const DiagnosticKind* kind : all_diagnostic_kinds()) {
    if (kind->severity != Severity::error) names.push_back(option_name_of(*kind));
  }
  for (const std::string_view option : options.warnings) {
    if (option == kError || option == "no-error") continue;
    const std::string_view subject = subject_of(option);
    const auto kinds = all_diagnostic_kinds();
    if (std::ranges::any_of(kinds, [&](const auto* kind) { return names_kind(subject, *kind); })) {
      continue;
    }
    diagnostics.report<diag::UnknownOption>({}, "-W" + std::string(option))
        .help(did_you_mean(nearest(subject, names)));
  }
}

void show(const SourceMap& sources, const Diagnostics& diagnostics, const Options& options) {
  RenderOptions render_options;
  render_options.style = options.diagnostics;
  render_options.color = wants_color(options);
  render_options.version = SQLXC_VERSION;
  render_options.verdict = [&](const DiagnosticKind& kind) { return verdict_of(kind, options); };
  const std::string text = render(sources, diagnostics.all(), render_options);
  std::fwrite(text.data(), 1, text.size(), stderr);
}

ExitStatus status_of(const Diagnostics& diagnostics, const Options& options) {
  bool is_source = false;
  bool is_world = false;
  for (const Diagnostic& diagnostic : diagnostics.all()) {
    if (verdict_of(*diagnostic.kind, options) != Verdict::error) continue;
    const ExitStatus status = status_of(*diagnostic.kind);
    if (status == kCommandLineWrong) return status;
    (status == kWorldWrong ? is_world : is_source) = true;
  }
  return is_world ? kWorldWrong : is_source ? kSourceWrong : kDone;
}

}  // namespace sqlxc::driver
