#include <catch2/catch.hpp>
#include <string>

#include "compiler/syntax/parse.h"

namespace {

using namespace sqlxc;

struct Parsed {
  ast::File file;
  Diagnostics diagnostics;
};

Parsed parse(std::string text, Dialect dialect) {
  Parsed made;
  SourceMap sources;
  const SourceId id = sources.add("test.sql", std::move(text));
  made.file = syntax::parse(sources, id, dialect, made.diagnostics);
  return made;
}

ast::Expr expression(std::string_view text, Dialect dialect) {
  const auto made = syntax::parse_expression_text(text, dialect);
  REQUIRE(made);
  return *made;
}

TEST_CASE("a semicolon ends a statement only outside of strings, comments and bodies") {
  CHECK(parse("select ';'; select 2 /* ; */; select $a$;$a$", Dialect::postgres)
            .file.statements.size() == 3);
  CHECK(parse("select 1 -- ;\n; select 2", Dialect::postgres).file.statements.size() == 2);
  CHECK(parse("create trigger g after insert on t begin update t set a = case when 1 then 2 end; "
              "end; select 1;",
              Dialect::sqlite)
            .file.statements.size() == 2);
  CHECK(parse("delimiter //\ncreate procedure p() begin select 1; end//\ndelimiter ;\nselect 2;",
              Dialect::mysql)
            .file.statements.size() == 2);
  CHECK(parse("create function f() returns int begin atomic select 1; select 2; end; select 3;",
              Dialect::postgres)
            .file.statements.size() == 2);
}

TEST_CASE("COPY data and psql commands stand between statements") {
  const Parsed made =
      parse("create table t (a int);\nCOPY t (a) FROM stdin;\n1\n'\n\\.\n\\connect shop\nselect 1;",
            Dialect::postgres);
  REQUIRE(made.diagnostics.all().empty());
  REQUIRE(made.file.statements.size() == 4);
  REQUIRE(std::holds_alternative<ast::DataRows>(made.file.statements[1].node));
  CHECK(std::get<ast::DataRows>(made.file.statements[1].node).table.last() == "t");
  CHECK(std::get<ast::Setting>(made.file.statements[2].node).verb == "connect");
}

TEST_CASE("a mistake is one error, and what follows is read") {
  const Parsed made = parse("create table a (id int primry key, b int;\ncreate table b (id int);",
                            Dialect::postgres);
  CHECK(made.diagnostics.error_count() == 1);
  CHECK(made.file.statements.size() == 1);
}

TEST_CASE("precedence is the dialect's") {
  // MySQL's || is OR, and everyone's NOT is weaker than =.
  CHECK(expression("a || b = c", Dialect::mysql).name == "||");
  CHECK(expression("a || b = c", Dialect::postgres).name == "=");
  CHECK(expression("a * b || c", Dialect::sqlite).name == "*");
  CHECK(expression("a * b || c", Dialect::postgres).name == "||");
  CHECK(expression("not a = b", Dialect::sqlite).kind == ast::Expr::Kind::unary);
  CHECK(expression("a between 1 and 2 and c", Dialect::postgres).name == "and");
  CHECK(expression("a = any (array[1, 2])", Dialect::postgres).kind == ast::Expr::Kind::quantified);
  CHECK(expression("a is not null or b", Dialect::mysql).name == "or");
  CHECK(expression("x not like 'a!%' escape '!'", Dialect::postgres).args.size() == 3);
}

TEST_CASE("brackets a thousand deep are read, deeper ones are one error") {
  const auto nested = [](std::size_t depth) {
    return "select " + std::string(depth, '(') + "1" + std::string(depth, ')') + "; select 2;";
  };
  CHECK(parse(nested(900), Dialect::postgres).diagnostics.all().empty());
  const Parsed deep = parse(nested(10000), Dialect::postgres);
  REQUIRE(deep.diagnostics.error_count() == 1);
  CHECK(deep.diagnostics.all()[0].kind->number == 1004);
  CHECK(deep.file.statements.size() == 1);
}

TEST_CASE("annotations and comments stay with the statement they stand at") {
  const Parsed made = parse(
      "-- far away\n\n-- people\n--@ name(person)\ncreate table users (\n  id int, --@ hidden\n  "
      "/*@ secret */ p text\n);"
      " --@ cache(5)\ncreate table b (id int);",
      Dialect::sqlite);
  REQUIRE(made.file.statements.size() == 2);
  const ast::Statement& users = made.file.statements[0];
  REQUIRE(users.comments.size() == 1);
  CHECK(users.comments[0].text == "people");
  REQUIRE(users.annotations.size() == 4);
  CHECK(users.annotations[0].text == "name(person)");
  CHECK_FALSE(users.annotations[0].is_trailing);
  CHECK(users.annotations[1].is_trailing);
  CHECK(users.annotations[2].text == "secret");
  CHECK(users.annotations[3].text == "cache(5)");
  CHECK(made.file.statements[1].annotations.empty());
}

TEST_CASE("what is not closed is named where it begins") {
  const Parsed made = parse("create table a (id int);\nselect 'abc", Dialect::postgres);
  REQUIRE(made.diagnostics.error_count() == 1);
  CHECK(made.diagnostics.all()[0].kind->number == 1003);
  CHECK(made.diagnostics.all()[0].range.begin == 32);
}

TEST_CASE(
    "annotations behind the last statement are kept, those of a statement with a mistake go with "
    "it") {
  const Parsed made =
      parse("create table a (id int);\n\n--@ query q(): select 1\n-- no annotation\n--@ page(5)\n",
            Dialect::postgres);
  REQUIRE(made.file.statements.size() == 2);
  REQUIRE(made.file.statements[1].annotations.size() == 2);
  CHECK(made.file.statements[1].annotations[0].text == "query q(): select 1");
  CHECK_FALSE(made.file.statements[1].annotations[0].is_trailing);
  CHECK(made.file.statements[1].comments.empty());
  const Parsed wrong =
      parse("--@ page(5)\ncreate tabel a (id int); --@ hidden\ncreate table b (id int);",
            Dialect::postgres);
  REQUIRE(wrong.file.statements.size() == 1);
  CHECK(wrong.file.statements[0].annotations.empty());
}

TEST_CASE("a comment that does not end is named, behind a statement, inside one and alone") {
  for (const Dialect dialect : {Dialect::postgres, Dialect::mysql}) {
    for (const std::string before : {"", "select 1; ", "select 1 + ", "select 1;\n-- x\n"}) {
      const Parsed made = parse(before + "/* open; select 2;", dialect);
      REQUIRE(made.diagnostics.error_count() == 1);
      CHECK(made.diagnostics.all()[0].kind->number == 1003);
      CHECK(made.diagnostics.all()[0].range.begin == before.size());
    }
  }
  // SQLite reads it to the end of the text.
  CHECK(parse("select 1; /* open", Dialect::sqlite).diagnostics.all().empty());
}

TEST_CASE("the dialect shows by its marks") {
  CHECK(syntax::detect_dialect("create type m as enum ('a')") == Dialect::postgres);
  CHECK(syntax::detect_dialect("create table t (e enum('a'))") == Dialect::mysql);
  CHECK(syntax::detect_dialect("create table t (a text[], e int)") == Dialect::postgres);
  CHECK(syntax::detect_dialect("create table [t] ([a] text)") == Dialect::sqlite);
  CHECK(syntax::detect_dialect("create table `a` (id int auto_increment) engine=InnoDB") ==
        Dialect::mysql);
  CHECK(syntax::detect_dialect("create table a (id integer primary key autoincrement)") ==
        Dialect::sqlite);
  CHECK(syntax::detect_dialect("create table a (id serial, b jsonb default '{}'::jsonb)") ==
        Dialect::postgres);
  CHECK(syntax::detect_dialect("create table a (id integer)") == Dialect::postgres);
}

}  // namespace
