#pragma once

#include <sqlxc/orm/table.h>

#include <cstdint>
#include <optional>
#include <string>

#include "orm/enumerations.h"

namespace shop {

namespace orm = sqlxc::orm;

/// A row of `addresses`.
struct Address {
  std::int64_t id = 0;
  std::int64_t customer_id = 0;
  AddressKind kind{};
  std::string street;
  std::string city;
  std::optional<std::string> postal_code;
  std::string country_code;

  bool operator==(const Address&) const = default;
};

namespace input {

struct Order;

/// What a write says of a row of `addresses`.
struct Address {
  orm::Set<std::int64_t> id{};
  orm::Set<std::int64_t> customer_id{};
  orm::Set<AddressKind> kind{};
  orm::Set<std::string> street{};
  orm::Set<std::string> city{};
  orm::Set<std::string> postal_code{};
  orm::Set<std::string> country_code{};
  orm::Along<Order> billed_orders{};
  orm::Along<Order> shipped_orders{};
};

}  // namespace input

namespace table {

struct Country;
struct Customer;
struct Order;

/// The columns and relations of `addresses`.
struct Address {
  using Row = shop::Address;
  using Input = input::Address;
  using Key = std::int64_t;

  static constexpr sqlxc::query::EntityIndex kEntity = 2;

  static constexpr orm::Column<Address, std::int64_t> id{0};
  static constexpr orm::Column<Address, std::int64_t> customer_id{1};
  static constexpr orm::Column<Address, AddressKind> kind{2};
  static constexpr orm::Column<Address, std::string> street{3};
  static constexpr orm::Column<Address, std::string> city{4};
  static constexpr orm::Column<Address, std::string> postal_code{5};
  static constexpr orm::Column<Address, std::string> country_code{6};
  static constexpr orm::ToOne<Address, Customer, 0> customer{};
  static constexpr orm::ToOne<Address, Country, 1> country{};
  static constexpr orm::ToMany<Address, Order, 2> billed_orders{};
  static constexpr orm::ToMany<Address, Order, 3> shipped_orders{};

  static void each_column(auto& row, auto&& take) {
    take(row.id);
    take(row.customer_id);
    take(row.kind);
    take(row.street);
    take(row.city);
    take(row.postal_code);
    take(row.country_code);
  }

  static void each_input(const Input& input, auto&& take) {
    take(Address::id, input.id);
    take(Address::customer_id, input.customer_id);
    take(Address::kind, input.kind);
    take(Address::street, input.street);
    take(Address::city, input.city);
    take(Address::postal_code, input.postal_code);
    take(Address::country_code, input.country_code);
    take(Address::billed_orders, input.billed_orders);
    take(Address::shipped_orders, input.shipped_orders);
  }
};

}  // namespace table

inline constexpr table::Address addresses;

table::Address table_of(const Address&);

}  // namespace shop
