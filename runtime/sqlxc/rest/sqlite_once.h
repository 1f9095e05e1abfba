#pragma once

#include <expected>
#include <span>

#include <sqlxc/db/store.h>
#include <sqlxc/query/model.h>
#include <sqlxc/rest/once.h>
#include <sqlxc/rest/write.h>

namespace sqlxc::rest {

/// run_writes() for a request with an Idempotency-Key: the jobs run if its key is new, and what
/// they answer is kept with what they write. The store runs one write after another, so none ever
/// meets its first time under way.
std::expected<void, db::Error> run_once(const query::Model& model, std::span<WriteJob> jobs,
                                        Once& once, db::Session& session);

}  // namespace sqlxc::rest
