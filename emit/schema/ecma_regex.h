#pragma once

#include <optional>
#include <string>
#include <string_view>

// Patterns of SQL as ECMAScript reads them with its `u` flag (JSON Schema, TypeScript): with the
// same matches or not at all.
namespace sqlxc::emit {

/// How a pattern ends that lets texts beyond ASCII through.
inline constexpr std::string_view kOrBeyondAscii = "|[^\\u0000-\\u007f]";

/// What `text ~ pattern` matches: unanchored, `.` any character, `^` and `$` the ends of the text.
/// Texts beyond ASCII match where a locale would decide (`\w`, `[[:alpha:]]`, no regard to case),
/// since those are left to the database. Nothing where the pattern has no such form.
std::optional<std::string> ecma_regex(std::string_view pattern, bool ignores_case);

/// The same of `text like pattern`; an `escape` of '\0' is none.
std::optional<std::string> ecma_like(std::string_view pattern, char escape, bool ignores_case);

}  // namespace sqlxc::emit
