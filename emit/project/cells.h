#pragma once

#include <string>
#include <string_view>

// Text of a user within a Markdown table.
namespace sqlxc::emit {

/// Its first line, as text.
std::string cell(std::string_view text);
/// On one line, between backticks.
std::string code_cell(std::string_view text);

}  // namespace sqlxc::emit
