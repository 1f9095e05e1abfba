#pragma once

#include <cstddef>
#include <expected>
#include <string>

#include <sqlxc/graphql/error.h>
#include <sqlxc/graphql/schema.h>
#include <sqlxc/graphql/select.h>

// The type system asked about itself (October 2021, section 4): answered from the schema alone.
namespace sqlxc::graphql {

/// Whether a root field is answered here: `__schema`, `__type`, `__typename`.
bool is_introspection(const Selected& field);

/// The value of such a field of the type `parent` as JSON; an error where it would be larger than
/// `max_bytes`.
std::expected<std::string, Error> introspect(const Schema& schema, TypeId parent,
                                             const Selected& field,
                                             std::size_t max_bytes = 64 * 1024 * 1024);

}  // namespace sqlxc::graphql
