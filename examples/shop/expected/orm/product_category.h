#pragma once

#include <cstdint>

namespace shop {

/// A row of `product_categories`.
struct ProductCategory {
  std::int64_t product_id = 0;
  std::int64_t category_id = 0;

  bool operator==(const ProductCategory&) const = default;
};

}  // namespace shop
