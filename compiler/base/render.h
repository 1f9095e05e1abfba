#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/base/diagnostic.h"
#include "compiler/base/source.h"

// Diagnostics as text, one-line facts, JSON lines or SARIF 2.1.0. Nothing is opened or printed
// here.
namespace sqlxc {

enum class DiagnosticStyle : std::uint8_t { text, short_lines, json, sarif };

/// What the user wants to hear of a kind; the severity it has for them.
enum class Verdict : std::uint8_t { hide, note, warning, error };

struct RenderOptions {
  DiagnosticStyle style = DiagnosticStyle::text;
  bool color = false;
  std::string_view version = {};                               // of sqlxc, for SARIF
  std::function<Verdict(const DiagnosticKind&)> verdict = {};  // empty: the kind's own severity
};

/// The diagnostics in the order of their report; text ends with a line end unless it is empty.
std::string render(const SourceMap& sources, const std::vector<Diagnostic>& diagnostics,
                   const RenderOptions& options);

/// The word that is shown: "error".
std::string_view name_of(Verdict verdict);

}  // namespace sqlxc
