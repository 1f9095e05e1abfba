#include "compiler/base/render.h"

#include <catch2/catch.hpp>
#include <string>

namespace sqlxc {
namespace {

SourceRange find(const SourceMap& sources, SourceId id, std::string_view text) {
  const auto at = static_cast<std::uint32_t>(sources.text(id).find(text));
  return {id, at, at + static_cast<std::uint32_t>(text.size())};
}

TEST_CASE("the text style shows the place, its labels, a gap and the mended line") {
  SourceMap sources;
  std::string sql = "-- shop\ncreate table users (\n  id uuid primary key,\n";
  sql += std::string(8, '\n') + ");\ncreate table orders (\n";
  sql += "  user_id integer not null references users (id),\n);\n";
  const SourceId id = sources.add("shop.sql", sql);
  Diagnostics diagnostics;
  diagnostics.report<diag::StatementSkipped>(find(sources, id, "integer"), "x")
      .label(find(sources, id, "uuid"), "the referenced column is `uuid`")
      .fix(find(sources, id, "integer"), "uuid", "give both columns the same type");
  CHECK(render(sources, diagnostics.all(), {}) ==
        "warning[SX1002]: `x` is not supported and was skipped\n"
        "  --> shop.sql:14:11\n"
        "   |\n"
        " 3 |   id uuid primary key,\n"
        "   |      ---- the referenced column is `uuid`\n"
        "...\n"
        "14 |   user_id integer not null references users (id),\n"
        "   |           ^^^^^^^\n"
        "   |\n"
        "fix: give both columns the same type\n"
        "   |\n"
        "14 |   user_id uuid not null references users (id),\n"
        "   |           ~~~~\n");
}

TEST_CASE("several labels of a line stand below one another") {
  SourceMap sources;
  const SourceId id = sources.add("a.sql", "alpha beta gamma");
  Diagnostics diagnostics;
  diagnostics.report<diag::StatementSkipped>(find(sources, id, "gamma"), "x")
      .label(find(sources, id, "alpha"), "first")
      .label(find(sources, id, "beta"), "second")
      .help("try `delta`");
  CHECK(render(sources, diagnostics.all(), {}) ==
        "warning[SX1002]: `x` is not supported and was skipped\n"
        " --> a.sql:1:12\n"
        "  |\n"
        "1 | alpha beta gamma\n"
        "  | ----- ---- ^^^^^\n"
        "  |       second\n"
        "  | first\n"
        "  |\n"
        "hint: try `delta`\n");
}

TEST_CASE("carets stand below their characters behind tabs and wide characters") {
  SourceMap sources;
  const SourceId id = sources.add("a.sql", "\té漢x");
  Diagnostics diagnostics;
  diagnostics.report<diag::StatementSkipped>(find(sources, id, "x"), "x");
  CHECK(render(sources, diagnostics.all(), {}) ==
        "warning[SX1002]: `x` is not supported and was skipped\n"
        " --> a.sql:1:4\n"
        "  |\n"
        "1 |     é漢x\n"
        "  |        ^\n");
}

TEST_CASE("a long line is clipped round its mark") {
  SourceMap sources;
  const SourceId id = sources.add("a.sql", std::string(5000, 'a') + "bcd" + std::string(5000, 'e'));
  Diagnostics diagnostics;
  diagnostics.report<diag::StatementSkipped>(find(sources, id, "bcd"), "x");
  CHECK(render(sources, diagnostics.all(), {}) ==
        "warning[SX1002]: `x` is not supported and was skipped\n"
        " --> a.sql:1:5001\n"
        "  |\n"
        "1 | ..." +
            std::string(70, 'a') + "bcd" + std::string(67, 'e') + "...\n  | " +
            std::string(73, ' ') + "^^^\n");
}

TEST_CASE("a range at the end of a file gets a caret") {
  SourceMap sources;
  const SourceId id = sources.add("a.sql", "select\n");
  Diagnostics diagnostics;
  diagnostics.report<diag::SyntaxError>({id, 7, 7}, "end of file", "an expression");
  CHECK(render(sources, diagnostics.all(), {}) ==
        "error[SX1001]: unexpected end of file, expected an expression\n"
        " --> a.sql:2:1\n"
        "  |\n"
        "2 |\n"
        "  | ^\n");
}

TEST_CASE("short style is one line a fact") {
  SourceMap sources;
  const SourceId id = sources.add("a.sql", "alpha beta");
  Diagnostics diagnostics;
  diagnostics.report<diag::SyntaxError>(find(sources, id, "beta"), "a", "b")
      .label(find(sources, id, "alpha"), "here")
      .help("do");
  CHECK(render(sources, diagnostics.all(), {.style = DiagnosticStyle::short_lines}) ==
        "a.sql:1:7: error[SX1001]: unexpected a, expected b\n"
        "a.sql:1:1: note: here\n"
        "a.sql:1:7: hint: do\n");
}

TEST_CASE("json style is an object a line with byte ranges and line ends") {
  SourceMap sources;
  const SourceId id = sources.add("a \"b\".sql", "alpha beta");
  Diagnostics diagnostics;
  diagnostics.report<diag::SyntaxError>(find(sources, id, "beta"), "\n", "b");
  CHECK(render(sources, diagnostics.all(), {.style = DiagnosticStyle::json}) ==
        R"({"code":"SX1001","name":"SyntaxError","severity":"error",)"
        R"("message":"unexpected \n, expected b","file":"a \"b\".sql","line":1,"column":7,)"
        R"("end_line":1,"end_column":11,"begin":6,"end":10,"labels":[],"hint":null,"fixes":[]})"
        "\n");
}

TEST_CASE("a hidden kind is not shown and an error may be made of a warning") {
  SourceMap sources;
  Diagnostics diagnostics;
  diagnostics.report<diag::StatementSkipped>({}, "x");
  RenderOptions options;
  options.verdict = [](const DiagnosticKind&) { return Verdict::hide; };
  CHECK(render(sources, diagnostics.all(), options).empty());
  options.verdict = [](const DiagnosticKind&) { return Verdict::error; };
  CHECK(render(sources, diagnostics.all(), options) ==
        "error[SX1002]: `x` is not supported and was skipped\n");
}

}  // namespace
}  // namespace sqlxc
