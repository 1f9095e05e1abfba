#include <sqlxc/graphql_http/parameters.h>

#include <utility>

#include <sqlxc/core/text.h>
#include <sqlxc/json/reader.h>

namespace sqlxc::graphql_http {
namespace {

using json::Token;

std::unexpected<Refusal> refuse(std::string message, int status = 400) {
  return std::unexpected(Refusal{status, std::move(message)});
}

std::string quoted(std::string_view name) { return "`" + std::string(name) + "`"; }

// Of `extensions`, what names a document by its hash; everything else is for other servers.
std::expected<void, Refusal> read_extensions(std::string_view text, Parameters& parameters) {
  json::Reader reader(text);
  if (reader.next() != Token::begin_object) return refuse("`extensions` must be an object");
  while (reader.next() == Token::key) {
    const bool is_persisted = reader.text() == "persistedQuery";
    if (reader.next() != Token::begin_object || !is_persisted) {
      reader.raw();
      continue;
    }
    while (reader.next() == Token::key) {
      const std::string name(reader.text());
      const Token token = reader.next();
      if (name == "sha256Hash" && token == Token::string) {
        parameters.document_id = reader.text();
        parameters.is_apollo_hash = true;
      } else if (name == "version" && (token != Token::number || reader.text() != "1")) {
        return refuse("`extensions.persistedQuery.version` must be 1");
      } else {
        reader.raw();
      }
    }
  }
  return {};
}

// One parameter, whose value is the reader's current token.
std::expected<void, Refusal> take(const std::string& name, json::Reader& reader,
                                  Parameters& parameters) {
  const Token token = reader.token();
  const bool is_known = name == "query" || name == "operationName" || name == "variables" ||
                        name == "extensions" || name == "documentId";
  if (!is_known || token == Token::null_value) {
    reader.raw();
    return {};
  }
  if (name == "variables" || name == "extensions") {
    if (token != Token::begin_object) return refuse(quoted(name) + " must be an object or null");
    const std::string_view text = reader.raw();
    if (reader.token() == Token::error) return {};  // said by the caller, with its place
    if (name == "extensions") return read_extensions(text, parameters);
    parameters.variables = text;
    return {};
  }
  if (token != Token::string) return refuse(quoted(name) + " must be a string");
  if (name == "query") parameters.query = reader.text();
  if (name == "operationName") parameters.operation_name = reader.text();
  if (name == "documentId") parameters.document_id = reader.text();
  return {};
}

// In a query string, `variables` and `extensions` are JSON text.
std::expected<Parameters, Refusal> read_query(std::string_view query) {
  Parameters parameters;
  while (!query.empty()) {
    std::string_view pair = split_off(query, '&');
    const auto name = percent_decode(split_off(pair, '='), true);
    const auto value = percent_decode(pair, true);
    if (!name || !value) return refuse("the query has a `%` without its two digits");
    if (!is_utf8(*value)) return refuse(quoted(*name) + " is not UTF-8");
    if (*name == "query") parameters.query = *value;
    if (*name == "operationName") parameters.operation_name = *value;
    if (*name == "documentId") parameters.document_id = *value;
    const bool is_json = *name == "variables" || *name == "extensions";
    if (!is_json || value->empty()) continue;
    json::Reader reader(*value);
    reader.next();
    auto taken = take(*name, reader, parameters);
    if (taken && (reader.token() == Token::error || reader.next() != Token::end))
      taken = refuse(quoted(*name) + " is not valid JSON");
    if (!taken) return std::unexpected(std::move(taken.error()));
  }
  return parameters;
}

// Whether the type's charset parameter, if it has one, is UTF-8.
bool is_in_utf8(std::string_view content_type) {
  split_off(content_type, ';');
  while (!content_type.empty()) {
    std::string_view parameter = trim(split_off(content_type, ';'));
    if (!equals_ignoring_case(trim(split_off(parameter, '=')), "charset")) continue;
    std::string_view value = trim(parameter);
    if (value.size() > 1 && value.front() == '"') value = value.substr(1, value.size() - 2);
    return equals_ignoring_case(value, "utf-8") || equals_ignoring_case(value, "utf8");
  }
  return true;
}

}  // namespace

std::expected<Parameters, Refusal> read_parameters(std::string_view json) {
  json::Reader reader(json);
  const Token first = reader.next();
  const auto fail = [&] {
    return refuse("the body is not valid JSON: " + std::string(reader.error().message) +
                  " at byte " + std::to_string(reader.error().offset));
  };
  if (first == Token::begin_array) {
    return refuse(
        "batches are not spoken here: send one operation a request, with as many root "
        "fields as you like");
  }
  if (first == Token::error || first == Token::end) return fail();
  if (first != Token::begin_object) return refuse("the body must be a JSON object");
  Parameters parameters;
  while (reader.next() == Token::key) {
    const std::string name(reader.text());
    reader.next();
    if (auto taken = take(name, reader, parameters); !taken)
      return std::unexpected(std::move(taken.error()));
    if (reader.token() == Token::error) return fail();
  }
  if (reader.token() != Token::end_object || reader.next() != Token::end) return fail();
  return parameters;
}

std::expected<Parameters, Refusal> read_parameters(const http::Request& request) {
  if (request.method == http::Method::get || request.method == http::Method::head)
    return read_query(request.query);
  const std::string_view type = request.content_type();
  if (equals_ignoring_case(type, "multipart/form-data")) {
    return refuse(
        "multipart requests are not spoken here: files have no place in this service, "
        "everything else goes as application/json",
        415);
  }
  if (!equals_ignoring_case(type, "application/json"))
    return refuse("the body must be application/json", 415);
  if (!is_in_utf8(*request.header("Content-Type"))) return refuse("the body must be in UTF-8", 415);
  return read_parameters(request.body);
}

}  // namespace sqlxc::graphql_http
