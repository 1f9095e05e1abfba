#pragma once

#include <sqlxc/orm/types.h>

#include <cstdint>
#include <optional>
#include <string>

namespace shop {

/// A row of `reviews`.
struct Review {
  std::int64_t id = 0;
  std::int64_t product_id = 0;
  std::int64_t customer_id = 0;
  std::int16_t stars = 0;
  std::optional<std::string> title;
  std::optional<std::string> body;
  sqlxc::orm::Timestamp created_at;

  bool operator==(const Review&) const = default;
};

}  // namespace shop
