#pragma once

#include <string>
#include <string_view>

// The doors through which a user's text enters TypeScript: as a string literal, as a property, as a
// comment.
namespace sqlxc::emit {

/// A string literal with its quotes.
std::string ts_string(std::string_view text);

/// A property's name in an object or a type: quoted where it is no identifier.
std::string ts_property(std::string_view name);

/// `row.name` or `row["a name"]`.
std::string ts_member(std::string_view object, std::string_view name);

/// A comment of one line: `/** text */`.
std::string ts_comment(std::string_view text);

/// A literal of a regular expression with the flag `u`.
std::string ts_regex(std::string_view pattern);

}  // namespace sqlxc::emit
