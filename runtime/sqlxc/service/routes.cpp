#include <sqlxc/service/routes.h>

#include <sqlxc/docs/ui.h>
#include <sqlxc/http/problem.h>

namespace sqlxc::service {
namespace {

using http::Exchange;
using http::Method;
using http::Problem;

void finish_with(Exchange& exchange, const Problem& problem) {
  http::set_problem(exchange.response(), problem);
  exchange.finish();
}

bool is_api(std::string_view path) {
  return path.starts_with("/api") && (path.size() == 4 || path[4] == '/');
}

bool contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

}  // namespace

Routes::Routes(const Shared& shared, net::Loop& loop, std::unique_ptr<rest::Api> api)
    : shared_(shared), access_log_(shared.log, loop), api_(std::move(api)) {
  if (shared.graphql == nullptr) return;
  graphql_ = std::make_unique<GraphqlRoute>(shared.model, *shared.graphql, *shared.hub,
                                            shared.sockets, loop, api_->backend());
}

void Routes::on_finished(const http::Access& access) {
  if (shared_.has_access_log || access.status >= 500) access_log_.note(access);
}

void Routes::on_exception(Exchange& exchange, std::string_view what) {
  shared_.log.write(observe::Level::error, "a handler failed",
                    {{"what", what}, {"id", exchange.id()}});
}

void Routes::handle(Exchange& exchange) {
  if (shared_.cors.answer_preflight(exchange)) return;
  shared_.cors.add_headers(exchange);
  const http::Request& request = exchange.request();
  if (is_api(request.path)) return api_->handle(exchange);
  if (graphql_ && request.path == "/graphql") {
    // Browsers let every page open a socket, and leave it to the server to look who asks.
    if (http::wants_socket(request) && !shared_.cors.admits_socket(request)) {
      return finish_with(exchange, {.status = 403,
                                    .code = "SXH403",
                                    .message = "pages of this origin may not open a socket here",
                                    .hint = "--cors-origins names those that may"});
    }
    return graphql_->handle(exchange);
  }
  handle_own(exchange);
}

void Routes::handle_own(Exchange& exchange) {
  const http::Request& request = exchange.request();
  const std::string_view path = request.path;
  const bool is_ours = path == "/" || path == "/health" || path == "/ready" ||
                       path == "/openapi.json" || path == "/docs" || path.starts_with("/docs/") ||
                       path == "*";
  if (!is_ours) {
    return finish_with(exchange,
                       {.status = 404,
                        .code = "SXH404",
                        .message = "there is nothing at this path",
                        .hint = "the tables are below /api, the documentation is at /docs"});
  }
  if (request.method != Method::get && request.method != Method::head) {
    exchange.response().header("Allow", "GET, HEAD, OPTIONS");
    if (request.method == Method::options) {
      exchange.response().status = 204;
      return exchange.finish();
    }
    return finish_with(exchange,
                       {.status = 405, .code = "SXH405", .message = "this path can only be read"});
  }
  if (path == "/health") {
    exchange.response().body += R"({"status":"ok"})";
    return exchange.finish();
  }
  if (path == "/ready") return api_->answer_ready(exchange);
  if (path == "/openapi.json")
    return answer_document(exchange, "application/json", shared_.model.openapi);
  if (path == "/docs" || path == "/docs/")
    return answer_document(exchange, "text/html; charset=utf-8", shared_.model.docs_html);
  if (path == "/") return answer_root(exchange);
  if (path == "/docs/schema.graphql" && shared_.graphql != nullptr) {
    return answer_document(exchange, "application/graphql; charset=utf-8", shared_.graphql->sdl());
  }
  answer_asset(exchange, path.substr(std::string_view("/docs/").size()));
}

// People get the documentation, programs the description of the interface.
void Routes::answer_root(Exchange& exchange) const {
  if (!contains(exchange.request().header("Accept").value_or(""), "text/html")) {
    return answer_document(exchange, "application/json", shared_.model.openapi);
  }
  exchange.response().status = 302;
  exchange.response().content_type = {};
  exchange.response().header("Location", "/docs");
  exchange.finish();
}

// What the compiler wrote changes only with the schema, so its fingerprint is the entity tag.
void Routes::answer_document(Exchange& exchange, std::string_view content_type,
                             std::string_view text) const {
  http::Response& response = exchange.response();
  std::string tag = "\"";
  tag += shared_.model.fingerprint;
  tag += '"';
  response.header("ETag", tag);
  response.header("Cache-Control", "no-cache");
  if (contains(exchange.request().header("If-None-Match").value_or(""), tag)) {
    response.status = 304;
    return exchange.finish();
  }
  response.content_type = content_type;
  response.body += text;
  exchange.finish();
}

void Routes::answer_asset(Exchange& exchange, std::string_view name) const {
  const docs::Asset* asset = docs::find_asset(name);
  if (asset == nullptr) {
    return finish_with(
        exchange,
        {.status = 404, .code = "SXH404", .message = "the documentation has no such file"});
  }
  http::Response& response = exchange.response();
  response.content_type = asset->content_type;
  response.header("Content-Encoding", "gzip");
  response.header("Cache-Control", "public, max-age=86400");
  response.body += asset->gzip;
  exchange.finish();
}

}  // namespace sqlxc::service
