#pragma once

#include <string>
#include <string_view>

// Errors of the transports, as GraphQL has them.
namespace sqlxc::live {

/// A JSON array of one GraphQL error.
std::string errors_of(std::string_view message, std::string_view code);

}  // namespace sqlxc::live
