#pragma once

#include <sqlxc/orm/types.h>

#include <cstdint>
#include <optional>

#include "orm/enumerations.h"

namespace shop {

/// A row of `orders`.
struct Order {
  std::int64_t id = 0;
  std::int64_t customer_id = 0;
  std::int64_t billing_address_id = 0;
  std::int64_t shipping_address_id = 0;
  std::optional<std::int64_t> staff_id;
  OrderStatus status{};
  sqlxc::orm::Timestamp ordered_at;
  std::optional<sqlxc::orm::Timestamp> shipped_at;
  sqlxc::orm::Decimal total;

  bool operator==(const Order&) const = default;
};

}  // namespace shop
