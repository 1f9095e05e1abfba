#pragma once

#include <sqlxc/orm/types.h>

#include <cstdint>
#include <optional>
#include <string>

#include "orm/enumerations.h"

namespace blog {

/// What people write. A published post has a date of publication.
struct Post {
  std::int64_t id = 0;
  std::int64_t author_id = 0;
  std::string title;
  std::string content;
  PostStatus status{};
  /// What readers gave it on average, from 0 to 10.
  std::optional<sqlxc::orm::Decimal> rating;
  std::optional<sqlxc::orm::Timestamptz> published_at;
  sqlxc::orm::Timestamptz created_at;

  bool operator==(const Post&) const = default;
};

}  // namespace blog
