#pragma once

#include <string>
#include <string_view>

// Leaves out the members of objects that are null, as PostgreSQL's json_strip_nulls does.
namespace sqlxc::json {

/// Appends `text`, one value of valid JSON, without the members that are null, however deep. Nulls
/// in arrays stay.
void append_without_nulls(std::string& out, std::string_view text);

}  // namespace sqlxc::json
