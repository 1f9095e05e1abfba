#include "pg_server.h"

#include <atomic>
#include <cstdlib>
#include <string>
#include <thread>
#include <vector>

namespace sqlxc::pg {
namespace {

using value::Value;

// Sleeps that are recognised in pg_stat_activity.
std::size_t running(Bench& bench, const std::string& mark) {
  const std::string count = bench.value(
      "select count(*) from pg_stat_activity where state = 'active' and pid <> pg_backend_pid() "
      "and query like '%' || $1 || '%'",
      {Value::of_text(mark)});
  return static_cast<std::size_t>(std::stoul(count));
}

bool wait_until_running(Bench& observer, Bench& bench, const std::string& mark, std::size_t count) {
  for (int i = 0; i < 500; ++i) {
    if (running(observer, mark) == count) return true;
    const auto end = net::Clock::now() + std::chrono::milliseconds(20);
    bench.wait_for([&] { return net::Clock::now() > end; });
  }
  return false;
}

}  // namespace

TEST_CASE(
    "a statement is stopped when the one who asked has left, and its neighbours are answered") {
  if (test_url() == nullptr) return;
  Bench observer;
  Bench bench({.readers = 1});
  REQUIRE(bench.value("select 1") == "1");
  bool was_called = false;
  const Ticket ticket = bench.client().run(
      {.sql = "select pg_sleep(600), 'leaver'", .done = [&](Outcome) { was_called = true; }});
  std::size_t answered = 0;
  for (int i = 0; i < 20; ++i) {
    bench.client().run({.sql = "select 1", .done = [&](Outcome outcome) {
                          if (outcome) ++answered;
                        }});
  }
  REQUIRE(wait_until_running(observer, bench, "leaver", 1));
  bench.client().cancel(ticket);
  CHECK(bench.wait_for([&] { return answered == 20; }));
  CHECK(wait_until_running(observer, bench, "leaver", 0));
  CHECK_FALSE(was_called);
}

TEST_CASE("a deadline ends a read and a write, running or waiting") {
  if (test_url() == nullptr) return;
  Bench bench({.readers = 1, .writers = 1});
  REQUIRE(bench.write("drop table if exists t_deadline").has_value());
  REQUIRE(bench.write("create table t_deadline (id int)").has_value());
  std::vector<std::string> outcomes;
  const auto run = [&](const char* sql, Job::Kind kind) {
    bench.client().run({.sql = sql,
                        .kind = kind,
                        .deadline = net::Clock::now() + std::chrono::milliseconds(300),
                        .done = [&](Outcome outcome) {
                          outcomes.push_back(
                              outcome ? "done" : std::string(name_of(outcome.error().failure)));
                        }});
  };
  run("select pg_sleep(600)", Job::Kind::read);
  run("select pg_sleep(600)", Job::Kind::read);
  run("with s as materialized (select pg_sleep(600)) insert into t_deadline select 1 from s",
      Job::Kind::write);
  REQUIRE(bench.wait_for([&] { return outcomes.size() == 3; }));
  CHECK(outcomes == std::vector<std::string>{"interrupted", "interrupted", "interrupted"});
  CHECK(bench.value("select count(*) from t_deadline") == "0");
}

TEST_CASE("a statement that is longer than its timeout is interrupted") {
  if (test_url() == nullptr) return;
  Bench bench({.statement_timeout = std::chrono::milliseconds(100)});
  const auto outcome = bench.read("select pg_sleep(600)");
  REQUIRE_FALSE(outcome.has_value());
  CHECK(outcome.error().failure == db::Failure::interrupted);
  CHECK(outcome.error().sqlstate == "57014");
}

TEST_CASE("reads survive the loss of their connections; a write that was under way is reported") {
  if (test_url() == nullptr) return;
  Bench observer;
  Bench bench({.application_name = "t_lost", .readers = 1, .writers = 1});
  REQUIRE(bench.write("drop table if exists t_lost").has_value());
  REQUIRE(bench.write("create table t_lost (id int)").has_value());
  REQUIRE(bench.value("select 1") == "1");
  std::size_t reads = 0;
  std::optional<Outcome> write;
  bench.client().run({.sql = "select pg_sleep(0.2), 'lost read'", .done = [&](Outcome outcome) {
                        if (outcome) ++reads;
                      }});
  bench.client().run({.sql = "select 2", .done = [&](Outcome outcome) {
                        if (outcome && outcome->text(0, 0) == "2") ++reads;
                      }});
  bench.client().run(
      {.sql = "with s as materialized (select pg_sleep(600), 'lost write') insert into t_lost "
              "select 1 from s",
       .kind = Job::Kind::write,
       .done = [&](Outcome outcome) { write = std::move(outcome); }});
  REQUIRE(wait_until_running(observer, bench, "lost write", 1));
  REQUIRE(observer.value("select count(pg_terminate_backend(pid)) >= 2 from pg_stat_activity where "
                         "application_name = 't_lost'") == "t");
  REQUIRE(bench.wait_for([&] { return reads == 2 && write.has_value(); }));
  REQUIRE_FALSE(write->has_value());
  CHECK(write->error().failure == db::Failure::closed);
  CHECK(write->error().is_outcome_unknown);
  CHECK(bench.write("insert into t_lost values (2)").has_value());
  CHECK(bench.value("select count(*) from t_lost") == "1");
}

TEST_CASE("who waits too long for a server is told that it is not there") {
  if (test_url() == nullptr) return;
  Bench bench(
      {.url = "postgresql://127.0.0.1:1/none", .acquire_timeout = std::chrono::milliseconds(300)});
  for (const Job::Kind kind : {Job::Kind::read, Job::Kind::write}) {
    const auto outcome = bench.run({.sql = "select 1", .kind = kind});
    REQUIRE_FALSE(outcome.has_value());
    CHECK(outcome.error().failure == db::Failure::closed);
    CHECK_FALSE(outcome.error().is_outcome_unknown);
  }
  bool was_refused = false;
  bench.client().begin({}, [&](std::expected<Session, db::Error> begun) {
    was_refused = !begun && begun.error().failure == db::Failure::closed;
  });
  CHECK(bench.wait_for([&] { return was_refused; }));
}

TEST_CASE("a host's name is looked up beside the loop") {
  if (test_url() == nullptr) return;
  const std::string url = test_url();
  const std::string port = url.substr(url.rfind("port=") + 5);
  Bench bench({.url = "postgresql://postgres@localhost:" + port + "/postgres"});
  CHECK(bench.value("select 1") == "1");
  Bench nowhere({.url = "postgresql://no-such-host.invalid/none",
                 .acquire_timeout = std::chrono::milliseconds(200)});
  const auto outcome = nowhere.read("select 1");
  REQUIRE_FALSE(outcome.has_value());
  CHECK(outcome.error().failure != db::Failure::other);
}

TEST_CASE("a table that changes its columns does not disturb prepared statements") {
  if (test_url() == nullptr) return;
  Bench observer;
  Bench bench({.readers = 1});
  REQUIRE(observer.write("drop table if exists t_changing").has_value());
  REQUIRE(observer.write("create table t_changing (a int)").has_value());
  REQUIRE(observer.write("insert into t_changing values (1)").has_value());
  CHECK(bench.read("select * from t_changing")->columns() == 1);
  REQUIRE(observer.write("alter table t_changing add b text default 'x'").has_value());
  const auto outcome = bench.read("select * from t_changing");
  if (!outcome) FAIL(outcome.error().message);
  CHECK(outcome->columns() == 2);
  // Statements that somebody else threw away are prepared again.
  CHECK(bench.write("deallocate all").has_value());
  CHECK(bench.write("select 1").has_value());
}

TEST_CASE("no more statements are kept prepared than asked for") {
  if (test_url() == nullptr) return;
  Bench bench({.readers = 1, .statements = 3});
  for (int round = 0; round < 2; ++round) {
    for (int i = 0; i < 10; ++i) {
      CHECK(bench.value("select " + std::to_string(i)) == std::to_string(i));
    }
  }
  // This one is counted, too.
  CHECK(bench.value("select count(*) from pg_prepared_statements") == "3");
}

TEST_CASE("the server restarts under load: answers are right or say that nothing is known") {
  const char* control = std::getenv("SQLXC_TEST_POSTGRES_CONTROL");
  if (test_url() == nullptr || control == nullptr) return;
  Bench bench({.acquire_timeout = std::chrono::milliseconds(20000)});
  REQUIRE(bench.write("drop table if exists t_restart").has_value());
  REQUIRE(bench.write("create table t_restart (id int primary key)").has_value());
  std::atomic<bool> is_over = false;
  std::thread restarter([&] {
    for (const char* mode : {"fast", "immediate", "fast", "immediate"}) {
      const std::string command = std::string(control) + " -m " + mode + " restart >/dev/null 2>&1";
      if (std::system(command.c_str()) != 0) break;
      std::this_thread::sleep_for(std::chrono::milliseconds(100));
    }
    is_over = true;
  });
  struct Count {
    int right = 0, wrong = 0, lost = 0;
  } reads, writes;
  std::vector<int> acknowledged;
  int next = 0;
  std::size_t in_flight = 0;
  const auto feed = [&] {
    while (!is_over && in_flight < 40) {
      const int id = next++;
      ++in_flight;
      bench.client().run(
          {.sql = "select $1::int4 * 2",
           .binds = {Value::of_integer(id)},
           .done = [&, id](Outcome outcome) {
             --in_flight;
             if (!outcome) {
               ++(outcome.error().failure == db::Failure::closed ? reads.lost : reads.wrong);
             } else {
               ++(outcome->text(0, 0) == std::to_string(id * 2) ? reads.right : reads.wrong);
             }
           }});
      if (id % 4 != 0) continue;
      ++in_flight;
      bench.client().run({.sql = "insert into t_restart values ($1)",
                          .binds = {Value::of_integer(id)},
                          .kind = Job::Kind::write,
                          .done = [&, id](Outcome outcome) {
                            --in_flight;
                            if (outcome) {
                              ++writes.right;
                              acknowledged.push_back(id);
                            } else if (outcome.error().failure == db::Failure::closed) {
                              ++writes.lost;
                            } else {
                              ++writes.wrong;
                            }
                          }});
    }
  };
  while (!is_over || in_flight > 0) {
    feed();
    const std::size_t before = in_flight;
    if (!bench.wait_for([&] { return in_flight < before || is_over; })) break;
    if (is_over && in_flight > 0 && !bench.wait_for([&] { return in_flight == 0; })) break;
  }
  restarter.join();
  CHECK(in_flight == 0);
  CHECK(reads.wrong == 0);
  CHECK(writes.wrong == 0);
  CHECK(reads.right > 0);
  CHECK(writes.right > 0);
  std::string ids;
  for (const int id : acknowledged) ids += (ids.empty() ? "" : ",") + std::to_string(id);
  CHECK(bench.value("select count(*) from t_restart where id = any($1::int4[])",
                    {Value::of_text("{" + ids + "}")}) == std::to_string(acknowledged.size()));
}

}  // namespace sqlxc::pg
