#include "compiler/driver/verify.h"

#include <algorithm>
#include <charconv>
#include <string>
#include <string_view>
#include <vector>

namespace sqlxc::driver {
namespace {

// `expected-error@+1 {{SX2104: part of the message}}`
struct Expectation {
  SourceRange range;
  Severity severity = Severity::error;
  std::uint32_t line = 0;  // 0: any
  std::string_view code;
  std::string_view part;
  bool is_met = false;
};

constexpr std::string_view kMark = "expected-";

// Reads what follows the mark; false where it is no expectation but prose.
bool read_expectation(const SourceMap& sources, SourceId id, std::size_t at, Expectation& out) {
  const std::string_view text = sources.text(id);
  std::string_view rest = text.substr(at + kMark.size());
  if (rest.starts_with("error")) {
    out.severity = Severity::error;
    rest.remove_prefix(5);
  } else if (rest.starts_with("warning")) {
    out.severity = Severity::warning;
    rest.remove_prefix(7);
  } else {
    return false;
  }
  out.line = sources.position(id, static_cast<std::uint32_t>(at)).line;
  if (rest.starts_with("@*")) {
    out.line = 0;
    rest.remove_prefix(2);
  } else if (rest.starts_with("@+") || rest.starts_with("@-")) {
    std::uint32_t distance = 0;
    const auto end = std::from_chars(rest.data() + 2, rest.data() + rest.size(), distance).ptr;
    out.line = rest[1] == '+' ? out.line + distance : out.line - distance;
    rest.remove_prefix(static_cast<std::size_t>(end - rest.data()));
  }
  const std::size_t close = rest.find("}}");
  if (!rest.starts_with(" {{") || close == std::string_view::npos) return false;
  const std::string_view wanted = rest.substr(3, close - 3);
  const std::size_t colon = std::min(wanted.find(": "), wanted.size());
  out.code = wanted.substr(0, colon);
  out.part = colon < wanted.size() ? wanted.substr(colon + 2) : std::string_view();
  const auto begin = static_cast<std::uint32_t>(at);
  out.range = {id, begin, begin + static_cast<std::uint32_t>(kMark.size() + 5)};
  return true;
}

std::vector<Expectation> read_expectations(const SourceMap& sources) {
  std::vector<Expectation> all;
  for (std::uint32_t i = 0; i < sources.size(); ++i) {
    const std::string_view text = sources.text(SourceId{i});
    for (std::size_t at = text.find(kMark); at != std::string_view::npos;
         at = text.find(kMark, at + 1)) {
      Expectation one;
      if (read_expectation(sources, SourceId{i}, at, one)) all.push_back(one);
    }
  }
  return all;
}

bool meets(const SourceMap& sources, const Diagnostic& diagnostic, const Expectation& expected) {
  if (expected.is_met || diagnostic.kind->severity != expected.severity ||
      code_of(*diagnostic.kind) != expected.code ||
      diagnostic.message.find(expected.part) == std::string::npos) {
    return false;
  }
  if (expected.line == 0) return true;
  const SourceRange at = diagnostic.range;
  return at.is_known() && at.source == expected.range.source &&
         sources.position(at.source, at.begin).line == expected.line;
}

}  // namespace

Diagnostics verify(const SourceMap& sources, const Diagnostics& reported) {
  std::vector<Expectation> expectations = read_expectations(sources);
  Diagnostics out;
  for (const Diagnostic& diagnostic : reported.all()) {
    if (diagnostic.kind->severity == Severity::note) continue;
    const auto found = std::ranges::find_if(
        expectations, [&](const Expectation& one) { return meets(sources, diagnostic, one); });
    if (found != expectations.end()) {
      found->is_met = true;
    } else {
      out.report<diag::ExpectedNot>(diagnostic.range, code_of(*diagnostic.kind),
                                    diagnostic.message);
    }
  }
  for (const Expectation& one : expectations) {
    if (!one.is_met) out.report<diag::ExpectedMissing>(one.range, std::string(one.code));
  }
  return out;
}

}  // namespace sqlxc::driver
