#pragma once

#include <string>

#include "emit/openapi/schema.h"

// The query parameters that filter by a column: `?age=gte.18`.
namespace sqlxc::emit {

/// Whether a query parameter of the field's name filters by it: not where the name has a meaning of
/// its own, as `select`, and not by what no answer shows.
bool has_filter(const ir::Field& field);

/// The parameter's name among the document's components.
std::string filter_name(const ir::Entity& entity, const ir::Field& field);

/// The parameter, with the operators that its type has in words.
Json filter(const ir::Field& field);

}  // namespace sqlxc::emit
