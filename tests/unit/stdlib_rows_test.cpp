#include <array>
#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "compiler/stdlib/dialects.h"
#include "compiler/stdlib/rows.h"

namespace sqlxc::stdlib {
namespace {

constexpr std::array<std::string_view, 2> kKeys = {"size", "kind"};

std::vector<const DiagnosticKind*> complaints(std::string text) {
  SourceMap sources;
  Diagnostics diagnostics;
  const SourceId id = sources.add("data.rows", std::move(text));
  read_rows(sources, id, kKeys, diagnostics);
  std::vector<const DiagnosticKind*> kinds;
  for (const Diagnostic& diagnostic : diagnostics.all()) kinds.push_back(diagnostic.kind);
  return kinds;
}

TEST_CASE("rows are sections of keys and values, comments apart") {
  SourceMap sources;
  Diagnostics diagnostics;
  const SourceId id =
      sources.add("data.rows", "# of integers\n[integer]\nsize = 4\n kind=number \n\n[text]\n");
  const std::vector<Row> rows = read_rows(sources, id, kKeys, diagnostics);
  CHECK(diagnostics.all().empty());
  REQUIRE(rows.size() == 2);
  CHECK(rows[0].name == "integer");
  CHECK(rows[0].get("size") == "4");
  CHECK(rows[0].get("kind") == "number");
  CHECK_FALSE(rows[1].has("size"));
}

TEST_CASE("a misspelt row of the data never passes in silence") {
  using Kinds = std::vector<const DiagnosticKind*>;
  CHECK(complaints("[integer]\nsizze = 4\n") == Kinds{&diag::StdlibUnknownKey::kind});
  CHECK(complaints("[integer]\n[integer]\n") == Kinds{&diag::StdlibTwice::kind});
  CHECK(complaints("[integer]\nsize = 4\nsize = 8\n") == Kinds{&diag::StdlibTwice::kind});
  CHECK(complaints("[integer]\nsize\n") == Kinds{&diag::StdlibLine::kind});
  CHECK(complaints("size = 4\n") == Kinds{&diag::StdlibLine::kind});
}

TEST_CASE("a value of the data that its reader does not know is an error") {
  SourceMap sources;
  Diagnostics diagnostics;
  read_dialects(sources, sources.add("dialects.rows", "[oracle]\n"), diagnostics);
  REQUIRE_FALSE(diagnostics.all().empty());
  CHECK(diagnostics.all().front().kind == &diag::StdlibValue::kind);
}

}  // namespace
}  // namespace sqlxc::stdlib
