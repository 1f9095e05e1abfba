#pragma once

#include <cstdint>
#include <expected>
#include <functional>
#include <memory>

#include <sqlxc/pg/client.h>
#include <sqlxc/rest/once.h>

// The keys of requests in PostgreSQL: the table sqlxc.requests, which the first of them makes.
namespace sqlxc::rest {

enum class Seen : std::uint8_t {
  never,     // the request is to be carried out
  before,    // the answer, or a refusal, is noted
  no_table,  // nothing is known yet: make_requests_table()
  failed,
};

/// Whether the answer is kept; if not, the transaction is to be undone.
enum class Kept : std::uint8_t {
  yes,
  refused,  // it is too long, which is noted
  failed,
};

/// `why` is of what failed.
using SeenDone = std::move_only_function<void(Seen seen, db::Error why)>;
using KeptDone = std::move_only_function<void(Kept kept, db::Error why)>;
using MadeDone = std::move_only_function<void(std::expected<void, db::Error>)>;

/// Whether the request has come before; until the session ends, others with its key are refused.
void look_up(pg::Client& client, pg::Session& session, std::shared_ptr<Once> once, SeenDone done);

/// Keeps the answer with what the session has written.
void keep_answer(pg::Client& client, pg::Session& session, std::shared_ptr<Once> once,
                 Answer answer, KeptDone done);

/// Makes the table, if nobody has meanwhile.
void make_requests_table(pg::Client& client, MadeDone done);

/// The failure of a request whose refusal is noted.
db::Error refused();

/// Refuses (501) if the service's user may not make the table, or not use it.
void refuse_without_table(Once& once, const db::Error& why);

}  // namespace sqlxc::rest
