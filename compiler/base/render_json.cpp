#include <map>

#include "compiler/base/json_text.h"
#include "compiler/base/render_styles.h"

// The two machine-readable styles: JSON lines, one object a diagnostic, and one SARIF 2.1.0 log.
namespace sqlxc {
namespace {

std::string number(std::uint32_t value) { return std::to_string(value); }

// "file":…,"line":…,"column":…,"end_line":…,"end_column":…,"begin":…,"end":…
std::string json_place(const SourceMap& sources, SourceRange range) {
  if (!range.is_known()) return "\"file\":null";
  const LineColumn begin = sources.position(range.source, range.begin);
  const LineColumn end = sources.position(range.source, range.end);
  return "\"file\":" + json_string(sources.name(range.source)) + ",\"line\":" + number(begin.line) +
         ",\"column\":" + number(begin.column) + ",\"end_line\":" + number(end.line) +
         ",\"end_column\":" + number(end.column) + ",\"begin\":" + number(range.begin) +
         ",\"end\":" + number(range.end);
}

std::string sarif_region(const SourceMap& sources, SourceRange range) {
  const LineColumn begin = sources.position(range.source, range.begin);
  const LineColumn end = sources.position(range.source, range.end);
  return R"({"startLine":)" + number(begin.line) + R"(,"startColumn":)" + number(begin.column) +
         R"(,"endLine":)" + number(end.line) + R"(,"endColumn":)" + number(end.column) + "}";
}

std::string sarif_location(const SourceMap& sources, SourceRange range) {
  return R"({"artifactLocation":{"uri":)" + json_string(sources.name(range.source)) +
         R"(},"region":)" + sarif_region(sources, range) + "}";
}

std::string sarif_result(const SourceMap& sources, const Shown& one) {
  const Diagnostic& diagnostic = *one.diagnostic;
  std::string out = R"({"ruleId":)" + json_string(code_of(*diagnostic.kind)) + R"(,"level":)" +
                    json_string(name_of(one.verdict)) + R"(,"message":{"text":)" +
                    json_string(diagnostic.message) + R"(},"locations":[)";
  if (diagnostic.range.is_known()) {
    out += R"({"physicalLocation":)" + sarif_location(sources, diagnostic.range) + "}";
  }
  out += "]";
  std::string related;
  for (const Label& label : diagnostic.labels) {
    if (!label.range.is_known()) continue;
    related += std::string(related.empty() ? "" : ",") + R"({"physicalLocation":)" +
               sarif_location(sources, label.range) + R"(,"message":{"text":)" +
               json_string(label.text) + "}}";
  }
  if (!related.empty()) out += R"(,"relatedLocations":[)" + related + "]";
  std::string fixes;
  for (const FixIt& fix : diagnostic.fixes) {
    if (!fix.range.is_known()) continue;
    fixes += std::string(fixes.empty() ? "" : ",") + R"({"description":{"text":)" +
             json_string(fix.text) + R"(},"artifactChanges":[{"artifactLocation":{"uri":)" +
             json_string(sources.name(fix.range.source)) +
             R"(},"replacements":[{"deletedRegion":)" + sarif_region(sources, fix.range) +
             R"(,"insertedContent":{"text":)" + json_string(fix.replacement) + "}}]}]}";
  }
  if (!fixes.empty()) out += R"(,"fixes":[)" + fixes + "]";
  return out + "}";
}

}  // namespace

std::string render_json(const SourceMap& sources, const std::vector<Shown>& shown) {
  std::string out;
  for (const Shown& one : shown) {
    const Diagnostic& diagnostic = *one.diagnostic;
    out += "{\"code\":" + json_string(code_of(*diagnostic.kind)) +
           ",\"name\":" + json_string(diagnostic.kind->name) +
           ",\"severity\":" + json_string(name_of(one.verdict)) +
           ",\"message\":" + json_string(diagnostic.message) + "," +
           json_place(sources, diagnostic.range) + ",\"labels\":[";
    for (const Label& label : diagnostic.labels) {
      if (&label != diagnostic.labels.data()) out += ",";
      out += "{\"text\":" + json_string(label.text) + "," + json_place(sources, label.range) + "}";
    }
    out += "],\"hint\":" + (diagnostic.hint.empty() ? "null" : json_string(diagnostic.hint)) +
           ",\"fixes\":[";
    for (const FixIt& fix : diagnostic.fixes) {
      if (&fix != diagnostic.fixes.data()) out += ",";
      out += "{\"text\":" + json_string(fix.text) +
             ",\"replacement\":" + json_string(fix.replacement) + "," +
             json_place(sources, fix.range) + "}";
    }
    out += "]}\n";
  }
  return out;
}

std::string render_sarif(const SourceMap& sources, const std::vector<Shown>& shown,
                         const RenderOptions& options) {
  std::map<int, const DiagnosticKind*> kinds;
  std::string results;
  for (const Shown& one : shown) {
    kinds.emplace(one.diagnostic->kind->number, one.diagnostic->kind);
    results += (results.empty() ? "\n" : ",\n") + sarif_result(sources, one);
  }
  std::string rules;
  for (const auto& [code, kind] : kinds) {
    rules += std::string(rules.empty() ? "" : ",") + R"({"id":)" + json_string(code_of(*kind)) +
             R"(,"name":)" + json_string(kind->name) + R"(,"shortDescription":{"text":)" +
             json_string(kind->text) + "}}";
  }
  return R"({"$schema":"https://json.schemastore.org/sarif-2.1.0.json","version":"2.1.0",)"
         R"("runs":[{"tool":{"driver":{"name":"sqlxc","version":)" +
         json_string(options.version) + R"(,"rules":[)" + rules +
         R"(]}},"columnKind":"unicodeCodePoints","results":[)" + results + "]}]}\n";
}

}  // namespace sqlxc
