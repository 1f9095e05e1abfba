#include <fstream>
#include <iostream>
#include <iterator>
#include <string>

#include "compiler/base/render.h"
#include "compiler/syntax/parse.h"
#include "compiler/syntax/print.h"

// What tests/corpus/statements.py runs: many statements, NUL between them, each a source of its
// own, one verdict a line.
//   parse_statements DIALECT < statements        read | several | refused CONSTRUCT | error MESSAGE
//   parse_statements DIALECT --files FILE...      the diagnostics of each
//   parse_statements DIALECT --dump FILE          the tree
namespace {

using namespace sqlxc;

std::string first_line(const std::string& text) { return text.substr(0, text.find('\n')); }

int verdicts(Dialect dialect) {
  const std::string all{std::istreambuf_iterator<char>(std::cin), {}};
  std::size_t at = 0;
  while (at < all.size()) {
    const std::size_t end = std::min(all.find('\0', at), all.size());
    SourceMap sources;
    const SourceId id = sources.add("statement", all.substr(at, end - at));
    at = end + 1;
    Diagnostics diagnostics;
    syntax::ParseOptions options;
    options.reads_rows = true;
    const ast::File file = syntax::parse(sources, id, dialect, diagnostics, options);
    std::string verdict = file.statements.size() > 1 ? "several" : "read";
    for (const Diagnostic& one : diagnostics.all()) {
      if (one.kind->severity == Severity::error) {
        verdict = "error " + code_of(*one.kind) + " " + first_line(one.message);
        break;
      }
      verdict = "refused " + first_line(one.message);
    }
    std::cout << verdict << '\n';
  }
  return 0;
}

int files(Dialect dialect, int count, char** paths) {
  std::size_t errors = 0;
  for (int i = 0; i < count; ++i) {
    std::ifstream in(paths[i], std::ios::binary);
    SourceMap sources;
    const SourceId id = sources.add(paths[i], {std::istreambuf_iterator<char>(in), {}});
    Diagnostics diagnostics;
    syntax::ParseOptions options;
    options.reads_rows = true;
    syntax::parse(sources, id, dialect, diagnostics, options);
    RenderOptions render_options;
    render_options.style = DiagnosticStyle::short_lines;
    std::cout << render(sources, diagnostics.all(), render_options);
    errors += diagnostics.error_count();
  }
  return errors == 0 ? 0 : 1;
}

int dump_file(Dialect dialect, const char* path) {
  std::ifstream in(path, std::ios::binary);
  SourceMap sources;
  const SourceId id = sources.add(path, {std::istreambuf_iterator<char>(in), {}});
  Diagnostics diagnostics;
  const ast::File file = syntax::parse(sources, id, dialect, diagnostics);
  std::cout << syntax::dump(file) << render(sources, diagnostics.all(), {});
  return diagnostics.has_errors() ? 1 : 0;
}

}  // namespace

int main(int count, char** arguments) {
  const auto dialect = count > 1 ? dialect_named(arguments[1]) : std::nullopt;
  if (!dialect) return 2;
  const std::string mode = count > 2 ? arguments[2] : "";
  if (mode == "--files") return files(*dialect, count - 3, arguments + 3);
  if (mode == "--dump" && count > 3) return dump_file(*dialect, arguments[3]);
  return verdicts(*dialect);
}
