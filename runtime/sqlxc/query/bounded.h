#pragma once

#include <cstdint>

#include <sqlxc/query/query.h>

// How much work a read may be, from what the model knows of keys and indexes, so that a loop runs
// only what cannot stall it.
namespace sqlxc::query {

enum class Cost : std::uint8_t {
  bounded,  // a key, or an indexed order with a limit: runs in the loop
  likely,   // an indexed filter with a limit, all of whose rows may have to be sorted: worth a try
            // in the loop, with a deadline
  unbounded,
};

/// The proof looks at the query alone: its key, origin, filter, order, limit and embeds.
Cost cost_of(const Model& model, const Query& query);

}  // namespace sqlxc::query
