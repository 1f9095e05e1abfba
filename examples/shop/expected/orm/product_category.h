#pragma once

#include <sqlxc/orm/table.h>

#include <cstdint>
#include <tuple>

namespace shop {

namespace orm = sqlxc::orm;

/// A row of `product_categories`.
struct ProductCategory {
  std::int64_t product_id = 0;
  std::int64_t category_id = 0;

  bool operator==(const ProductCategory&) const = default;
};

namespace input {

/// What a write says of a row of `product_categories`.
struct ProductCategory {
  orm::Set<std::int64_t> product_id{};
  orm::Set<std::int64_t> category_id{};
};

}  // namespace input

namespace table {

struct Category;
struct Product;

/// The columns and relations of `product_categories`.
struct ProductCategory {
  using Row = shop::ProductCategory;
  using Input = input::ProductCategory;
  using Key = std::tuple<std::int64_t, std::int64_t>;

  static constexpr sqlxc::query::EntityIndex kEntity = 6;

  static constexpr orm::Column<ProductCategory, std::int64_t> product_id{0};
  static constexpr orm::Column<ProductCategory, std::int64_t> category_id{1};
  static constexpr orm::ToOne<ProductCategory, Product, 0> product{};
  static constexpr orm::ToOne<ProductCategory, Category, 1> category{};

  static void each_column(auto& row, auto&& take) {
    take(row.product_id);
    take(row.category_id);
  }

  static void each_input(const Input& input, auto&& take) {
    take(ProductCategory::product_id, input.product_id);
    take(ProductCategory::category_id, input.category_id);
  }
};

}  // namespace table

inline constexpr table::ProductCategory product_categories;

table::ProductCategory table_of(const ProductCategory&);

}  // namespace shop
