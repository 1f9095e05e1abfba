#pragma once

#include <cstdint>

namespace blog {

/// Which post carries which tag.
struct PostTag {
  std::int64_t post_id = 0;
  std::int32_t tag_id = 0;

  bool operator==(const PostTag&) const = default;
};

}  // namespace blog
