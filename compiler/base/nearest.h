#pragma once

#include <cstddef>
#include <ranges>
#include <string>
#include <string_view>

// `did you mean`: the candidate nearest to a name that is unknown.
namespace sqlxc {

/// How many letters are inserted, removed, replaced or swapped with a neighbour between the two,
/// case aside; anything above `limit` is reported as `limit + 1`.
std::size_t edit_distance(std::string_view a, std::string_view b, std::size_t limit);

/// How far a candidate may be from `name` and still be meant: a third of its letters, at least one.
constexpr std::size_t nearness_limit(std::string_view name) {
  return name.size() < 6 ? 1 : name.size() / 3;
}

/// The nearest of `candidates`, the first of several; empty where none is near.
template <std::ranges::input_range Names>
std::string_view nearest(std::string_view name, const Names& candidates) {
  std::size_t best = nearness_limit(name) + 1;
  std::string_view found;
  for (const std::string_view candidate : candidates) {
    const std::size_t distance = edit_distance(name, candidate, best);
    if (distance < best && !candidate.empty()) {
      best = distance;
      found = candidate;
    }
  }
  return found;
}

/// "did you mean `users`?" for a found name, else empty: a hint for Diagnostic::help.
std::string did_you_mean(std::string_view found);

}  // namespace sqlxc
