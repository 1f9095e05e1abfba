#pragma once

#include <cstdint>
#include <string>

namespace blog {

/// Words that posts are found by.
struct Tag {
  std::int32_t id = 0;
  std::string name;

  bool operator==(const Tag&) const = default;
};

}  // namespace blog
