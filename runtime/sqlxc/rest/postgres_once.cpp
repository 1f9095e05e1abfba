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

// The lock goes with the transaction.
constexpr std::string_view kLock =
    "select pg_try_advisory_xact_lock(hashtextextended('sqlxc.requests ' || $1::text, 0))";
constexpr std::string_view kFind = R"(
select fingerprint, status, headers, body from sqlxc.requests
where key = $1::text and kept_at > now() - make_interval(secs => $2::float8))";
// What it meets is past: of those that are not, look_up() has told.
constexpr std::string_view kKeep = R"(
insert into sqlxc.requests (key, fingerprint, status, headers, body)
values ($1::text, $2::text, $3::int4, $4::text, $5::bytea)
on conflict (key) do update
set fingerprint = excluded.fingerprint, status = excluded.status, headers = excluded.headers,
    body = excluded.body, kept_at = excluded.kept_at)";
// Each that comes takes two that are past with it, so that they never pile up.
constexpr std::string_view kForget = R"(
delete from sqlxc.requests where key in (
  select key from sqlxc.requests where kept_at <= now() - make_interval(secs => $1::float8)
  order by kept_at limit 2 for update skip locked))";
constexpr std::string_view kMake = R"(
do $$ begin
  perform pg_advisory_xact_lock(1397836888);  -- as pg::prepare() takes
  -- IF NOT EXISTS asks for the right to make one even where it exists.
  if to_regnamespace('sqlxc') is null then create schema sqlxc; end if;
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

Seen read_seen(Once& once, bool is_locked, const pg::Result& found) {
  if (found.rows() != 0) {
    std::string body;
    PostgresRow::append_hex_bytes(body, found.text(0, 3));
    replay(once, {.fingerprint = std::string(found.text(0, 0)),
                  .status = parse_number<int>(found.text(0, 1)).value_or(500),
                  .headers = std::string(found.text(0, 2)),
                  .body = std::move(body)});
    return Seen::before;
  }
  if (is_locked) return Seen::never;
  refuse_meanwhile(once);
  return Seen::before;
}

}  // namespace

void look_up(pg::Client& client, pg::Session& session, std::shared_ptr<Once> once, SeenDone done) {
  once->answer.reset();
  once->refusal.reset();
  // Two statements, sent at once: a snapshot that is older than the lock would not show what the
  // lock's last holder has committed, and the request would be carried out again.
  const auto is_locked = std::make_shared<bool>(false);
  pg::Job lock = job_of(client, kLock, {Value::of_text(once->key)});
  lock.done = [is_locked](const pg::Outcome& outcome) {
    *is_locked = outcome && outcome->text(0, 0) == "t";
  };
  pg::Job job = job_of(client, kFind, {Value::of_text(once->key), seconds_of(*once)});
  job.done = [once = std::move(once), done = std::move(done),
              is_locked](pg::Outcome outcome) mutable {
    if (outcome) return done(read_seen(*once, *is_locked, *outcome), {});
    const bool is_missing = outcome.error().sqlstate == kUndefinedTable;
    refuse_without_table(*once, outcome.error());
    done(is_missing ? Seen::no_table : Seen::failed, std::move(outcome.error()));
  };
  session.run(std::move(lock));
  session.run(std::move(job));
}

void keep_answer(pg::Client& client, pg::Session& session, std::shared_ptr<Once> once,
                 Answer answer, KeptDone done) {
  auto kept = keep(*once, std::move(answer));
  if (!kept) return done(Kept::refused, {});
  const auto why = std::make_shared<db::Error>();  // of the first that fails
  pg::Job forget = job_of(client, kForget, {seconds_of(*once)});
  forget.done = [why](pg::Outcome outcome) {
    if (!outcome) *why = std::move(outcome.error());
  };
  pg::Job job = job_of(client, kKeep,
                       {Value::of_text(once->key), Value::of_text(std::move(kept->fingerprint)),
                        Value::of_integer(kept->status), Value::of_text(std::move(kept->headers)),
                        Value::of_bytes(std::move(kept->body))});
  job.done = [once = std::move(once), done = std::move(done), why](pg::Outcome outcome) mutable {
    if (outcome) return done(Kept::yes, {});
    if (why->message.empty()) *why = std::move(outcome.error());
    refuse_without_table(*once, *why);
    done(Kept::failed, std::move(*why));
  };
  session.run(std::move(forget));
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
                              "the service's user may not make or not use sqlxc.requests: "
                              "docs/rest.md tells what the table is and which rights it takes");
}

}  // namespace sqlxc::rest
