#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "compiler/base/source.h"

// What the compiler says to its user. A phase appends to a Diagnostics and goes on; the driver
// stops after a phase that reported errors. Each kind is a line in diagnostics.def and a type, so a
// wrong number of arguments does not compile. Rendering (text, short, json, sarif) is in render.h.
namespace sqlxc {

enum class Severity : std::uint8_t { note, warning, error };

struct DiagnosticKind {
  std::string_view name;
  int number;  // shown as SXnnnn
  Severity severity;
  std::size_t parameters;
  std::string_view text;
};

namespace diag {
#define SQLXC_DIAGNOSTIC(NAME, NUMBER, SEVERITY, PARAMETERS, TEXT)                             \
  struct NAME {                                                                                \
    static constexpr DiagnosticKind kind{#NAME, NUMBER, Severity::SEVERITY, PARAMETERS, TEXT}; \
  };
#include "compiler/base/diagnostics.def"
#undef SQLXC_DIAGNOSTIC
}  // namespace diag

/// Every kind, in the order of diagnostics.def.
std::span<const DiagnosticKind* const> all_diagnostic_kinds();

/// `SX2104`
std::string code_of(const DiagnosticKind& kind);

/// A second place that explains the first: `the referenced column is uuid`.
struct Label {
  SourceRange range;
  std::string text;
};

/// An edit that would mend it: `range` replaced by `replacement`.
struct FixIt {
  SourceRange range;
  std::string replacement;
  std::string text;  // `give both columns the same type`
};

struct Diagnostic {
  const DiagnosticKind* kind = nullptr;
  SourceRange range;
  std::string message;
  std::vector<Label> labels;
  std::string hint;
  std::vector<FixIt> fixes;

  Diagnostic& label(SourceRange where, std::string text) {
    labels.push_back({where, std::move(text)});
    return *this;
  }
  Diagnostic& help(std::string text) {
    hint = std::move(text);
    return *this;
  }
  Diagnostic& fix(SourceRange where, std::string replacement, std::string text) {
    fixes.push_back({where, std::move(replacement), std::move(text)});
    return *this;
  }
};

/// `text` with each {} replaced by the next argument.
std::string fill(std::string_view text, const std::vector<std::string>& args);

class Diagnostics {
 public:
  /// diagnostics.report<diag::UnknownTable>(range, name).label(...).help(...)
  template <typename Kind, typename... Args>
  Diagnostic& report(SourceRange range, const Args&... args) {
    static_assert(sizeof...(Args) == Kind::kind.parameters, "one argument for each {} of the text");
    return add(Kind::kind, range, {std::string(args)...});
  }

  /// What another list says, here too.
  void pass_on(Diagnostic one) {
    if (one.kind->severity == Severity::error) ++errors_;
    all_.push_back(std::move(one));
  }

  bool has_errors() const { return errors_ != 0; }
  std::size_t error_count() const { return errors_; }
  const std::vector<Diagnostic>& all() const { return all_; }

 private:
  Diagnostic& add(const DiagnosticKind& kind, SourceRange range, std::vector<std::string> args);
  std::vector<Diagnostic> all_;
  std::size_t errors_ = 0;
};

}  // namespace sqlxc
