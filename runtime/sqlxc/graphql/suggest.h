#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

// "Did you mean": the names that are near to one that does not exist.
namespace sqlxc::graphql {

/// ` Did you mean "a", "b", or "c"?`, with a space before it; empty where nothing is near.
/// `subject` stands before the names: `to use an inline fragment on`.
std::string did_you_mean(std::span<const std::string_view> names, std::string_view subject = {});

/// Those of `options` that are few edits away from `name`, the nearest first.
std::vector<std::string_view> suggestions(std::string_view name,
                                          std::span<const std::string_view> options);

/// Of names in the order of people: a2 before a10.
bool natural_less(std::string_view a, std::string_view b);

}  // namespace sqlxc::graphql
