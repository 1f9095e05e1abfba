#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "compiler/syntax/parse.h"
#include "compiler/syntax/print.h"

namespace sqlxc {
namespace {

namespace fs = std::filesystem;

ast::File parsed(const std::string& text, Dialect dialect) {
  SourceMap sources;
  Diagnostics diagnostics;
  const SourceId id = sources.add("test.sql", text);
  return syntax::parse(sources, id, dialect, diagnostics);
}

std::string reprinted(const std::string& text, Dialect dialect) {
  const auto expr = syntax::parse_expression_text(text, dialect);
  return expr ? syntax::print(*expr, dialect) : "(not parsed)";
}

// Statements without a form of their own are printed as comments.
bool is_printed(const ast::Statement& statement) {
  return !std::holds_alternative<ast::Other>(statement.node) &&
         !std::holds_alternative<ast::DataRows>(statement.node) &&
         !std::holds_alternative<ast::Setting>(statement.node);
}

// Empty where the statement's text means the statement; else both texts.
std::string difference(const ast::Statement& statement, Dialect dialect) {
  const std::string once = syntax::print(statement, dialect);
  // MySQL's bodies need DELIMITER round them.
  const bool has_body = std::holds_alternative<ast::CreateFunction>(statement.node) ||
                        std::holds_alternative<ast::CreateTrigger>(statement.node);
  if (has_body && dialect == Dialect::mysql) return {};
  const ast::File again = parsed(once, dialect);
  if (again.statements.size() != 1) return once + "\n  is read as no single statement";
  const std::string twice = syntax::print(again.statements.front(), dialect);
  if (twice != once) return once + "\n  is read as\n" + twice;
  ast::File first;
  first.dialect = dialect;
  first.statements.push_back(statement);
  first.statements.front().annotations.clear();
  const std::string tree = syntax::dump(first);
  const std::string tree_again = syntax::dump(again);
  return tree == tree_again ? std::string() : tree + "\n  is read as\n" + tree_again;
}

struct Case {
  Dialect dialect;
  std::string text;  // canonical: printed as it is
};

TEST_CASE("a canonical expression is printed as it was written") {
  const std::vector<Case> cases = {
      {Dialect::postgres, "a + b * c"},
      {Dialect::postgres, "(a + b) * c"},
      {Dialect::postgres, "a - (b - c)"},
      {Dialect::postgres, "a or b and not c"},
      {Dialect::postgres, "(a or b) and c"},
      {Dialect::postgres, "not (a = b)"},
      {Dialect::postgres, "(a = b) is true"},
      {Dialect::postgres, "a is not null"},
      {Dialect::postgres, "x between 1 and 10"},
      {Dialect::postgres, "x not in (1, 2, 3)"},
      {Dialect::postgres, "name like 'a\\_%'"},
      {Dialect::postgres, "data->'a'->>'b' = 'c'"},
      {Dialect::postgres, "(-1)::integer"},
      {Dialect::postgres, "x::numeric(10, 2)"},
      {Dialect::postgres, "'a'::character varying"},
      {Dialect::postgres, "status = any (array['a'::text, 'b'::text])"},
      {Dialect::postgres, "now() at time zone 'utc'"},
      {Dialect::postgres, "extract(year from created)"},
      {Dialect::postgres, "trim(both 'x' from name)"},
      {Dialect::postgres, "\"user\" || \"Name\""},
      {Dialect::postgres, "'it''s'"},
      {Dialect::postgres, "case when a > 0 then 1 else 2 end"},
      {Dialect::postgres, "count(*) filter (where x > 0)"},
      {Dialect::postgres, "sum(x) over (partition by a order by b desc)"},
      {Dialect::postgres, "interval '1 day'"},
      {Dialect::postgres, "(a, b) = (1, 2)"},
      {Dialect::postgres, "tags[1]"},
      {Dialect::postgres, "coalesce(a, b, 0)"},
      {Dialect::mysql, "`key` = 'a\\\\b'"},
      {Dialect::mysql, "now() + interval 1 day"},
      {Dialect::mysql, "a div b"},
      {Dialect::mysql, "if(a, b, c)"},
      {Dialect::mysql, "name regexp '^a'"},
      {Dialect::sqlite, "name glob 'a*'"},
      {Dialect::sqlite, "\"order\" is not 3"},
      {Dialect::sqlite, "cast(x as integer)"},
  };
  for (const Case& one : cases) CHECK(reprinted(one.text, one.dialect) == one.text);
}

TEST_CASE("a canonical statement is printed as it was written") {
  const std::string table =
      "create table orders (\n"
      "  id integer generated always as identity,\n"
      "  total numeric(10, 2) not null default 0,\n"
      "  constraint orders_pkey primary key (id),\n"
      "  constraint positive check (total >= 0)\n"
      ");";
  const ast::File file = parsed(table, Dialect::postgres);
  REQUIRE(file.statements.size() == 1);
  CHECK(syntax::print(file.statements.front(), Dialect::postgres) == table);
}

TEST_CASE("what is printed from real schemas reads as the same statements") {
  const fs::path corpus = fs::path(SQLXC_CORPUS_DIR) / "schemas";
  if (!fs::exists(corpus)) {
    WARN("skipped: no corpus in " << SQLXC_CORPUS_DIR);
    return;
  }
  std::size_t statements = 0;
  std::vector<std::string> differences;
  for (const Dialect dialect : {Dialect::postgres, Dialect::mysql, Dialect::sqlite}) {
    for (const auto& entry : fs::directory_iterator(corpus / name_of(dialect))) {
      // A few dumps hold megabytes of rows; what they declare is like the others.
      if (entry.path().extension() != ".sql" || entry.file_size() > 400'000) continue;
      std::ifstream in(entry.path(), std::ios::binary);
      const std::string text{std::istreambuf_iterator<char>(in), {}};
      for (const ast::Statement& statement : parsed(text, dialect).statements) {
        if (!is_printed(statement)) continue;
        ++statements;
        const std::string found = difference(statement, dialect);
        if (!found.empty()) differences.push_back(entry.path().filename().string() + ": " + found);
      }
    }
  }
  CHECK(statements > 1000);
  INFO(statements << " statements, " << differences.size() << " differ");
  for (std::size_t i = 0; i < differences.size() && i < 10; ++i) UNSCOPED_INFO(differences[i]);
  CHECK(differences.empty());
}

}  // namespace
}  // namespace sqlxc
