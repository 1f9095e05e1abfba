#pragma once

#include <sqlxc/http/exchange.h>
#include <sqlxc/live/loop.h>
#include <sqlxc/live/socket_session.h>

// The part of /graphql that stays open: WebSockets and event streams. What is answered once is the
// GraphQL face's own.
namespace sqlxc::live {

/// Whether the request is for this part: a WebSocket, or an answer in events.
bool is_ours(const http::Request& request);
/// Answers such a request.
void answer(http::Exchange& exchange, Loop& loop, const SessionOptions& options = {});

}  // namespace sqlxc::live
