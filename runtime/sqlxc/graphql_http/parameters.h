#pragma once

#include <compare>
#include <expected>
#include <optional>
#include <string>
#include <string_view>

#include <sqlxc/http/request.h>

// What a GraphQL request asks for, as it stands in a query string or a JSON body (the GraphQL over
// HTTP specification, section 5).
namespace sqlxc::graphql_http {

struct Parameters {
  std::optional<std::string> query;
  std::string operation_name;  // empty: none is named
  std::string variables;       // an object as JSON text; empty: none
  std::string document_id;     // of a trusted document: `documentId`, or the hash that Apollo sends
  bool is_apollo_hash = false;  // it stood in extensions.persistedQuery.sha256Hash

  auto operator<=>(const Parameters&) const = default;
};

/// A request that is none: its status, and a line for a person.
struct Refusal {
  int status = 400;
  std::string message;
};

/// Reads them. GET has them in its query, POST in a body of application/json.
std::expected<Parameters, Refusal> read_parameters(const http::Request& request);
/// Reads them from a JSON object.
std::expected<Parameters, Refusal> read_parameters(std::string_view json);

}  // namespace sqlxc::graphql_http
