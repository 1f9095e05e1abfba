#pragma once

#include <sqlxc/orm/table.h>

#include <cstdint>
#include <optional>

#include "orm/enumerations.h"

namespace shop {

namespace orm = sqlxc::orm;

/// A row of `orders`.
struct Order {
  std::int64_t id = 0;
  std::int64_t customer_id = 0;
  std::int64_t billing_address_id = 0;
  std::int64_t shipping_address_id = 0;
  std::optional<std::int64_t> staff_id;
  OrderStatus status{};
  orm::Timestamp ordered_at;
  std::optional<orm::Timestamp> shipped_at;
  orm::Decimal total;

  bool operator==(const Order&) const = default;
};

namespace input {

struct OrderItem;
struct Payment;

/// What a write says of a row of `orders`.
struct Order {
  orm::Set<std::int64_t> id{};
  orm::Set<std::int64_t> customer_id{};
  orm::Set<std::int64_t> billing_address_id{};
  orm::Set<std::int64_t> shipping_address_id{};
  orm::Set<std::int64_t> staff_id{};
  orm::Set<OrderStatus> status{};
  orm::Set<orm::Timestamp> ordered_at{};
  orm::Set<orm::Timestamp> shipped_at{};
  orm::Set<orm::Decimal> total{};
  orm::Along<OrderItem> order_items{};
  orm::Along<Payment> payments{};
};

}  // namespace input

namespace table {

struct Address;
struct Customer;
struct OrderItem;
struct Payment;
struct Staff;

/// The columns and relations of `orders`.
struct Order {
  using Row = shop::Order;
  using Input = input::Order;
  using Key = std::int64_t;

  static constexpr sqlxc::query::EntityIndex kEntity = 7;

  static constexpr orm::Column<Order, std::int64_t> id{0};
  static constexpr orm::Column<Order, std::int64_t> customer_id{1};
  static constexpr orm::Column<Order, std::int64_t> billing_address_id{2};
  static constexpr orm::Column<Order, std::int64_t> shipping_address_id{3};
  static constexpr orm::Column<Order, std::int64_t> staff_id{4};
  static constexpr orm::Column<Order, OrderStatus> status{5};
  static constexpr orm::Column<Order, orm::Timestamp> ordered_at{6};
  static constexpr orm::Column<Order, orm::Timestamp> shipped_at{7};
  static constexpr orm::Column<Order, orm::Decimal> total{8};
  static constexpr orm::ToOne<Order, Customer, 0> customer{};
  static constexpr orm::ToOne<Order, Address, 1> billing_address{};
  static constexpr orm::ToOne<Order, Address, 2> shipping_address{};
  static constexpr orm::ToOne<Order, Staff, 3> staff{};
  static constexpr orm::ToMany<Order, OrderItem, 4> order_items{};
  static constexpr orm::ToMany<Order, Payment, 5> payments{};

  static void each_column(auto& row, auto&& take) {
    take(row.id);
    take(row.customer_id);
    take(row.billing_address_id);
    take(row.shipping_address_id);
    take(row.staff_id);
    take(row.status);
    take(row.ordered_at);
    take(row.shipped_at);
    take(row.total);
  }

  static void each_input(const Input& input, auto&& take) {
    take(Order::id, input.id);
    take(Order::customer_id, input.customer_id);
    take(Order::billing_address_id, input.billing_address_id);
    take(Order::shipping_address_id, input.shipping_address_id);
    take(Order::staff_id, input.staff_id);
    take(Order::status, input.status);
    take(Order::ordered_at, input.ordered_at);
    take(Order::shipped_at, input.shipped_at);
    take(Order::total, input.total);
    take(Order::order_items, input.order_items);
    take(Order::payments, input.payments);
  }
};

}  // namespace table

inline constexpr table::Order orders;

table::Order table_of(const Order&);

}  // namespace shop
