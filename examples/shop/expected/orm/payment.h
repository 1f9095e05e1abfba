#pragma once

#include <sqlxc/orm/table.h>

#include <cstdint>
#include <optional>
#include <string>

#include "orm/enumerations.h"

namespace shop {

namespace orm = sqlxc::orm;

/// A row of `payments`.
struct Payment {
  std::int64_t id = 0;
  std::int64_t order_id = 0;
  PaymentMethod method{};
  orm::Decimal amount;
  std::optional<std::string> reference;
  orm::Timestamp paid_at;

  bool operator==(const Payment&) const = default;
};

namespace input {

/// What a write says of a row of `payments`.
struct Payment {
  orm::Set<std::int64_t> id{};
  orm::Set<std::int64_t> order_id{};
  orm::Set<PaymentMethod> method{};
  orm::Set<orm::Decimal> amount{};
  orm::Set<std::string> reference{};
  orm::Set<orm::Timestamp> paid_at{};
};

}  // namespace input

namespace table {

struct Order;

/// The columns and relations of `payments`.
struct Payment {
  using Row = shop::Payment;
  using Input = input::Payment;
  using Key = std::int64_t;

  static constexpr sqlxc::query::EntityIndex kEntity = 9;

  static constexpr orm::Column<Payment, std::int64_t> id{0};
  static constexpr orm::Column<Payment, std::int64_t> order_id{1};
  static constexpr orm::Column<Payment, PaymentMethod> method{2};
  static constexpr orm::Column<Payment, orm::Decimal> amount{3};
  static constexpr orm::Column<Payment, std::string> reference{4};
  static constexpr orm::Column<Payment, orm::Timestamp> paid_at{5};
  static constexpr orm::ToOne<Payment, Order, 0> order{};

  static void each_column(auto& row, auto&& take) {
    take(row.id);
    take(row.order_id);
    take(row.method);
    take(row.amount);
    take(row.reference);
    take(row.paid_at);
  }

  static void each_input(const Input& input, auto&& take) {
    take(Payment::id, input.id);
    take(Payment::order_id, input.order_id);
    take(Payment::method, input.method);
    take(Payment::amount, input.amount);
    take(Payment::reference, input.reference);
    take(Payment::paid_at, input.paid_at);
  }
};

}  // namespace table

inline constexpr table::Payment payments;

table::Payment table_of(const Payment&);

}  // namespace shop
