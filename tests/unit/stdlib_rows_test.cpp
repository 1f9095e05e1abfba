#include <array>
#include <catch2/catch.hpp>

#include "compiler/stdlib/annotations.h"
#include "compiler/stdlib/dialects.h"
#include "compiler/stdlib/rows.h"
#include "compiler/stdlib/types.h"

using namespace sqlxc;

namespace {

std::vector<std::string> codes_of(const Diagnostics& diagnostics) {
  std::vector<std::string> out;
  for (const Diagnostic& diagnostic : diagnostics.all()) out.push_back(code_of(*diagnostic.kind));
  return out;
}

}  // namespace

TEST_CASE("a row with an unknown key, a key twice or a line that is neither is an error") {
  SourceMap sources;
  Diagnostics diagnostics;
  const SourceId id = sources.add("x.rows", "[a]\nkind = 1\nkinds = 2\nkind = 3\nwhat\n");
  constexpr std::array<std::string_view, 1> kKnown = {"kind"};
  const auto rows = stdlib::read_rows(sources, id, kKnown, diagnostics);
  REQUIRE(rows.size() == 1);
  CHECK(rows[0].get("kind") == "1");
  CHECK(codes_of(diagnostics) == std::vector<std::string>{"SX7001", "SX7002", "SX7003"});
}

TEST_CASE("a type whose kind does not exist is an error") {
  SourceMap sources;
  Diagnostics diagnostics;
  const SourceId id = sources.add(
      "x.rows", "[t]\nkind = int33\ncategory = number\npostgres = t\nmysql = t\nsqlite = t\n");
  stdlib::read_types(sources, id, diagnostics);
  CHECK(codes_of(diagnostics) == std::vector<std::string>{"SX7004"});
}

TEST_CASE("every embedded row is read, and found by each spelling") {
  REQUIRE(!stdlib::types().empty());
  CHECK(stdlib::find_type(Dialect::postgres, "int4")->name == "integer");
  CHECK(stdlib::find_type(Dialect::mysql, "datetime")->name == "timestamp without time zone");
  CHECK(stdlib::find_type(Dialect::sqlite, "int4")->kind == "int64");
  CHECK(stdlib::find_annotation("policy")->may_repeat);
  CHECK(stdlib::find_annotation("polcy") == nullptr);
  CHECK(stdlib::dialect_row(Dialect::postgres).name_bytes == 63);
}
