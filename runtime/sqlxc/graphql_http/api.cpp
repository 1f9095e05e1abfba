#include <sqlxc/graphql_http/api.h>

#include <algorithm>
#include <utility>
#include <variant>

#include <sqlxc/core/check.h>
#include <sqlxc/core/sha256.h>
#include <sqlxc/graphql/introspect.h>
#include <sqlxc/graphql_http/graphiql.h>
#include <sqlxc/json/writer.h>

namespace sqlxc::graphql_http {
namespace {

using graphql::Error;
using graphql::Errors;
using graphql::Selected;

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

Errors one_error(std::string message, std::string_view code) {
  return {{.message = std::move(message), .code = std::string(code)}};
}

// The field of the response that `path` leads to, from the root field on; as far as it is known.
const Selected& field_at(const Selected& root, const std::vector<graphql::PathPart>& path) {
  const Selected* field = &root;
  for (std::size_t i = 1; i < path.size(); ++i) {
    const auto* key = std::get_if<std::string>(&path[i]);
    if (key == nullptr) continue;
    const Selected* next = nullptr;
    for (const graphql::Branch& branch : field->branches) {
      const auto found = std::ranges::find(branch.fields, *key, &Selected::key);
      if (next == nullptr && found != branch.fields.end()) next = &*found;
    }
    if (next == nullptr) break;
    field = next;
  }
  return *field;
}

// What is filled while the operation is carried out, and answered at its end.
class Pending {
 public:
  Pending(const graphql::Schema& schema, http::Exchange& exchange, Form form,
          std::shared_ptr<const KnownDocument> document, graphql::Operation operation)
      : schema_(schema),
        exchange_(&exchange),
        form_(form),
        document_(std::move(document)),
        operation_(std::move(operation)),
        lines_(operation_.source) {}

  const graphql::Operation& operation() const { return operation_; }
  bool is_over() const { return exchange_ == nullptr; }

  void finish_with(std::vector<FieldResult> results) {
    if (exchange_ == nullptr) return;
    results.resize(operation_.fields.size());
    Errors errors;
    bool is_null = false;
    std::string data = "{";
    for (std::size_t i = 0; i < results.size(); ++i) {
      const Selected& field = operation_.fields[i];
      FieldResult& result = results[i];
      if (graphql::is_introspection(field)) result = introspected(field);
      locate(result.errors, field);
      errors.insert(errors.end(), std::make_move_iterator(result.errors.begin()),
                    std::make_move_iterator(result.errors.end()));
      is_null |= result.json == "null" && field.field->type.is_non_null();
      if (i > 0) data += ',';
      json::append_string(data, field.key);
      data += ':';
      data += result.json;
    }
    data += '}';
    http::Exchange& exchange = *std::exchange(exchange_, nullptr);
    json::Writer out(exchange.response().body);
    out.begin_object();
    if (!errors.empty()) {
      out.key("errors");
      graphql::append_errors(out, errors);
    }
    out.key("data");
    out.raw(is_null ? "null" : data);
    out.end_object();
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
  // Who carries the operation out knows paths; where they lead in the document is known here.
  void locate(Errors& errors, const Selected& root) {
    for (Error& error : errors) {
      if (!error.locations.empty() || error.path.empty()) continue;
      error.locations.push_back(lines_.locate(field_at(root, error.path).at));
    }
  }

  FieldResult introspected(const Selected& field) {
    if (field.error) {
      return {"null",
              {{.message = field.error->message,
                .locations = {lines_.locate(field.error->at)},
                .path = {std::string(field.key)},
                .code = std::string(graphql::kBadInput)}}};
    }
    auto answer = graphql::introspect(schema_, operation_.root, field);
    if (answer) return {std::move(*answer)};
    return {"null", {std::move(answer.error())}};
  }

  const graphql::Schema& schema_;
  http::Exchange* exchange_;
  Form form_;
  std::shared_ptr<const KnownDocument> document_;
  graphql::Operation operation_;
  graphql::LineIndex lines_;
};

}  // namespace

const graphql::Schema& Shared::schema() const {
  std::call_once(built_, [&] {
    auto schema = graphql::build_schema(sdl_);
    SQLXC_CHECK(schema.has_value());
    schema_ = std::move(*schema);
  });
  return *schema_;
}

DocumentCache& Api::cache() {
  if (cache_ == nullptr) {
    const Options& options = shared_.options();
    cache_ = std::make_unique<DocumentCache>(shared_.schema(), options.parse_limits,
                                             options.introspects);
  }
  return *cache_;
}

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
  auto prepared = prepare(request, *parameters);
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

std::expected<std::string, Api::Failure> Api::registered_text(const Parameters& parameters) {
  const std::string* text = nullptr;
  if (shared_.trusted() != nullptr) text = shared_.trusted()->find(parameters.document_id);
  if (text == nullptr && parameters.is_apollo_hash && !shared_.options().trusts_only)
    text = cache().find_hash(parameters.document_id);
  if (text != nullptr) return *text;
  // Apollo's clients wait for these words, and then send the text along.
  if (parameters.is_apollo_hash) {
    return std::unexpected(
        Failure{422, one_error("PersistedQueryNotFound", "PERSISTED_QUERY_NOT_FOUND")});
  }
  return std::unexpected(
      Failure{404, one_error("There is no trusted document of this id.", "UNKNOWN_DOCUMENT")});
}

std::expected<std::string, Api::Failure> Api::text_of(const Parameters& parameters) {
  if (!parameters.query) {
    if (!parameters.document_id.empty()) return registered_text(parameters);
    return std::unexpected(Failure{
        400, one_error("`query` is missing: the text of a GraphQL document", "BAD_REQUEST")});
  }
  if (shared_.options().trusts_only &&
      (shared_.trusted() == nullptr || !shared_.trusted()->has_text(*parameters.query))) {
    return std::unexpected(
        Failure{403, one_error("Only trusted documents are carried out here.", "FORBIDDEN")});
  }
  if (parameters.is_apollo_hash && sha256_hex(*parameters.query) != parameters.document_id) {
    return std::unexpected(
        Failure{400, one_error("`extensions.persistedQuery.sha256Hash` is not the hash of `query`",
                               "BAD_REQUEST")});
  }
  return *parameters.query;
}

std::expected<Api::Prepared, Api::Failure> Api::prepare(const http::Request& request,
                                                        const Parameters& parameters) {
  const auto fail = [](int status, Errors errors) {
    return std::unexpected(Failure{status, std::move(errors)});
  };
  const auto text = text_of(parameters);
  if (!text) return std::unexpected(text.error());
  auto known = cache().find(*text);
  if (!known) return fail(422, std::move(known.error()));
  if (parameters.is_apollo_hash) cache().keep_hash(parameters.document_id, *known);
  const graphql::ast::Document& document = (*known)->document;
  const auto operation = graphql::find_operation(document, parameters.operation_name);
  if (!operation) return fail(422, {operation.error()});
  using Kind = graphql::ast::OperationKind;
  if ((*operation)->kind == Kind::mutation && request.method != http::Method::post)
    return fail(405, one_error("A mutation is asked for with POST.", "BAD_REQUEST"));
  if ((*operation)->kind == Kind::subscription) {
    return fail(422, one_error("A subscription needs a connection that stays: this answer ends.",
                               "BAD_REQUEST"));
  }
  const graphql::Schema& schema = shared_.schema();
  const auto variables =
      graphql::coerce_variables(schema, document, **operation, parameters.variables);
  if (!variables) return fail(422, variables.error());
  auto selected =
      graphql::select(schema, document, **operation, *variables, shared_.options().limits);
  if (!selected) return fail(422, std::move(selected.error()));
  return Prepared{std::move(*known), std::move(*selected)};
}

void Api::run(http::Exchange& exchange, Form form, Prepared prepared) {
  const auto pending =
      std::make_shared<Pending>(shared_.schema(), exchange, form, std::move(prepared.document),
                                std::move(prepared.operation));
  const bool asks_for_rows =
      !std::ranges::all_of(pending->operation().fields, graphql::is_introspection);
  if (!asks_for_rows) return pending->finish_with({});
  exchange.defer();
  Abandon abandon = execute_(pending->operation(), [pending](std::vector<FieldResult> results) {
    pending->finish_with(std::move(results));
  });
  if (pending->is_over()) return;
  exchange.on_abandoned([pending, &loop = exchange.loop(), call = std::move(abandon)]() mutable {
    loop.run_soon(
        [pending, call = std::move(call)]() mutable { pending->abandon(std::move(call)); });
  });
}

}  // namespace sqlxc::graphql_http
