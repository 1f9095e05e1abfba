#include <sqlxc/service/cors.h>

#include <algorithm>

#include <sqlxc/core/text.h>

namespace sqlxc::service {

Cors::Cors(std::string_view origins) : admits_all_(origins == "*") {
  if (admits_all_ || origins == "none") return;
  while (!origins.empty()) origins_.emplace_back(trim(split_off(origins, ',')));
}

bool Cors::admits(std::string_view origin) const {
  return admits_all_ || std::find(origins_.begin(), origins_.end(), origin) != origins_.end();
}

bool Cors::admits_socket(const http::Request& request) const {
  const auto origin = request.header("Origin");
  if (!origin || admits(*origin)) return true;
  std::string_view host = *origin;
  const std::size_t scheme = host.find("://");
  if (scheme == std::string_view::npos) return false;
  host.remove_prefix(scheme + 3);
  return equals_ignoring_case(host, request.header("Host").value_or(""));
}

void Cors::add_headers(http::Exchange& exchange) const {
  const auto origin = exchange.request().header("Origin");
  if (!origin) return;
  http::Response& response = exchange.response();
  if (!admits_all_) response.header("Vary", "Origin");
  if (!admits(*origin)) return;
  response.header("Access-Control-Allow-Origin", admits_all_ ? "*" : *origin);
  response.header("Access-Control-Expose-Headers",
                  "Content-Location, Content-Range, ETag, Idempotent-Replayed, Link, Location, "
                  "Preference-Applied, Range-Unit, Retry-After, Server-Timing, X-Request-Id");
}

bool Cors::answer_preflight(http::Exchange& exchange) const {
  const http::Request& request = exchange.request();
  if (request.method != http::Method::options) return false;
  const auto origin = request.header("Origin");
  if (!origin || !request.header("Access-Control-Request-Method")) return false;
  http::Response& response = exchange.response();
  response.status = 204;
  response.header("Vary", "Origin, Access-Control-Request-Method, Access-Control-Request-Headers");
  if (admits(*origin)) {
    response.header("Access-Control-Allow-Origin", admits_all_ ? "*" : *origin);
    response.header("Access-Control-Allow-Methods", "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS");
    const auto headers = request.header("Access-Control-Request-Headers");
    if (headers) response.header("Access-Control-Allow-Headers", *headers);
    response.header("Access-Control-Max-Age", "86400");
  }
  exchange.finish();
  return true;
}

}  // namespace sqlxc::service
