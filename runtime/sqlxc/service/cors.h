#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <sqlxc/http/exchange.h>

// Which web pages may call the service (the Fetch standard's CORS protocol). Never with
// credentials: a service that trusts cookies would have to name its origins one by one.
namespace sqlxc::service {

class Cors {
 public:
  /// "*", "none" or origins separated by commas.
  explicit Cors(std::string_view origins);

  /// Adds what a browser wants to see to the answer of a request that came from a page.
  void add_headers(http::Exchange& exchange) const;
  /// Answers a preflight request; false if this is none.
  bool answer_preflight(http::Exchange& exchange) const;
  /// Whether who asks for a WebSocket is no page, one of an admitted origin or one of our own.
  bool admits_socket(const http::Request& request) const;

 private:
  bool admits(std::string_view origin) const;

  bool admits_all_ = false;
  std::vector<std::string> origins_;
};

}  // namespace sqlxc::service
