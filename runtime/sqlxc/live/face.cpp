#include <sqlxc/live/face.h>

#include <memory>
#include <optional>
#include <string>

#include <sqlxc/core/text.h>
#include <sqlxc/live/event_stream.h>
#include <sqlxc/live/request.h>

namespace sqlxc::live {
namespace {

using http::Exchange;
using http::Request;

// Of a GET: ?query=...&operationName=...&variables=...
std::optional<Operation> read_parameters(std::string_view query) {
  Operation operation;
  while (!query.empty()) {
    std::string_view value = split_off(query, '&');
    const std::string_view name = split_off(value, '=');
    const auto decoded = percent_decode(value, true);
    if (!decoded || !is_utf8(*decoded)) return std::nullopt;
    if (name == "query") operation.query = *decoded;
    if (name == "operationName") operation.name = *decoded;
    if (name == "variables") operation.variables = *decoded;
  }
  if (operation.query.empty()) return std::nullopt;
  return operation;
}

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

bool is_ours(const Request& request) {
  return http::wants_socket(request) || wants_events(request);
}

void answer(Exchange& exchange, Loop& loop, const SessionOptions& options) {
  const Request& request = exchange.request();
  if (http::wants_socket(request)) return answer_socket(exchange, loop, options);
  if (request.method != http::Method::get && request.method != http::Method::post) {
    exchange.response().header("Allow", "GET, POST");
    return refuse(exchange, 405, "events are asked for by GET or POST");
  }
  const bool is_post = request.method == http::Method::post;
  if (is_post && !equals_ignoring_case(request.content_type(), "application/json")) {
    return refuse(exchange, 415, "the body is to be application/json");
  }
  const auto operation = is_post ? read_operation(request.body) : read_parameters(request.query);
  if (!operation) return refuse(exchange, 400, "there is no query in the request");
  answer_events(exchange, loop, *operation);
}

}  // namespace sqlxc::live
