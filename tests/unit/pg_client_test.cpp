#include "pg_server.h"

#include <string>
#include <vector>

namespace sqlxc::pg {
namespace {

using value::Value;

// A table of its own for each test; the server is shared.
std::string make_table(Bench& bench, const std::string& name, const std::string& columns) {
  REQUIRE(bench.write("drop table if exists " + name).has_value());
  const auto created = bench.write("create table " + name + " (" + columns + ")");
  if (!created) FAIL(created.error().message);
  return name;
}

}  // namespace

TEST_CASE("values go to PostgreSQL as text and come back as text") {
  if (test_url() == nullptr) return;
  Bench bench;
  const auto outcome = bench.read(
      "select $1::int4 + 1, $2::text, $3::bool, $4::bytea, $5::float8, $6::numeric, $7::text",
      {Value::of_integer(41),
       Value::of_text("naïve"),
       Value::of_bool(true),
       Value::of_bytes(std::string("\0\xff", 2)),
       Value::of_real(0.1),
       {.kind = value::Kind::decimal, .text = "12345678901234567890.50"},
       Value::null()});
  if (!outcome) FAIL(outcome.error().message);
  REQUIRE(outcome->rows() == 1);
  REQUIRE(outcome->columns() == 7);
  CHECK(outcome->text(0, 0) == "42");
  CHECK(outcome->text(0, 1) == "naïve");
  CHECK(outcome->text(0, 2) == "t");
  CHECK(outcome->text(0, 3) == "\\x00ff");
  CHECK(outcome->text(0, 4) == "0.1");
  CHECK(outcome->text(0, 5) == "12345678901234567890.50");
  CHECK(outcome->is_null(0, 6));
  CHECK(bench.value("select $1::text", {Value::of_text(std::string("a\0b", 3))}) == "22021");
}

TEST_CASE("a failing read takes none of its neighbours with it") {
  if (test_url() == nullptr) return;
  Bench bench;
  std::vector<std::string> seen(100);
  std::size_t done = 0;
  for (std::size_t i = 0; i < seen.size(); ++i) {
    // Every tenth divides by zero, every eleventh is no SQL.
    Job job = {.sql = i % 11 == 5 ? "selec 1" : "select 100 / ($1::int4 % 10)",
               .binds = i % 11 == 5 ? std::vector<Value>{}
                                    : std::vector{Value::of_integer(static_cast<int>(i))}};
    job.done = [&, i](Outcome outcome) {
      ++done;
      seen[i] += outcome ? std::string(outcome->text(0, 0)) : outcome.error().sqlstate;
    };
    bench.client().run(std::move(job));
  }
  REQUIRE(bench.wait_for([&] { return done == seen.size(); }));
  for (std::size_t i = 0; i < seen.size(); ++i) {
    INFO(i);
    CHECK(seen[i] == (i % 11 == 5   ? "42601"
                      : i % 10 == 0 ? "22012"
                                    : std::to_string(100 / (i % 10))));
  }
}

TEST_CASE("each write is a transaction of its own") {
  if (test_url() == nullptr) return;
  Bench bench;
  const std::string table = make_table(bench, "t_writes", "id int primary key");
  std::size_t done = 0;
  std::size_t failed = 0;
  for (int i = 0; i < 60; ++i) {
    Job job = {.sql = "insert into t_writes values ($1)",
               .binds = {Value::of_integer(i % 50)},
               .kind = Job::Kind::write};
    job.done = [&](Outcome outcome) {
      ++done;
      if (outcome) return;
      ++failed;
      CHECK(outcome.error().failure == db::Failure::unique);
      CHECK(outcome.error().constraint == "t_writes_pkey");
      CHECK(outcome.error().table == "t_writes");
      CHECK(outcome.error().schema == "public");
    };
    bench.client().run(std::move(job));
  }
  REQUIRE(bench.wait_for([&] { return done == 60; }));
  CHECK(failed == 10);
  CHECK(bench.value("select count(*) from t_writes") == "50");
  const auto changed = bench.write("update t_writes set id = id + 100 where id < 7");
  REQUIRE(changed.has_value());
  CHECK(changed->affected() == 7);
}

TEST_CASE("a read cannot write") {
  if (test_url() == nullptr) return;
  Bench bench;
  make_table(bench, "t_readonly", "id int");
  const auto outcome = bench.read("insert into t_readonly values (1)");
  REQUIRE_FALSE(outcome.has_value());
  CHECK(outcome.error().failure == db::Failure::readonly);
  CHECK(bench.value("select count(*) from t_readonly") == "0");
}

TEST_CASE("a write that fails at its commit has failed") {
  if (test_url() == nullptr) return;
  Bench bench;
  make_table(bench, "t_deferred",
             "id int primary key, next int references t_deferred deferrable initially deferred");
  const auto outcome = bench.write("insert into t_deferred values (1, 2)");
  REQUIRE_FALSE(outcome.has_value());
  CHECK(outcome.error().failure == db::Failure::foreign_key);
  CHECK(outcome.error().constraint == "t_deferred_next_fkey");
  CHECK(bench.write("insert into t_deferred values (1, 1)").has_value());
  CHECK(bench.value("select count(*) from t_deferred") == "1");
}

TEST_CASE("PostgreSQL's violations name what was violated") {
  if (test_url() == nullptr) return;
  Bench bench;
  make_table(bench, "t_rules",
             "id int constraint positive check (id > 0), name varchar(3) not null");
  const auto check = bench.write("insert into t_rules values (0, 'a')");
  REQUIRE_FALSE(check.has_value());
  CHECK(check.error().failure == db::Failure::check);
  CHECK(check.error().constraint == "positive");
  const auto missing = bench.write("insert into t_rules values (1, null)");
  REQUIRE_FALSE(missing.has_value());
  CHECK(missing.error().failure == db::Failure::not_null);
  CHECK(missing.error().columns == std::vector<std::string>{"name"});
  const auto length = bench.write("insert into t_rules values (1, 'abcd')");
  REQUIRE_FALSE(length.has_value());
  CHECK(length.error().failure == db::Failure::datatype);
  CHECK(length.error().sqlstate == "22001");
}

}  // namespace sqlxc::pg
