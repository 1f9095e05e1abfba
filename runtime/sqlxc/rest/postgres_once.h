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
  never,   // the request is to be carried out, in the session
  before,  // the answer, or a refusal, is noted
  failed,
};

/// Whether the answer is kept; if not, the transaction is to be undone.
enum class Kept : std::uint8_t {
  yes,
  refused,  // it is too long, which is noted
  failed,
};

/// `why` is of what failed.
using BegunDone = std::move_only_function<void(Seen seen, pg::Session session, db::Error why)>;
using KeptDone = std::move_only_function<void(Kept kept, db::Error why)>;

/// Begins the session of a request: whether it has come before is known then, and until the session
/// ends others with its key are refused.
void begin_once(pg::Client& client, pg::SessionOptions options, std::shared_ptr<Once> once,
                BegunDone done);

/// Keeps the answer with what the session has written.
void keep_answer(pg::Client& client, pg::Session& session, std::shared_ptr<Once> once,
                 Answer answer, KeptDone done);

/// The failure of a request whose refusal is noted.
db::Error refused();

}  // namespace sqlxc::rest
