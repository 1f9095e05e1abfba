#pragma once

#include <sqlxc/orm/types.h>

#include <cstdint>
#include <optional>
#include <string>

namespace blog {

/// How much each person has written.
struct AuthorActivity {
  std::int64_t id = 0;
  std::string name;
  std::int64_t posts = 0;
  std::optional<sqlxc::orm::Timestamptz> last_published_at;

  bool operator==(const AuthorActivity&) const = default;
};

}  // namespace blog
