#pragma once

#include <sqlxc/orm/table.h>

#include <cstdint>
#include <optional>
#include <tuple>

namespace shop {

namespace orm = sqlxc::orm;

/// A row of `order_items`.
struct OrderItem {
  std::int64_t order_id = 0;
  std::int32_t line = 0;
  std::int64_t product_id = 0;
  std::int32_t quantity = 0;
  orm::Decimal unit_price;
  std::optional<orm::Decimal> amount;

  bool operator==(const OrderItem&) const = default;
};

namespace input {

/// What a write says of a row of `order_items`.
struct OrderItem {
  orm::Set<std::int64_t> order_id{};
  orm::Set<std::int32_t> line{};
  orm::Set<std::int64_t> product_id{};
  orm::Set<std::int32_t> quantity{};
  orm::Set<orm::Decimal> unit_price{};
};

}  // namespace input

namespace table {

struct Order;
struct Product;

/// The columns and relations of `order_items`.
struct OrderItem {
  using Row = shop::OrderItem;
  using Input = input::OrderItem;
  using Key = std::tuple<std::int64_t, std::int32_t>;

  static constexpr sqlxc::query::EntityIndex kEntity = 8;

  static constexpr orm::Column<OrderItem, std::int64_t> order_id{0};
  static constexpr orm::Column<OrderItem, std::int32_t> line{1};
  static constexpr orm::Column<OrderItem, std::int64_t> product_id{2};
  static constexpr orm::Column<OrderItem, std::int32_t> quantity{3};
  static constexpr orm::Column<OrderItem, orm::Decimal> unit_price{4};
  static constexpr orm::Column<OrderItem, orm::Decimal> amount{5};
  static constexpr orm::ToOne<OrderItem, Order, 0> order{};
  static constexpr orm::ToOne<OrderItem, Product, 1> product{};

  static void each_column(auto& row, auto&& take) {
    take(row.order_id);
    take(row.line);
    take(row.product_id);
    take(row.quantity);
    take(row.unit_price);
    take(row.amount);
  }

  static void each_input(const Input& input, auto&& take) {
    take(OrderItem::order_id, input.order_id);
    take(OrderItem::line, input.line);
    take(OrderItem::product_id, input.product_id);
    take(OrderItem::quantity, input.quantity);
    take(OrderItem::unit_price, input.unit_price);
  }
};

}  // namespace table

inline constexpr table::OrderItem order_items;

table::OrderItem table_of(const OrderItem&);

}  // namespace shop
