#pragma once

#include <sqlxc/orm/table.h>

#include <cstdint>
#include <optional>
#include <string>

namespace shop {

namespace orm = sqlxc::orm;

/// A row of `reviews`.
struct Review {
  std::int64_t id = 0;
  std::int64_t product_id = 0;
  std::int64_t customer_id = 0;
  std::int16_t stars = 0;
  std::optional<std::string> title;
  std::optional<std::string> body;
  orm::Timestamp created_at;

  bool operator==(const Review&) const = default;
};

namespace input {

/// What a write says of a row of `reviews`.
struct Review {
  orm::Set<std::int64_t> id{};
  orm::Set<std::int64_t> product_id{};
  orm::Set<std::int64_t> customer_id{};
  orm::Set<std::int16_t> stars{};
  orm::Set<std::string> title{};
  orm::Set<std::string> body{};
  orm::Set<orm::Timestamp> created_at{};
};

}  // namespace input

namespace table {

struct Customer;
struct Product;

/// The columns and relations of `reviews`.
struct Review {
  using Row = shop::Review;
  using Input = input::Review;
  using Key = std::int64_t;

  static constexpr sqlxc::query::EntityIndex kEntity = 10;

  static constexpr orm::Column<Review, std::int64_t> id{0};
  static constexpr orm::Column<Review, std::int64_t> product_id{1};
  static constexpr orm::Column<Review, std::int64_t> customer_id{2};
  static constexpr orm::Column<Review, std::int16_t> stars{3};
  static constexpr orm::Column<Review, std::string> title{4};
  static constexpr orm::Column<Review, std::string> body{5};
  static constexpr orm::Column<Review, orm::Timestamp> created_at{6};
  static constexpr orm::ToOne<Review, Product, 0> product{};
  static constexpr orm::ToOne<Review, Customer, 1> customer{};

  static void each_column(auto& row, auto&& take) {
    take(row.id);
    take(row.product_id);
    take(row.customer_id);
    take(row.stars);
    take(row.title);
    take(row.body);
    take(row.created_at);
  }

  static void each_input(const Input& input, auto&& take) {
    take(Review::id, input.id);
    take(Review::product_id, input.product_id);
    take(Review::customer_id, input.customer_id);
    take(Review::stars, input.stars);
    take(Review::title, input.title);
    take(Review::body, input.body);
    take(Review::created_at, input.created_at);
  }
};

}  // namespace table

inline constexpr table::Review reviews;

table::Review table_of(const Review&);

}  // namespace shop
