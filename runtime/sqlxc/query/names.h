#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace sqlxc::query {

/// Identifiers as a catalog has them: `"audit"."log"` of the model are audit and log.
std::vector<std::string> bare_names(std::string_view sql);

}  // namespace sqlxc::query
