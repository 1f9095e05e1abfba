#include <sqlxc/service/graphql_route.h>

#include <string>
#include <utility>
#include <vector>

#include <sqlxc/core/check.h>
#include <sqlxc/graphql/coerce.h>
#include <sqlxc/graphql/introspect.h>
#include <sqlxc/graphql/parser.h>
#include <sqlxc/graphql/select.h>
#include <sqlxc/graphql/validate.h>
#include <sqlxc/json/reader.h>
#include <sqlxc/json/writer.h>

namespace sqlxc::service {
namespace {

using graphql::Errors;

struct Parameters {
  std::string query;
  std::string variables;  // JSON
  std::optional<std::string> operation;
};

std::optional<Parameters> read_parameters(std::string_view body) {
  json::Reader reader(body);
  if (reader.next() != json::Token::begin_object) return std::nullopt;
  Parameters parameters;
  bool has_query = false;
  while (reader.next() == json::Token::key) {
    const std::string name(reader.text());
    const json::Token token = reader.next();
    if (name == "query" && token == json::Token::string) {
      parameters.query = reader.text();
      has_query = true;
    } else if (name == "operationName" && token == json::Token::string) {
      parameters.operation = reader.text();
    } else if (name == "variables" && token == json::Token::begin_object) {
      parameters.variables = reader.raw();
    } else {
      reader.raw();
    }
    if (reader.token() == json::Token::error) return std::nullopt;
  }
  if (!has_query || reader.token() != json::Token::end_object) return std::nullopt;
  return parameters;
}

void refuse(http::Exchange& exchange, const Errors& errors) {
  exchange.response().status = 400;
  std::string& out = exchange.response().body;
  out += "{\"errors\":";
  json::Writer writer(out);
  graphql::append_errors(writer, errors);
  out += '}';
  exchange.finish();
}

// The response's keys in their order, with what each field gave.
void answer(http::Exchange& exchange, const std::vector<std::string>& keys,
            const std::vector<graph::FieldResult>& results) {
  std::string& out = exchange.response().body;
  out += "{\"data\":{";
  Errors errors;
  for (std::size_t i = 0; i < keys.size(); ++i) {
    if (i > 0) out += ',';
    json::append_string(out, keys[i]);
    out += ':';
    out += results[i].json;
    errors.insert(errors.end(), results[i].errors.begin(), results[i].errors.end());
  }
  out += '}';
  if (!errors.empty()) {
    out += ",\"errors\":";
    json::Writer writer(out);
    graphql::append_errors(writer, errors);
  }
  out += '}';
  exchange.finish();
}

}  // namespace

const graphql::Schema& GraphqlSchema::get() const {
  std::call_once(built_, [this] {
    auto built = graphql::build_schema(model_.graphql->sdl);
    SQLXC_CHECK(built);  // the compiler printed it
    schema_ = std::move(*built);
  });
  return *schema_;
}

graph::Executor& GraphqlRoute::executor() {
  if (!executor_) {
    executor_ = std::make_unique<graph::Executor>(model_, schema_.get(), backend_);
  }
  return *executor_;
}

void GraphqlRoute::handle(http::Exchange& exchange) {
  const auto parameters = read_parameters(exchange.request().body);
  if (!parameters) {
    return refuse(exchange,
                  {{.message = "the body is no GraphQL request: `{\"query\": \"...\"}`"}});
  }
  const graphql::Schema& schema = schema_.get();
  const auto document = graphql::parse(parameters->query);
  if (!document) return refuse(exchange, {document.error()});
  if (const Errors errors = graphql::validate(schema, *document); !errors.empty()) {
    return refuse(exchange, errors);
  }
  const auto found = graphql::find_operation(*document, parameters->operation);
  if (!found) return refuse(exchange, {found.error()});
  const auto variables =
      graphql::coerce_variables(schema, *document, **found, parameters->variables);
  if (!variables) return refuse(exchange, variables.error());
  const auto operation = graphql::select(schema, *document, **found, *variables);
  if (!operation) return refuse(exchange, operation.error());
  std::vector<std::string> keys;
  std::vector<graph::FieldResult> own(operation->fields.size());
  for (std::size_t i = 0; i < operation->fields.size(); ++i) {
    const graphql::Selected& field = operation->fields[i];
    keys.emplace_back(field.key);
    if (!graphql::is_introspection(field)) continue;
    auto json = graphql::introspect(schema, operation->root, field);
    if (json) {
      own[i].json = std::move(*json);
    } else {
      own[i] = {.json = "null", .errors = {json.error()}};
    }
  }
  exchange.defer();
  const auto run =
      executor().run(*operation, [at = &exchange, keys = std::move(keys), own = std::move(own)](
                                     std::vector<graph::FieldResult> results) mutable {
        for (std::size_t i = 0; i < own.size(); ++i) {
          if (!own[i].json.empty()) results[i] = std::move(own[i]);
        }
        answer(*at, keys, results);
      });
}

}  // namespace sqlxc::service
