#pragma once

#include <sqlxc/orm/types.h>

#include <cstdint>
#include <optional>
#include <string>

namespace shop {

/// A row of `products`.
struct Product {
  std::int64_t id = 0;
  std::string sku;
  std::string name;
  std::optional<std::string> description;
  sqlxc::orm::Decimal price;
  std::optional<sqlxc::orm::Decimal> list_price;
  std::int32_t stock = 0;
  std::optional<double> weight;
  std::optional<sqlxc::orm::Json> attributes;
  bool is_active = false;
  sqlxc::orm::Timestamp created_at;

  bool operator==(const Product&) const = default;
};

}  // namespace shop
