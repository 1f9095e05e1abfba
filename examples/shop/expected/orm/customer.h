#pragma once

#include <sqlxc/orm/types.h>

#include <cstdint>
#include <optional>
#include <string>

namespace shop {

/// A row of `customers`.
struct Customer {
  std::int64_t id = 0;
  /// What the customer signs in with
  std::string email;
  std::string first_name;
  std::string last_name;
  std::optional<std::string> phone;
  std::optional<std::string> company;
  bool newsletter = false;
  sqlxc::orm::Timestamptz created_at;
  sqlxc::orm::Timestamptz updated_at;

  bool operator==(const Customer&) const = default;
};

}  // namespace shop
