#pragma once

#include <sqlxc/query/model.h>

#include <string_view>

namespace shop {

/// All that the service knows of its schema.
const sqlxc::query::Model& model();

/// The entity whose rows are at `/api/{name}`, by its place in the model, or -1.
int find_entity(std::string_view name);

// Files of this folder that are compiled in as they are (documents.cpp).
std::string_view openapi_json();
std::string_view docs_page();
std::string_view sqlite_schema();
std::string_view postgres_schema();

std::string_view graphql_schema();

/// What everything is called in GraphQL.
const sqlxc::query::GraphqlNames& graphql_names();

}  // namespace shop
