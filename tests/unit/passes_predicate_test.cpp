#include "compiler/passes/predicate.h"

#include <catch2/catch.hpp>

#include "compiler/passes/exprs.h"
#include "emit/cpp/predicate.h"

using namespace sqlxc;
using namespace sqlxc::passes;

namespace {

ir::Module module_of(Dialect dialect) {
  ir::Module module;
  module.dialect = dialect;
  catalog::Table table;
  table.name = "t";
  ir::Entity entity;
  entity.source = Id<catalog::Table>(0U);
  const auto add = [&](const char* name, ir::TypeKind kind) {
    catalog::Column column;
    column.name = name;
    table.columns.push_back(column);
    ir::Field field;
    field.name = field.column = field.cpp_name = name;
    field.type.kind = kind;
    entity.fields.push_back(field);
  };
  add("age", ir::TypeKind::int32);
  add("name", ir::TypeKind::text);
  add("born", ir::TypeKind::date);
  add("price", ir::TypeKind::decimal);
  module.catalog.tables.push_back(table);
  module.entities.push_back(entity);
  return module;
}

// The C++ of a predicate, "weaker: ..." before it where it is that, or why there is none.
std::string cpp_of(const ast::Expr& expr, Dialect dialect = Dialect::postgres) {
  const ir::Module module = module_of(dialect);
  const LegalPredicate legal = legalize(expr, module, module.entities[0]);
  if (!legal.expr) return legal.reason;
  const auto text = emit::print_predicate(*legal.expr, "row", [](std::string_view field) {
                      return std::string(field);
                    }).text;
  return legal.is_weaker ? "weaker: " + text : text;
}

}  // namespace

TEST_CASE("a comparison reads like its SQL") {
  CHECK(cpp_of(binary_expr(">=", column_expr("age"), number_expr("18"))) == "row[age] >= 18");
  CHECK(cpp_of(binary_expr("<>", column_expr("name"), string_expr(""))) == "row[name] != \"\"");
  CHECK(cpp_of(binary_expr(">", column_expr("price"), number_expr("0.5"))) ==
        "row[price] > decimal(\"0.5\")");
}

TEST_CASE("a string literal takes the type that it is compared with") {
  CHECK(cpp_of(binary_expr(">", column_expr("born"), string_expr("1900-01-01"))) ==
        "row[born] > date(\"1900-01-01\")");
  CHECK(cpp_of(binary_expr(">", column_expr("born"), string_expr("yesterday")))
            .starts_with("what `yesterday` means"));
}

TEST_CASE("what only the database can tell is left to it") {
  CHECK(cpp_of(binary_expr("<", column_expr("name"), string_expr("m"))) ==
        "a collation decides the order of texts");
  CHECK(cpp_of(binary_expr("=", column_expr("name"), string_expr("m")), Dialect::mysql) ==
        "weaker: alike(row[name], \"m\")");
  CHECK(cpp_of(binary_expr("=", call_expr("random", {}), number_expr("1"))) ==
        "the function `random`, which is volatile");
}

TEST_CASE("of a conjunction the part that can be told remains, of a disjunction nothing") {
  const ast::Expr good = binary_expr(">", column_expr("age"), number_expr("1"));
  const ast::Expr bad = binary_expr("=", call_expr("random", {}), number_expr("1"));
  CHECK(cpp_of(binary_expr("and", good, bad)) == "weaker: row[age] > 1");
  CHECK(cpp_of(binary_expr("or", good, bad)) == "the function `random`, which is volatile");
  CHECK(cpp_of(unary_expr("not", binary_expr("and", good, bad))) ==
        "the function `random`, which is volatile");
  CHECK(cpp_of(unary_expr("not", binary_expr("or", good, bad))) == "weaker: !(row[age] > 1)");
}

TEST_CASE("compilers get the parentheses that they ask for") {
  const ast::Expr a = binary_expr(">", column_expr("age"), number_expr("1"));
  CHECK(cpp_of(binary_expr("or", a, binary_expr("and", a, a))) ==
        "row[age] > 1 || (row[age] > 1 && row[age] > 1)");
  CHECK(cpp_of(unary_expr("not", a)) == "!(row[age] > 1)");
  CHECK(cpp_of(binary_expr(">",
                           binary_expr("*", binary_expr("+", column_expr("age"), number_expr("1")),
                                       number_expr("2")),
                           number_expr("0"))) == "(row[age] + 1) * 2 > 0");
}
