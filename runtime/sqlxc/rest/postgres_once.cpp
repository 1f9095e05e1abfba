#include <sqlxc/rest/postgres_once.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

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
// What it meets is past: of those that are not, begin_once() has told.
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

// Refuses if the service's user may not make the table, or not use it.
void refuse_without_table(Once& once, const db::Error& why) {
  if (why.sqlstate != kInsufficientPrivilege) return;
  once.refusal = make_problem(501, "SXH501", "there is no table for Idempotency-Keys",
                              "the service's user may not make or not use sqlxc.requests: "
                              "docs/rest.md tells what the table is and which rights it takes");
}

// A session on its way to know its request.
class Beginning : public std::enable_shared_from_this<Beginning> {
 public:
  Beginning(pg::Client& client, pg::SessionOptions options, std::shared_ptr<Once> once,
            BegunDone done)
      : client_(client),
        options_(std::move(options)),
        once_(std::move(once)),
        done_(std::move(done)) {}

  void begin() {
    client_.begin(options_, [self = shared_from_this()](auto session) {
      if (!session) return self->fail(std::move(session.error()));
      self->session_ = std::move(*session);
      self->look_up();
    });
  }

 private:
  // Two statements, sent at once: a snapshot that is older than the lock would not show what the
  // lock's last holder has committed, and the request would be carried out again.
  void look_up() {
    pg::Job lock = job_of(client_, kLock, {Value::of_text(once_->key)});
    lock.done = [self = shared_from_this()](const pg::Outcome& outcome) {
      self->is_locked_ = outcome && outcome->text(0, 0) == "t";
    };
    pg::Job find = job_of(client_, kFind, {Value::of_text(once_->key), seconds_of(*once_)});
    find.done = [self = shared_from_this()](pg::Outcome outcome) {
      if (outcome) return self->read(*outcome);
      const bool is_missing = outcome.error().sqlstate == kUndefinedTable;
      if (is_missing && !std::exchange(self->has_made_table_, true)) return self->make_table();
      self->fail(std::move(outcome.error()));
    };
    session_.run(std::move(lock));
    session_.run(std::move(find));
  }

  void read(const pg::Result& found) {
    if (found.rows() == 0 && is_locked_) return done_(Seen::never, std::move(session_), {});
    if (found.rows() == 0) {
      refuse_meanwhile(*once_);
    } else {
      std::string body;
      PostgresRow::append_hex_bytes(body, found.text(0, 3));
      replay(*once_, {.fingerprint = std::string(found.text(0, 0)),
                      .status = parse_number<int>(found.text(0, 1)).value_or(500),
                      .headers = std::string(found.text(0, 2)),
                      .body = std::move(body)});
    }
    session_.rollback([self = shared_from_this()](const std::expected<void, db::Error>&) {
      self->done_(Seen::before, {}, {});
    });
  }

  // In a transaction of its own, as the failure has ended this one.
  void make_table() {
    session_.rollback([self = shared_from_this()](const std::expected<void, db::Error>&) {
      pg::Job make = job_of(self->client_, kMake, {});
      make.done = [self](pg::Outcome outcome) {
        if (!outcome) return self->fail(std::move(outcome.error()));
        self->begin();
      };
      self->client_.run(std::move(make));
    });
  }

  void fail(db::Error why) {
    refuse_without_table(*once_, why);
    done_(Seen::failed, std::move(session_), std::move(why));
  }

  pg::Client& client_;
  pg::SessionOptions options_;
  std::shared_ptr<Once> once_;
  BegunDone done_;
  pg::Session session_;
  bool is_locked_ = false;
  bool has_made_table_ = false;
};

}  // namespace

void begin_once(pg::Client& client, pg::SessionOptions options, std::shared_ptr<Once> once,
                BegunDone done) {
  // Shared by the statements that are on their way for it.
  std::make_shared<Beginning>(client, std::move(options), std::move(once), std::move(done))
      ->begin();
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

db::Error refused() {
  return {.failure = db::Failure::cancelled, .message = "its Idempotency-Key is refused"};
}

}  // namespace sqlxc::rest
