#pragma once

#include <sqlxc/orm/types.h>

#include <cstdint>
#include <optional>
#include <string>

namespace blog {

/// People who write and comment.
struct User {
  std::int64_t id = 0;
  std::string email;
  std::string name;
  std::optional<std::int32_t> age;
  /// A few words about the person.
  std::optional<std::string> bio;
  sqlxc::orm::Timestamptz created_at;

  bool operator==(const User&) const = default;
};

}  // namespace blog
