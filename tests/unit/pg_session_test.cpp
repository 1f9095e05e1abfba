#include "pg_server.h"

#include <string>
#include <vector>

namespace sqlxc::pg {
namespace {

using value::Value;
using Finished = std::expected<void, db::Error>;

Session begin(Bench& bench, SessionOptions options = {}) {
  std::optional<Session> session;
  std::string failure;
  bool is_done = false;
  bench.client().begin(std::move(options), [&](std::expected<Session, db::Error> begun) {
    is_done = true;
    if (begun) {
      session = std::move(*begun);
    } else {
      failure = begun.error().message;
    }
  });
  REQUIRE(bench.wait_for([&] { return is_done; }));
  if (!session) FAIL(failure);
  return std::move(*session);
}

std::string run(Bench& bench, Session& session, std::string sql) {
  std::optional<Outcome> outcome;
  session.run({.sql = std::move(sql), .done = [&](Outcome given) { outcome = std::move(given); }});
  REQUIRE(bench.wait_for([&] { return outcome.has_value(); }));
  if (!*outcome) return outcome->error().sqlstate;
  return (*outcome)->rows() == 0 ? std::string((*outcome)->tag())
                                 : std::string((*outcome)->text(0, 0));
}

std::string end(Bench& bench, Session& session, bool is_commit) {
  std::optional<Finished> finished;
  const auto done = [&](Finished given) { finished = std::move(given); };
  if (is_commit) {
    session.commit(done);
  } else {
    session.rollback(done);
  }
  REQUIRE(bench.wait_for([&] { return finished.has_value(); }));
  CHECK_FALSE(static_cast<bool>(session));
  return *finished ? "done" : finished->error().sqlstate;
}

void make_table(Bench& bench) {
  REQUIRE(bench.write("drop table if exists t_session cascade").has_value());
  REQUIRE(bench.write("create table t_session (id int primary key, v int not null default 0)")
              .has_value());
}

}  // namespace

TEST_CASE("a session is one transaction") {
  if (test_url() == nullptr) return;
  Bench bench;
  make_table(bench);
  Session session = begin(bench);
  CHECK(run(bench, session, "insert into t_session values (1)") == "INSERT 0 1");
  CHECK(run(bench, session, "select count(*) from t_session") == "1");
  CHECK(bench.value("select count(*) from t_session") == "0");
  CHECK(end(bench, session, true) == "done");
  CHECK(bench.value("select count(*) from t_session") == "1");
  session = begin(bench);
  run(bench, session, "insert into t_session values (2)");
  CHECK(end(bench, session, false) == "done");
  CHECK(bench.value("select count(*) from t_session") == "1");
}

TEST_CASE("a session that failed cannot be committed") {
  if (test_url() == nullptr) return;
  Bench bench;
  make_table(bench);
  Session session = begin(bench);
  run(bench, session, "insert into t_session values (1)");
  CHECK(run(bench, session, "insert into t_session values (1)") == "23505");
  CHECK(run(bench, session, "select 1") == "25P02");
  CHECK(end(bench, session, true) == "25P02");
  CHECK(bench.value("select count(*) from t_session") == "0");
}

TEST_CASE("a session that is dropped is rolled back, and what it runs is stopped") {
  if (test_url() == nullptr) return;
  Bench bench({.sessions = 1});
  make_table(bench);
  {
    Session session = begin(bench);
    run(bench, session, "insert into t_session values (1)");
    session.run({.sql = "select pg_sleep(600)"});
  }
  // The only session connection is free again: nobody waits ten minutes for it.
  Session next = begin(bench);
  CHECK(run(bench, next, "select count(*) from t_session") == "0");
  CHECK(end(bench, next, true) == "done");
}

TEST_CASE("a session's settings end with it") {
  if (test_url() == nullptr) return;
  Bench bench({.sessions = 1});
  Session session =
      begin(bench, {.is_readonly = true,
                    .isolation = SessionOptions::Isolation::serializable,
                    .settings = {{"request.method", "GET"}, {"TimeZone", "Asia/Tokyo"}}});
  CHECK(run(bench, session, "select current_setting('request.method')") == "GET");
  CHECK(run(bench, session, "show TimeZone") == "Asia/Tokyo");
  CHECK(run(bench, session, "show transaction_isolation") == "serializable");
  CHECK(run(bench, session, "create table t_never (id int)") == "25006");
  CHECK(end(bench, session, false) == "done");
  session = begin(bench);
  CHECK(run(bench, session, "select coalesce(current_setting('request.method', true), '')") == "");
  CHECK(run(bench, session, "show TimeZone") == "UTC");
}

TEST_CASE("a session whose beginning fails says why") {
  if (test_url() == nullptr) return;
  Bench bench({.sessions = 1});
  std::string sqlstate;
  bench.client().begin({.settings = {{"TimeZone", "Nowhere/Land"}}},
                       [&](std::expected<Session, db::Error> begun) {
                         sqlstate = begun ? "begun" : begun.error().sqlstate;
                       });
  REQUIRE(bench.wait_for([&] { return !sqlstate.empty(); }));
  CHECK(sqlstate == "22023");
  Session next = begin(bench);
  CHECK(run(bench, next, "select 1") == "1");
}

TEST_CASE("a job's settings are there for its statement and gone after it") {
  if (test_url() == nullptr) return;
  Bench bench({.readers = 1, .writers = 1});
  for (const Job::Kind kind : {Job::Kind::read, Job::Kind::write}) {
    const auto outcome = bench.run({.sql = "select current_setting('request.path')",
                                    .kind = kind,
                                    .settings = {{"request.path", "/users"}, {"a.b", "c"}}});
    REQUIRE(outcome.has_value());
    CHECK(outcome->text(0, 0) == "/users");
    const auto after = bench.run(
        {.sql = "select coalesce(current_setting('request.path', true), '')", .kind = kind});
    REQUIRE(after.has_value());
    CHECK(after->text(0, 0).empty());
    const auto wrong =
        bench.run({.sql = "select 1", .kind = kind, .settings = {{"work_mem", "lots"}}});
    REQUIRE_FALSE(wrong.has_value());
    CHECK(wrong.error().sqlstate == "22023");
  }
}

TEST_CASE("a write that is to be undone answers and leaves nothing") {
  if (test_url() == nullptr) return;
  Bench bench({.writers = 1});
  make_table(bench);
  const auto insert = [&](const char* sql) {
    return bench.run({.sql = sql, .kind = Job::Kind::write, .is_rolled_back = true});
  };
  const auto undone = insert("insert into t_session values (7) returning id");
  REQUIRE(undone.has_value());
  CHECK(undone->text(0, 0) == "7");
  CHECK(bench.value("select count(*) from t_session") == "0");
  const auto failed = insert("insert into t_session values (8, null)");
  REQUIRE_FALSE(failed.has_value());
  CHECK(failed.error().failure == db::Failure::not_null);
  // The connection is not left within a transaction that has failed.
  CHECK(bench.write("insert into t_session values (9)").has_value());
  CHECK(bench.value("select count(*) from t_session") == "1");
  REQUIRE(bench.write("drop table if exists t_late").has_value());
  REQUIRE(bench
              .write("create table t_late (id int references t_session deferrable initially "
                     "deferred)")
              .has_value());
  const auto late = insert("insert into t_late values (10)");
  REQUIRE_FALSE(late.has_value());
  CHECK(late.error().failure == db::Failure::foreign_key);
  CHECK(bench.value("select count(*) from t_late") == "0");
}

TEST_CASE("two writes that wait for each other are both done in the end") {
  if (test_url() == nullptr) return;
  Bench bench({.writers = 2});
  make_table(bench);
  REQUIRE(bench.write("insert into t_session values (1), (2)").has_value());
  std::vector<std::string> outcomes;
  for (const int first : {1, 2}) {
    // Takes one row, waits, takes the other.
    bench.client().run({.sql = "with a as (update t_session set v = v + 1 where id = $1::int4 "
                               "returning pg_sleep(0.2)) update t_session set v = v + 10 "
                               "where id = 3 - $1::int4 and (select count(*) from a) = 1",
                        .binds = {Value::of_integer(first)},
                        .kind = Job::Kind::write,
                        .done = [&](Outcome outcome) {
                          outcomes.push_back(outcome ? std::string(outcome->tag())
                                                     : outcome.error().sqlstate);
                        }});
  }
  REQUIRE(bench.wait_for([&] { return outcomes.size() == 2; }));
  CHECK(outcomes == std::vector<std::string>{"UPDATE 1", "UPDATE 1"});
  CHECK(bench.value("select string_agg(v::text, ',' order by id) from t_session") == "11,11");
}

TEST_CASE("a conflict is tried again, but not for ever") {
  if (test_url() == nullptr) return;
  Bench bench;
  for (const char* sql :
       {"drop sequence if exists t_attempts", "create sequence t_attempts",
        "create or replace function t_conflict(good int) returns int language plpgsql as "
        "$$ begin if nextval('t_attempts') < good then raise exception using errcode = '40001'; "
        "end if; return currval('t_attempts'); end $$"}) {
    REQUIRE(bench.write(sql).has_value());
  }
  const auto third = bench.write("select t_conflict(3)");
  if (!third) FAIL(third.error().message);
  CHECK(third->text(0, 0) == "3");
  CHECK(bench.client().counters().retries == 2);
  const auto never = bench.write("select t_conflict(1000000)");
  REQUIRE_FALSE(never.has_value());
  CHECK(never.error().failure == db::Failure::busy);
  CHECK(never.error().sqlstate == "40001");
}

TEST_CASE("a client that goes leaves sessions, streams and jobs behind that do nothing") {
  if (test_url() == nullptr) return;
  auto holder = std::make_shared<Session>();
  std::unique_ptr<Stream> stream;
  int calls = 0;
  {
    Bench bench;
    *holder = begin(bench);
    // The session lives in a callback of its own, as it does in a request that works with it.
    holder->run({.sql = "select pg_sleep(600)", .done = [&calls, holder](Outcome) { ++calls; }});
    bench.client().run({.sql = "select pg_sleep(600)", .done = [&](Outcome) { ++calls; }});
    bench.client().begin({}, [&](std::expected<Session, db::Error>) { ++calls; });
    stream = bench.client().stream({.sql = "select pg_sleep(600)"},
                                   {.on_row = [&](Result) { ++calls; }, .on_end = {}});
  }
  holder->rollback([&](std::expected<void, db::Error>) { ++calls; });
  CHECK_FALSE(static_cast<bool>(*holder));
  CHECK(calls == 0);
}

}  // namespace sqlxc::pg
