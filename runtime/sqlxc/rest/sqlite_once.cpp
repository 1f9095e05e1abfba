#include <sqlxc/rest/sqlite_once.h>

#include <chrono>
#include <utility>

namespace sqlxc::rest {
namespace {

using value::Value;
using Done = std::expected<void, db::Error>;

constexpr const char* kTable = R"(
CREATE TABLE IF NOT EXISTS _sqlxc_requests (
  key TEXT PRIMARY KEY,
  fingerprint TEXT NOT NULL,
  status INTEGER NOT NULL,
  headers TEXT NOT NULL,
  body BLOB NOT NULL,
  kept_at INTEGER NOT NULL  -- seconds since 1970
))";
constexpr const char* kIndex =
    "CREATE INDEX IF NOT EXISTS _sqlxc_requests_kept_at ON _sqlxc_requests (kept_at)";
constexpr const char* kFind =
    "SELECT fingerprint, status, headers, body FROM _sqlxc_requests WHERE key = ?1 AND kept_at > "
    "?2";
constexpr const char* kKeep =
    "INSERT OR REPLACE INTO _sqlxc_requests (key, fingerprint, status, headers, body, kept_at) "
    "VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
// Each that comes takes two that are past with it, so that they never pile up.
constexpr const char* kForget =
    "DELETE FROM _sqlxc_requests WHERE rowid IN (SELECT rowid FROM _sqlxc_requests "
    "WHERE kept_at <= ?1 ORDER BY kept_at LIMIT 2)";

std::int64_t now() {
  const auto since = std::chrono::system_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::seconds>(since).count();
}

Done run(db::Session& session, const char* sql, std::span<const Value> binds = {}) {
  auto ran = session.execute(sql, binds);
  if (!ran) return std::unexpected(std::move(ran.error()));
  return {};
}

// Notes the answer of the first time, if there was one.
Done look_up(db::Session& session, Once& once, std::int64_t oldest) {
  const Value binds[] = {Value::of_text(once.key), Value::of_integer(oldest)};
  auto cursor = session.query(kFind, binds);
  if (!cursor) return std::unexpected(std::move(cursor.error()));
  if (cursor->next()) {
    replay(once, {.fingerprint = std::string(cursor->text(0)),
                  .status = static_cast<int>(cursor->integer(1)),
                  .headers = std::string(cursor->text(2)),
                  .body = std::string(cursor->blob(3))});
  }
  if (cursor->has_failed()) return std::unexpected(cursor->error());
  return {};
}

}  // namespace

Done run_once(const query::Model& model, std::span<WriteJob> jobs, Once& once,
              db::Session& session) {
  once.answer.reset();
  once.refusal.reset();
  const std::int64_t oldest = now() - once.lifetime.count();
  for (const char* sql : {kTable, kIndex}) {
    if (auto made = run(session, sql); !made) return made;
  }
  if (auto looked = look_up(session, once, oldest); !looked) return looked;
  if (once.answer) return {};
  if (once.refusal) return db::Session::refuse("the key is another request's");
  if (auto ran = run_writes(model, jobs, session); !ran) return ran;
  auto kept = keep(
      once, once.is_batch ? answer_batch(model, jobs, {}) : answer_write(model, jobs.front(), {}));
  if (!kept) return db::Session::refuse("the answer is too long");
  const Value past[] = {Value::of_integer(oldest)};
  if (auto forgotten = run(session, kForget, past); !forgotten) return forgotten;
  const Value binds[] = {Value::of_text(once.key),
                         Value::of_text(std::move(kept->fingerprint)),
                         Value::of_integer(kept->status),
                         Value::of_text(std::move(kept->headers)),
                         Value::of_bytes(std::move(kept->body)),
                         Value::of_integer(now())};
  return run(session, kKeep, binds);
}

}  // namespace sqlxc::rest
