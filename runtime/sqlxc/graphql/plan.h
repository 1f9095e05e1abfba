#pragma once

#include <cstddef>
#include <memory>
#include <vector>

// What is kept of an operation that was carried out, so that the next one like it need not be
// compiled: whoever carries operations out makes it, whoever knows documents keeps it.
namespace sqlxc::graphql {

/// Immutable; may be let go of on any thread.
struct Plan {
  std::shared_ptr<const void> compiled;  // of who made it
  // By the number of a leaf (Input::leaf): the plan has a place for it, whatever its value. All
  // other values are those that it was made with.
  std::vector<bool> has_place;
  std::size_t bytes = 0;  // about what it takes
};

}  // namespace sqlxc::graphql
