#include <catch2/catch.hpp>

#include "tests/unit/parse_test.h"

namespace sqlxc {
namespace {

bool is_read(std::string text, Dialect dialect) {
  return parsed(std::move(text), dialect).diagnostics.all().empty();
}

TEST_CASE("rare forms of MySQL and MariaDB are read") {
  CHECK(is_read("delete quick ignore from a.t where id * 2 < 10", Dialect::mysql));
  CHECK(is_read("delete quick.* from quick", Dialect::mysql));
  CHECK(read_as("create table t (.a bigint)", Dialect::mysql) ==
        read_as("create table t (a bigint)", Dialect::mysql));
  CHECK(read_as("insert into t (.t.a, b) values (.5, 1)", Dialect::mysql) ==
        read_as("insert into t (t.a, b) values (.5, 1)", Dialect::mysql));
  CHECK(read_as("select convert(a using binary)", Dialect::mysql) ==
        "select cast(a as char character set binary);");
  CHECK(is_read("create index i on t (a) nowait comment 'x' using btree", Dialect::mysql));
  CHECK(is_read("create table t (nowait int, a int)", Dialect::mysql));
  CHECK(read_as("create table t (a int) `PAGE_COMPRESSED` = `ON`", Dialect::mysql) ==
        read_as("create table t (a int) page_compressed = ON", Dialect::mysql));
  CHECK(is_read("create or replace sequence if not exists s start = 1", Dialect::mysql));
  CHECK(is_read("insert into t values (1) on duplicate key update a = if(values(a) > 1, 1, 2)",
                Dialect::mysql));
  CHECK(is_read("create table t (a long byte not null)", Dialect::mysql));
  CHECK(is_read("select cast(a as signed integer), convert(a, signed integer), signed from t",
                Dialect::mysql));
  const Parsed drop = parsed("alter table t drop foreign key `t`.`k`", Dialect::mysql);
  REQUIRE(drop.file.statements.size() == 1);
  CHECK(std::get<ast::AlterTable>(drop.file.statements[0].node).actions[0].name.text == "k");
}

TEST_CASE("rare forms of PostgreSQL are read") {
  CHECK(is_read("select delete(h, 'a'), row((select 1), 2) from t", Dialect::postgres));
  CHECK(is_read("select sum(a) over (order by b rows (select 1) + 1 preceding) from t",
                Dialect::postgres));
  CHECK(
      is_read("with recursive x(n) as (with y as (select 1) delete from g returning f) "
              "select * from x",
              Dialect::postgres));
  CHECK(
      is_read("select f(variadic a => array[1]), overlay(), overlay(1, 2, 3, a => 4), "
              "overlay('a' placing 'b' from 1)",
              Dialect::postgres));
  CHECK(is_read("alter table only (a) rename to b", Dialect::postgres));
  CHECK(
      is_read("create table t (a int, exclude using btree (a with f.buzz.>))", Dialect::postgres));
  CHECK(is_read("create function f(a t.c % type) returns t.c % type language sql as ''",
                Dialect::postgres));
}

TEST_CASE("an expression in INCLUDE is named and left out") {
  const Parsed made =
      parsed("create index on t (a) include (b, (c + d), lower(e))", Dialect::postgres);
  CHECK(made.diagnostics.error_count() == 0);
  CHECK(made.diagnostics.all().size() == 2);
  REQUIRE(made.file.statements.size() == 1);
  CHECK(std::get<ast::CreateIndex>(made.file.statements[0].node).include.size() == 1);
}

TEST_CASE("MySQL's conditional comments are read as the server that wrote them reads them") {
  const std::string table =
      "create table t (a int /*!50705 , b int */ /*M!100301 , c int */ /*!50003 , d int */);";
  const auto columns = [&](const std::string& header) {
    std::string names;
    const Parsed made = parsed(header + table, Dialect::mysql);
    CHECK(made.diagnostics.all().empty());
    for (const auto& one : std::get<ast::CreateTable>(made.file.statements.back().node).columns)
      names += one.name.text;
    return names;
  };
  CHECK(columns("") == "acd");
  CHECK(columns("-- MariaDB dump 10.19\n-- Server version\t10.2.9-MariaDB\n") == "ad");
  CHECK(columns("-- MySQL dump 10.13  Distrib 8.0.19, for Linux\n") == "abd");
  CHECK(columns("-- MySQL dump 10.13\n-- Server version: 5.6.51\n") == "ad");
  CHECK(columns("create database s /*!80016 default encryption = 'N' */;\n") == "abd");
  CHECK(columns("/*M!999999\\- enable the sandbox mode */\n") == "acd");
  CHECK(columns("/*!99999 a /* nested */ comment */\n") == "acd");
  CHECK(is_read("create table t (a int default /*!1*/)", Dialect::mysql));
  CHECK(read_as("create table t (a int); /*!50003 create table u (a int)", Dialect::mysql) ==
        "the comment that begins here does not end");
}

}  // namespace
}  // namespace sqlxc
