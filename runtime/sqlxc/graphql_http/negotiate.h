#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include <sqlxc/http/request.h>

// In which form the answer goes back (GraphQL over HTTP, section 6.1).
namespace sqlxc::graphql_http {

enum class Form : std::uint8_t {
  json,      // application/json: an error of the document is a 200, as old clients expect
  response,  // application/graphql-response+json: statuses mean what they say
};

/// "application/json; charset=utf-8".
std::string_view content_type_of(Form form);

/// What the client accepts, by its weights; application/json where it does not say. Nothing where
/// it accepts neither.
std::optional<Form> negotiate(const http::Request& request);

/// Whether a browser asks for a page.
bool asks_for_page(const http::Request& request);

}  // namespace sqlxc::graphql_http
