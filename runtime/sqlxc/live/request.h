#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <sqlxc/live/engine.h>

// An operation out of what a client sent, and errors for it.
namespace sqlxc::live {

/// Reads `{"query": ..., "operationName": ..., "variables": ...}`, of which all but the query may
/// be absent or null; further members are passed over. Nothing if it is not that.
std::optional<Operation> read_operation(std::string_view json);

/// A JSON array of one GraphQL error.
std::string errors_of(std::string_view message, std::string_view code);

}  // namespace sqlxc::live
