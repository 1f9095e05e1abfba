#pragma once

#include <sqlxc/http/exchange.h>
#include <sqlxc/live/loop.h>
#include <sqlxc/live/socket_session.h>

// The part of /graphql that stays open: WebSockets and event streams. What is answered once is the
// GraphQL face's own.
namespace sqlxc::live {

/// Answers a request for a WebSocket or for events. False, and nothing is done, if it is for the
/// GraphQL face: neither of the two, or a query whose client takes a plain answer as well.
bool answer(http::Exchange& exchange, Loop& loop, const SessionOptions& options = {});

}  // namespace sqlxc::live
