#pragma once

#include <sqlxc/orm/table.h>

#include <cstdint>
#include <optional>
#include <string>

namespace shop {

namespace orm = sqlxc::orm;

/// A row of `categories`.
struct Category {
  std::int64_t id = 0;
  std::optional<std::int64_t> parent_id;
  std::string name;
  std::int16_t position = 0;

  bool operator==(const Category&) const = default;
};

namespace input {

struct Product;
struct ProductCategory;

/// What a write says of a row of `categories`.
struct Category {
  orm::Set<std::int64_t> id{};
  orm::Set<std::int64_t> parent_id{};
  orm::Set<std::string> name{};
  orm::Set<std::int16_t> position{};
  orm::Along<Category> children{};
  orm::Along<ProductCategory> product_categories{};
  orm::Along<Product> products{};
};

}  // namespace input

namespace table {

struct Product;
struct ProductCategory;

/// The columns and relations of `categories`.
struct Category {
  using Row = shop::Category;
  using Input = input::Category;
  using Key = std::int64_t;

  static constexpr sqlxc::query::EntityIndex kEntity = 4;

  static constexpr orm::Column<Category, std::int64_t> id{0};
  static constexpr orm::Column<Category, std::int64_t> parent_id{1};
  static constexpr orm::Column<Category, std::string> name{2};
  static constexpr orm::Column<Category, std::int16_t> position{3};
  static constexpr orm::ToOne<Category, Category, 0> parent{};
  static constexpr orm::ToMany<Category, Category, 1> children{};
  static constexpr orm::ToMany<Category, ProductCategory, 2> product_categories{};
  static constexpr orm::ToMany<Category, Product, 3> products{};

  static void each_column(auto& row, auto&& take) {
    take(row.id);
    take(row.parent_id);
    take(row.name);
    take(row.position);
  }

  static void each_input(const Input& input, auto&& take) {
    take(Category::id, input.id);
    take(Category::parent_id, input.parent_id);
    take(Category::name, input.name);
    take(Category::position, input.position);
    take(Category::children, input.children);
    take(Category::product_categories, input.product_categories);
    take(Category::products, input.products);
  }
};

}  // namespace table

inline constexpr table::Category categories;

table::Category table_of(const Category&);

}  // namespace shop
