#include <sqlxc/live/face.h>

#include <memory>
#include <string>

#include <sqlxc/graphql_http/negotiate.h>
#include <sqlxc/graphql_http/parameters.h>
#include <sqlxc/live/errors.h>
#include <sqlxc/live/event_stream.h>

namespace sqlxc::live {
namespace {

using http::Exchange;
using http::Request;

void refuse(Exchange& exchange, int status, std::string_view message) {
  exchange.response().status = status;
  exchange.response().body += R"({"errors":)" + errors_of(message, "BAD_REQUEST") + "}";
  exchange.finish();
}

void answer_socket(Exchange& exchange, Loop& loop, const SessionOptions& options) {
  const std::string_view offered = exchange.request().header("Sec-WebSocket-Protocol").value_or("");
  const bool has_protocol = http::has_token(offered, kSocketProtocol);
  const std::size_t headers = exchange.response().headers.size();
  if (has_protocol) exchange.response().header("Sec-WebSocket-Protocol", kSocketProtocol);
  auto session = std::make_unique<SocketSession>(loop, options, has_protocol);
  if (exchange.upgrade({}, std::move(session))) return;
  exchange.response().headers.resize(headers);
  exchange.response().header("Sec-WebSocket-Version", "13");
  exchange.response().header("Upgrade", "websocket");
  refuse(exchange, 426, "this is no handshake of WebSocket 13 (RFC 6455)");
}

}  // namespace

bool answer(Exchange& exchange, Loop& loop, const SessionOptions& options) {
  const Request& request = exchange.request();
  if (http::wants_socket(request)) {
    answer_socket(exchange, loop, options);
    return true;
  }
  const bool is_get = request.method == http::Method::get;
  if (!wants_events(request) || (!is_get && request.method != http::Method::post)) return false;
  const bool takes_plain = graphql_http::negotiate(request).has_value();
  const auto operation = graphql_http::read_parameters(request);
  if (!operation && takes_plain) return false;
  if (!operation) {
    refuse(exchange, operation.error().status, operation.error().message);
    return true;
  }
  const Plan plan = loop.engine().prepare(*operation);
  if (plan.kind != Plan::Kind::live && takes_plain) return false;
  if (plan.kind == Plan::Kind::mutation && is_get) {
    exchange.response().header("Allow", "POST");
    refuse(exchange, 405, "A mutation is asked for with POST.");
    return true;
  }
  answer_events(exchange, loop, *operation, plan);
  return true;
}

}  // namespace sqlxc::live
