#include "pg_server.h"

#include <cstdlib>
#include <string>
#include <vector>

// Behind PgBouncer every transaction may meet another server process: no statement and no setting
// of an earlier one is there.
namespace sqlxc::pg {
namespace {

using value::Value;

Options pooled(unsigned readers = 4) {
  const char* url = std::getenv("SQLXC_TEST_PGBOUNCER");
  return {.url = url == nullptr ? "" : url, .readers = readers, .is_pgbouncer = true};
}

}  // namespace

TEST_CASE("behind PgBouncer, reads and writes go as they do without") {
  const Options options = pooled();
  if (options.url.empty()) return;
  Bench bench(options);
  REQUIRE(bench.write("drop table if exists t_pooled").has_value());
  REQUIRE(bench.write("create table t_pooled (id int primary key)").has_value());
  std::size_t done = 0;
  std::size_t wrong = 0;
  for (int i = 0; i < 300; ++i) {
    const bool is_write = i % 5 == 0;
    const bool fails = i % 7 == 0;
    Job job = {.sql = is_write ? "insert into t_pooled values (100 / (1 - $1::int4) + $2::int4)"
                               : "select 100 / (1 - $1::int4) + $2::int4",
               .binds = {Value::of_integer(fails ? 1 : 0), Value::of_integer(i)},
               .kind = is_write ? Job::Kind::write : Job::Kind::read};
    job.done = [&, i, is_write, fails](Outcome outcome) {
      ++done;
      if (fails) {
        if (outcome || outcome.error().sqlstate != "22012") ++wrong;
      } else if (!outcome || (!is_write && outcome->text(0, 0) != std::to_string(100 + i))) {
        ++wrong;
      }
    };
    bench.client().run(std::move(job));
  }
  REQUIRE(bench.wait_for([&] { return done == 300; }));
  CHECK(wrong == 0);
  CHECK(bench.value("select count(*) from t_pooled") == "51");
}

TEST_CASE("behind PgBouncer, reads are read only and texts have their form") {
  const Options options = pooled();
  if (options.url.empty()) return;
  Bench bench(options);
  CHECK(bench.value("create table t_never (id int)") == "25006");
  CHECK(bench.value("select '2024-01-01 12:00:00+02'::timestamptz") == "2024-01-01 10:00:00+00");
  CHECK(bench.value("show bytea_output") == "hex");
  CHECK(bench.value("show statement_timeout") == "30s");
  const auto zone = bench.run({.sql = "show TimeZone", .settings = {{"TimeZone", "Asia/Tokyo"}}});
  REQUIRE(zone.has_value());
  CHECK(zone->text(0, 0) == "Asia/Tokyo");
  for (int i = 0; i < 10; ++i) CHECK(bench.value("show TimeZone") == "UTC");
  const auto undone = bench.run(
      {.sql = "create table t_never (id int)", .kind = Job::Kind::write, .is_rolled_back = true});
  CHECK(undone.has_value());
  CHECK(bench.value("select to_regclass('t_never') is null") == "t");
}

TEST_CASE("behind PgBouncer, sessions and streams keep their server") {
  const Options options = pooled();
  if (options.url.empty()) return;
  Bench bench(options);
  std::string pids;
  std::string zone;
  bool is_done = false;
  Session session;
  bench.client().begin({.settings = {{"a.b", "kept"}}},
                       [&](std::expected<Session, db::Error> begun) {
                         REQUIRE(begun.has_value());
                         session = std::move(*begun);
                         for (int i = 0; i < 3; ++i) {
                           session.run({.sql = "select pg_backend_pid(), current_setting('a.b')",
                                        .done = [&](Outcome outcome) {
                                          REQUIRE(outcome.has_value());
                                          pids += std::string(outcome->text(0, 0)) + " ";
                                          CHECK(outcome->text(0, 1) == "kept");
                                        }});
                         }
                         session.commit([&](std::expected<void, db::Error> ended) {
                           CHECK(ended.has_value());
                           is_done = true;
                         });
                       });
  REQUIRE(bench.wait_for([&] { return is_done; }));
  const std::string pid = pids.substr(0, pids.find(' ') + 1);
  CHECK(pids == pid + pid + pid);
  int rows = 0;
  is_done = false;
  auto stream = bench.client().stream(
      {.sql = "select i, current_setting('TimeZone') from generate_series(1, 5000) i"},
      {.on_row =
           [&](Result row) {
             ++rows;
             zone = row.text(0, 1);
           },
       .on_end = [&](std::expected<void, db::Error> done) { is_done = done.has_value(); }});
  REQUIRE(bench.wait_for([&] { return is_done; }));
  CHECK(rows == 5000);
  CHECK(zone == "UTC");
}

}  // namespace sqlxc::pg
