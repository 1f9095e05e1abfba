#include <sqlxc/graphql_http/api.h>

#include <algorithm>
#include <optional>
#include <utility>

#include <sqlxc/graphql/introspect.h>
#include <sqlxc/graphql_http/answer.h>
#include <sqlxc/graphql_http/graphiql.h>
#include <sqlxc/json/writer.h>

namespace sqlxc::graphql_http {
namespace {

using graphql::Errors;

void finish(http::Exchange& exchange, Form form, int status) {
  exchange.response().status = status;
  exchange.response().content_type = content_type_of(form);
  exchange.finish();
}

void answer_errors(http::Exchange& exchange, Form form, int status, const Errors& errors) {
  json::Writer out(exchange.response().body);
  out.begin_object();
  out.key("errors");
  graphql::append_errors(out, errors);
  out.end_object();
  finish(exchange, form, status);
}

// What is filled while the operation is carried out, and answered at its end.
class Pending {
 public:
  Pending(const graphql::Schema& schema, http::Exchange& exchange, Form form,
          std::shared_ptr<const KnownDocument> document,
          std::shared_ptr<const graphql::Operation> operation)
      : schema_(schema),
        exchange_(&exchange),
        form_(form),
        document_(std::move(document)),
        operation_(std::move(operation)) {}

  bool is_over() const { return exchange_ == nullptr; }

  void finish_with(std::vector<FieldResult> results) {
    if (exchange_ == nullptr) return;
    http::Exchange& exchange = *std::exchange(exchange_, nullptr);
    append_answer(exchange.response().body, schema_, *operation_, std::move(results));
    finish(exchange, form_, 200);
  }

  // The client has left: what is asked for it is called off, and the exchange ends.
  void abandon(Abandon abandon) {
    if (exchange_ == nullptr) return;
    if (abandon) abandon();
    http::Exchange& exchange = *std::exchange(exchange_, nullptr);
    answer_errors(exchange, form_, 503, one_error("The client has left.", "CANCELLED"));
  }

 private:
  const graphql::Schema& schema_;
  http::Exchange* exchange_;
  Form form_;
  std::shared_ptr<const KnownDocument> document_;
  std::shared_ptr<const graphql::Operation> operation_;
};

// What the operation's kind asks of the request that carries it.
std::optional<Failure> refusal_of(graphql::ast::OperationKind kind, http::Method method) {
  using Kind = graphql::ast::OperationKind;
  if (kind == Kind::mutation && method != http::Method::post)
    return Failure{405, one_error("A mutation is asked for with POST.", "BAD_REQUEST")};
  if (kind != Kind::subscription) return std::nullopt;
  return Failure{422, one_error("A subscription is asked for over a WebSocket of "
                                "graphql-transport-ws, or by accepting text/event-stream: "
                                "this answer would end.",
                                "BAD_REQUEST")};
}

}  // namespace

void Api::handle(http::Exchange& exchange) {
  const http::Request& request = exchange.request();
  const bool is_get = request.method == http::Method::get || request.method == http::Method::head;
  if (!is_get && request.method != http::Method::post) {
    exchange.response().header("Allow", "GET, HEAD, POST, OPTIONS");
    if (request.method == http::Method::options) {
      exchange.response().status = 204;
      exchange.response().content_type = {};
      return exchange.finish();
    }
    return answer_errors(exchange, Form::json, 405,
                         one_error("GraphQL is asked for with GET or POST.", "BAD_REQUEST"));
  }
  if (is_get && request.query.empty() && shared_.options().has_page && asks_for_page(request))
    return answer_graphiql(exchange);
  exchange.response().header("Vary", "Accept");
  const std::optional<Form> form = negotiate(request);
  if (!form) {
    return answer_errors(exchange, Form::json, 406,
                         one_error("The answer is application/graphql-response+json or "
                                   "application/json, which the request does not accept.",
                                   "BAD_REQUEST"));
  }
  auto parameters = read_parameters(request);
  if (!parameters) {
    return answer_errors(exchange, *form, parameters.error().status,
                         one_error(parameters.error().message, "BAD_REQUEST"));
  }
  auto prepared = preparer_.recall(*parameters);
  if (prepared) {
    if (auto refusal = refusal_of(prepared->operation->kind, request.method))
      prepared = std::unexpected(std::move(*refusal));
  }
  if (prepared) return run(exchange, *form, std::move(*prepared));
  const int status = prepared.error().status;
  if (status == 405) exchange.response().header("Allow", "POST");
  // Clients of application/json take every answer that was understood as a 200.
  const bool is_understood = status == 422;
  answer_errors(exchange, *form,
                !is_understood        ? status
                : *form == Form::json ? 200
                                      : 400,
                prepared.error().errors);
}

void Api::run(http::Exchange& exchange, Form form, Prepared prepared) {
  const auto pending = std::make_shared<Pending>(shared_.schema(), exchange, form,
                                                 prepared.document, prepared.operation);
  const bool asks_for_rows =
      !std::ranges::all_of(prepared.operation->fields, graphql::is_introspection);
  if (!asks_for_rows) return pending->finish_with({});
  if (prepared.is_worth_keeping) {
    prepared.plan = make_plan_(prepared);
    if (prepared.plan != nullptr) preparer_.keep(prepared);
  }
  exchange.defer();
  Abandon abandon = execute_(prepared, [pending](std::vector<FieldResult> results) {
    pending->finish_with(std::move(results));
  });
  if (pending->is_over()) return;
  exchange.on_abandoned([pending, &loop = exchange.loop(), call = std::move(abandon)]() mutable {
    loop.run_soon(
        [pending, call = std::move(call)]() mutable { pending->abandon(std::move(call)); });
  });
}

}  // namespace sqlxc::graphql_http
