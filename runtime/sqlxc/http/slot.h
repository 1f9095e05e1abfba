#pragma once

#include <sqlxc/http/exchange.h>
#include <sqlxc/http/head.h>

namespace sqlxc::http {

/// An exchange with the room for its head; a loop keeps some of them ready.
struct Slot final : Exchange {
  /// Sets the request from the head; `body` follows it in the same buffer.
  void set_request(std::string_view body);
  /// Follows the buffer from `from` to `to`: every view of the head points into it.
  void rebase(const char* from, const char* to);
  /// Makes it ready for the next exchange, without large capacities.
  void clear();

  Head head;
};

}  // namespace sqlxc::http
