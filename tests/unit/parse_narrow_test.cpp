#include <catch2/catch.hpp>

#include "tests/unit/parse_test.h"

namespace sqlxc {
namespace {

// The text from where the only error stands; empty where there is none.
std::string refused_at(const std::string& text, Dialect dialect) {
  const Parsed made = parsed(text, dialect);
  if (made.diagnostics.error_count() == 0) return {};
  CHECK(made.diagnostics.error_count() == 1);
  CHECK(made.file.statements.empty());
  return text.substr(made.diagnostics.all().front().range.begin);
}

std::string postgres(const std::string& text) { return refused_at(text, Dialect::postgres); }
std::string mysql(const std::string& text) { return refused_at(text, Dialect::mysql); }
std::string sqlite(const std::string& text) { return refused_at(text, Dialect::sqlite); }

TEST_CASE("a reserved word is no name, but where the engine takes it for one") {
  CHECK(postgres("create table t (end int)") == "end int)");
  CHECK(postgres("create table t (id int, check (analyze > 0))") == "analyze > 0))");
  CHECK(postgres("select t.end as end, 1 both from t").empty());
  CHECK(postgres("update t set verbose = 1") == "verbose = 1");
  CHECK(postgres("select * from t as x (end)") == "end)");
  CHECK(postgres("alter table t rename column a to end") == "end");
  CHECK(postgres("drop table end") == "end");
  CHECK(postgres("drop function collation(int)").empty());
  CHECK(postgres("select trim(both 'x' from a), \"end\" from t").empty());
  CHECK(mysql("create table t (id int, int int)") == "int int)");
  CHECK(mysql("create table t (id int, key (trigger))") == "trigger))");
  CHECK(mysql("create table t (t.int int)").empty());
  CHECK(mysql("select t.int, char(65), `int` from t").empty());
  CHECK(mysql("create table t (rank int, window int, position int)").empty());
  CHECK(sqlite("create table t (commit int)") == "commit int)");
  CHECK(sqlite("create table t.to (a int)") == "to (a int)");
  CHECK(sqlite("create table t (abort, asc, begin, desc, end, key, temp, view)").empty());
}

TEST_CASE("what references, checks and exclusions may carry is PostgreSQL's to say") {
  CHECK(postgres("create table t (a int references b match partial)") == "partial)");
  CHECK(postgres("create table t (a int, foreign key (a) references b on update set null (a))") ==
        "(a))");
  CHECK(postgres("create table t (a int, foreign key (a) references b on delete set null (a))")
            .empty());
  CHECK(postgres("create table t (a int references b not null on delete cascade)") ==
        "on delete cascade)");
  CHECK(mysql("create table t (a timestamp default now() not null on update now())").empty());
  CHECK(postgres("create table t (a int references b on delete cascade on delete cascade)") ==
        "on delete cascade)");
  CHECK(mysql("create table t (a int, foreign key (a) references b (a) on delete cascade match "
              "full)") == "match full)");
  CHECK(sqlite("create table t (a int references b on delete cascade on delete set null)").empty());
  CHECK(sqlite("create table t (a int references b on delete cascade match full)").empty());
  CHECK(postgres("alter table t alter constraint c not deferrable initially deferred") ==
        "initially deferred");
  CHECK(postgres("create table t (a int, check (a > 0) deferrable)") == "deferrable)");
  CHECK(postgres("create table t (a int, check (a > 0) not valid no inherit not deferrable)")
            .empty());
  CHECK(postgres("create table t (exclude (a with =) no inherit)") == "no inherit)");
}

TEST_CASE("modifiers, defaults and partitions are each dialect's own") {
  CHECK(mysql("create temporary temporary table t (a int)") == "temporary table t (a int)");
  CHECK(postgres("create local temp table t (a int)").empty());
  CHECK(postgres("create or replace table t (a int)") == "or replace table t (a int)");
  CHECK(mysql("create or replace table t (a int)").empty());
  CHECK(postgres("create or replace materialized view v as select 1") ==
        "materialized view v as select 1");
  CHECK(mysql("create table t (a int default 1 + 1 not null)") == "+ 1 not null)");
  CHECK(mysql("create table t (a int default (1 + 1), b int default -1, c int default now())")
            .empty());
  CHECK(mysql("create table t (a int default -b)") == "b)");
  CHECK(mysql("alter table t alter a set default 1 + 2") == "+ 2");
  CHECK(mysql("create table t (a int default (?))") == "?))");
  CHECK(postgres("create table t (a int default 1 + 1)").empty());
  CHECK(sqlite("create table t (a default -b)") == "b)");
  CHECK(sqlite("create table t (a default -1, b default +null, c default -current_time)").empty());
  CHECK(mysql("create table t (a int) partition by list (a) (partition p0 values in (maxvalue))") ==
        "maxvalue))");
  CHECK(mysql("create table t (a int) partition by range (a) "
              "(partition p0 values less than (1), partition p1 values less than maxvalue)")
            .empty());
  CHECK(mysql("create table t (a json character set utf8mb4)") == "character set utf8mb4)");
  CHECK(mysql("create table t (a double(2147483648, 0))") == "2147483648, 0))");
}

TEST_CASE("a join has the condition that its dialect wants, and no second one") {
  CHECK(postgres("select * from a join b") == "");
  CHECK(parsed("select * from a join b", Dialect::postgres).diagnostics.error_count() == 1);
  CHECK(postgres("select * from a join b join c on b.x = c.x on a.x = b.x").empty());
  CHECK(postgres("select * from a cross join b on a.x = b.x") == "on a.x = b.x");
  CHECK(mysql("select * from a join b").empty());
  CHECK(mysql("select * from a left join b where 1") == "where 1");
  CHECK(mysql("select * from a join b left join c on 1").empty());
  CHECK(sqlite("select * from a, b on a.x = b.x using (x)") == "using (x)");
  CHECK(sqlite("select * from a left join b").empty());
}

TEST_CASE("a frame begins before it ends") {
  const auto over = [](const std::string& frame) {
    return "select sum(a) over (order by b " + frame + ") from t";
  };
  CHECK(postgres(over("range between 1 following and current row")) == "row) from t");
  CHECK(sqlite(over("range unbounded following")) == "following) from t");
  CHECK(postgres(over("rows between 1 preceding and 2 preceding")).empty());
  CHECK(postgres(over("groups between current row and unbounded following exclude ties")).empty());
  CHECK(sqlite(over("rows 1 + 2 preceding")).empty());
}

TEST_CASE("words of other dialects and characters of none are refused where they stand") {
  CHECK(postgres("select cast('4' as text collate \"C\")") == "collate \"C\")");
  CHECK(postgres("create table t (\"\" int)") == "\"\" int)");
  CHECK(postgres("select 0x0o") == "0x0o");
  CHECK(postgres("select 0x1F").empty());
  CHECK(sqlite("select 0x1G").empty());
  CHECK(mysql("select t.* as x from t") == "as x from t");
  CHECK(postgres("select t.* as x from t").empty());
  CHECK(postgres(
            "create trigger g instead of delete on v from w for each row execute function f()") ==
        "from w for each row execute function f()");
  CHECK(sqlite("rollback}") == "}");
  CHECK(sqlite("pragma foreign_keys(null)") == "null)");
  CHECK(
      sqlite("pragma foreign_keys = on; pragma main.user_version; pragma table_info('t')").empty());
  CHECK(postgres("copy t (a b) from 'f'") == "b) from 'f'");
  CHECK(postgres("copy t to stdout where a = 1") == "where a = 1");
  CHECK(postgres("copy (select 1) to stdout with csv header force quote a").empty());
}

}  // namespace
}  // namespace sqlxc
