#pragma once

#include <sqlxc/http/exchange.h>
#include <sqlxc/live/loop.h>

// GraphQL over server-sent events, one connection an operation: the "distinct connections mode" of
// https://github.com/enisdenjo/graphql-sse/blob/master/PROTOCOL.md. Events are `next` and
// `complete`.
namespace sqlxc::live {

/// Whether the client takes events: `Accept` names text/event-stream.
bool wants_events(const http::Request& request);

/// Answers `operation`, of which `plan` was made, with a stream of events; where it is refused, the
/// only one holds the errors.
void answer_events(http::Exchange& exchange, Loop& loop, const Operation& operation,
                   const Plan& plan);

}  // namespace sqlxc::live
