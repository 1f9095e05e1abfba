#pragma once

#include <string>
#include <vector>

#include <sqlxc/graphql/field_result.h>
#include <sqlxc/graphql/schema.h>
#include <sqlxc/graphql/select.h>

// The response of an operation (October 2021, section 7): the results of its root fields put
// together, what it asks of the schema itself answered, errors located in its document.
namespace sqlxc::graphql_http {

/// Appends `{"errors": [...], "data": {...}}`. `results` are those of the operation's fields in
/// their order; those of introspection may be empty.
void append_answer(std::string& out, const graphql::Schema& schema,
                   const graphql::Operation& operation, std::vector<graphql::FieldResult> results);

}  // namespace sqlxc::graphql_http
