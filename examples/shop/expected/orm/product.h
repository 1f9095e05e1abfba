#pragma once

#include <sqlxc/orm/table.h>

#include <cstdint>
#include <optional>
#include <string>

namespace shop {

namespace orm = sqlxc::orm;

/// A row of `products`.
struct Product {
  std::int64_t id = 0;
  std::string sku;
  std::string name;
  std::optional<std::string> description;
  orm::Decimal price;
  std::optional<orm::Decimal> list_price;
  std::int32_t stock = 0;
  std::optional<double> weight;
  std::optional<orm::Json> attributes;
  bool is_active = false;
  orm::Timestamp created_at;

  bool operator==(const Product&) const = default;
};

namespace input {

struct Category;
struct OrderItem;
struct ProductCategory;
struct Review;

/// What a write says of a row of `products`.
struct Product {
  orm::Set<std::int64_t> id{};
  orm::Set<std::string> sku{};
  orm::Set<std::string> name{};
  orm::Set<std::string> description{};
  orm::Set<orm::Decimal> price{};
  orm::Set<orm::Decimal> list_price{};
  orm::Set<std::int32_t> stock{};
  orm::Set<double> weight{};
  orm::Set<orm::Json> attributes{};
  orm::Set<bool> is_active{};
  orm::Set<orm::Timestamp> created_at{};
  orm::Along<ProductCategory> product_categories{};
  orm::Along<OrderItem> order_items{};
  orm::Along<Review> reviews{};
  orm::Along<Category> categories{};
};

}  // namespace input

namespace table {

struct Category;
struct OrderItem;
struct ProductCategory;
struct Review;

/// The columns and relations of `products`.
struct Product {
  using Row = shop::Product;
  using Input = input::Product;
  using Key = std::int64_t;

  static constexpr sqlxc::query::EntityIndex kEntity = 5;

  static constexpr orm::Column<Product, std::int64_t> id{0};
  static constexpr orm::Column<Product, std::string> sku{1};
  static constexpr orm::Column<Product, std::string> name{2};
  static constexpr orm::Column<Product, std::string> description{3};
  static constexpr orm::Column<Product, orm::Decimal> price{4};
  static constexpr orm::Column<Product, orm::Decimal> list_price{5};
  static constexpr orm::Column<Product, std::int32_t> stock{6};
  static constexpr orm::Column<Product, double> weight{7};
  static constexpr orm::Column<Product, orm::Json> attributes{8};
  static constexpr orm::Column<Product, bool> is_active{9};
  static constexpr orm::Column<Product, orm::Timestamp> created_at{10};
  static constexpr orm::ToMany<Product, ProductCategory, 0> product_categories{};
  static constexpr orm::ToMany<Product, OrderItem, 1> order_items{};
  static constexpr orm::ToMany<Product, Review, 2> reviews{};
  static constexpr orm::ToMany<Product, Category, 3> categories{};

  static void each_column(auto& row, auto&& take) {
    take(row.id);
    take(row.sku);
    take(row.name);
    take(row.description);
    take(row.price);
    take(row.list_price);
    take(row.stock);
    take(row.weight);
    take(row.attributes);
    take(row.is_active);
    take(row.created_at);
  }

  static void each_input(const Input& input, auto&& take) {
    take(Product::id, input.id);
    take(Product::sku, input.sku);
    take(Product::name, input.name);
    take(Product::description, input.description);
    take(Product::price, input.price);
    take(Product::list_price, input.list_price);
    take(Product::stock, input.stock);
    take(Product::weight, input.weight);
    take(Product::attributes, input.attributes);
    take(Product::is_active, input.is_active);
    take(Product::created_at, input.created_at);
    take(Product::product_categories, input.product_categories);
    take(Product::order_items, input.order_items);
    take(Product::reviews, input.reviews);
    take(Product::categories, input.categories);
  }
};

}  // namespace table

inline constexpr table::Product products;

table::Product table_of(const Product&);

}  // namespace shop
