#pragma once

#include <sqlxc/orm/types.h>

#include <cstdint>
#include <optional>

namespace shop {

/// A row of `order_items`.
struct OrderItem {
  std::int64_t order_id = 0;
  std::int32_t line = 0;
  std::int64_t product_id = 0;
  std::int32_t quantity = 0;
  sqlxc::orm::Decimal unit_price;
  std::optional<sqlxc::orm::Decimal> amount;

  bool operator==(const OrderItem&) const = default;
};

}  // namespace shop
