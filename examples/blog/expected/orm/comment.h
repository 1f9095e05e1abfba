#pragma once

#include <sqlxc/orm/types.h>

#include <cstdint>
#include <string>

namespace blog {

/// What readers say about a post.
struct Comment {
  std::int64_t id = 0;
  std::int64_t post_id = 0;
  std::int64_t author_id = 0;
  std::string body;
  sqlxc::orm::Timestamptz created_at;

  bool operator==(const Comment&) const = default;
};

}  // namespace blog
