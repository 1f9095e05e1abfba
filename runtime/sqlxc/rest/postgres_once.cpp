#include <sqlxc/rest/postgres_once.h>

#include <string>
#include <utility>

#include <sqlxc/core/text.h>
#include <sqlxc/rest/postgres_row.h>
#include <sqlxc/rest/problems.h>

namespace sqlxc::rest {
namespace {

using value::Value;

constexpr std::string_view kUndefinedTable = "42P01";
constexpr std::string_view kInsufficientPrivilege = "42501";

// The lock goes with the transaction. Another request that commits between this statement's
// snapshot and its lock is met by the key when the answer is kept.
constexpr std::string_view kFind = R"(
select pg_try_advisory_xact_lock(hashtextextended('sqlxc.requests ' || $1::text, 0)),
       r.fingerprint, r.status, r.headers, r.body
from (select) as one left join sqlxc.requests r
  on r.key = $1::text and r.kept_at > now() - make_interval(secs => $2::float8))";
constexpr std::string_view kKeep = R"(
insert into sqlxc.requests as r (key, fingerprint, status, headers, body)
values ($1::text, $2::text, $3::int4, $4::text, $5::bytea)
on conflict (key) do update
set fingerprint = excluded.fingerprint, status = excluded.status, headers = excluded.headers,
    body = excluded.body, kept_at = excluded.kept_at
where r.kept_at <= now() - make_interval(secs => $6::float8))";
// Each that comes takes two that are past with it, so that they never pile up.
constexpr std::string_view kForget = R"(
delete from sqlxc.requests where key in (
  select key from sqlxc.requests where kept_at <= now() - make_interval(secs => $1::float8)
  order by kept_at limit 2 for update skip locked))";
constexpr std::string_view kMake = R"(
do $$ begin
  perform pg_advisory_xact_lock(1397836888);  -- as pg::prepare() takes
  create schema if not exists sqlxc;
  create table if not exists sqlxc.requests (
    key text primary key,
    fingerprint text not null,
    status integer not null,
    headers text not null,
    body bytea not null,
    kept_at timestamptz not null default now()
  );
  create index if not exists requests_kept_at on sqlxc.requests (kept_at);
end $$)";

Value seconds_of(const Once& once) {
  return Value::of_real(static_cast<double>(once.lifetime.count()));
}

pg::Job job_of(pg::Client& client, std::string_view sql, std::vector<Value> binds) {
  pg::Job job;
  job.sql = sql;
  job.binds = std::move(binds);
  job.kind = pg::Job::Kind::write;
  job.deadline = client.statement_deadline();
  return job;
}

Seen read_seen(Once& once, const pg::Result& found) {
  if (!found.is_null(0, 1)) {
    std::string body;
    PostgresRow::append_hex_bytes(body, found.text(0, 4));
    replay(once, {.fingerprint = std::string(found.text(0, 1)),
                  .status = parse_number<int>(found.text(0, 2)).value_or(500),
                  .headers = std::string(found.text(0, 3)),
                  .body = std::move(body)});
    return Seen::before;
  }
  if (found.text(0, 0) == "t") return Seen::never;
  refuse_meanwhile(once);
  return Seen::before;
}

}  // namespace

void look_up(pg::Client& client, pg::Session& session, std::shared_ptr<Once> once, SeenDone done) {
  once->answer.reset();
  once->refusal.reset();
  pg::Job job = job_of(client, kFind, {Value::of_text(once->key), seconds_of(*once)});
  job.done = [once = std::move(once), done = std::move(done)](pg::Outcome outcome) mutable {
    if (outcome) return done(read_seen(*once, *outcome), {});
    const bool is_missing = outcome.error().sqlstate == kUndefinedTable;
    done(is_missing ? Seen::no_table : Seen::failed, std::move(outcome.error()));
  };
  session.run(std::move(job));
}

void keep_answer(pg::Client& client, pg::Session& session, std::shared_ptr<Once> once,
                 Answer answer, KeptDone done) {
  auto kept = keep(*once, std::move(answer));
  if (!kept) return done(Kept::refused, {});
  session.run(job_of(client, kForget, {seconds_of(*once)}));
  pg::Job job = job_of(client, kKeep,
                       {Value::of_text(once->key), Value::of_text(std::move(kept->fingerprint)),
                        Value::of_integer(kept->status), Value::of_text(std::move(kept->headers)),
                        Value::of_bytes(std::move(kept->body)), seconds_of(*once)});
  job.done = [done = std::move(done)](pg::Outcome outcome) mutable {
    if (!outcome) return done(Kept::failed, std::move(outcome.error()));
    done(outcome->affected() == 1 ? Kept::yes : Kept::late, {});
  };
  session.run(std::move(job));
}

void make_requests_table(pg::Client& client, MadeDone done) {
  pg::Job job = job_of(client, kMake, {});
  job.done = [done = std::move(done)](pg::Outcome outcome) mutable {
    if (!outcome) return done(std::unexpected(std::move(outcome.error())));
    done({});
  };
  client.run(std::move(job));
}

db::Error refused() {
  return {.failure = db::Failure::cancelled, .message = "its Idempotency-Key is refused"};
}

void refuse_without_table(Once& once, const db::Error& why) {
  if (why.sqlstate != kInsufficientPrivilege) return;
  once.refusal = make_problem(501, "SXH501", "there is no table for Idempotency-Keys",
                              "the service's user may not make sqlxc.requests; the documentation "
                              "of the service tells what it looks like");
}

}  // namespace sqlxc::rest
