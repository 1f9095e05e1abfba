#pragma once

#include <sqlxc/orm/table.h>

#include <cstdint>
#include <optional>
#include <string>

namespace shop {

namespace orm = sqlxc::orm;

/// A row of `customers`.
struct Customer {
  std::int64_t id = 0;
  /// What the customer signs in with
  std::string email;
  std::string first_name;
  std::string last_name;
  std::optional<std::string> phone;
  std::optional<std::string> company;
  bool newsletter = false;
  orm::Timestamptz created_at;
  orm::Timestamptz updated_at;

  bool operator==(const Customer&) const = default;
};

namespace input {

struct Address;
struct Order;
struct Review;

/// What a write says of a row of `customers`.
struct Customer {
  orm::Set<std::int64_t> id{};
  orm::Set<std::string> email{};
  orm::Set<std::string> first_name{};
  orm::Set<std::string> last_name{};
  orm::Set<std::string> phone{};
  orm::Set<std::string> company{};
  orm::Set<bool> newsletter{};
  orm::Set<orm::Timestamptz> created_at{};
  orm::Set<orm::Timestamptz> updated_at{};
  orm::Along<Address> addresses{};
  orm::Along<Order> orders{};
  orm::Along<Review> reviews{};
};

}  // namespace input

namespace table {

struct Address;
struct Order;
struct Review;

/// The columns and relations of `customers`.
struct Customer {
  using Row = shop::Customer;
  using Input = input::Customer;
  using Key = std::int64_t;

  static constexpr sqlxc::query::EntityIndex kEntity = 1;

  static constexpr orm::Column<Customer, std::int64_t> id{0};
  static constexpr orm::Column<Customer, std::string> email{1};
  static constexpr orm::Column<Customer, std::string> first_name{2};
  static constexpr orm::Column<Customer, std::string> last_name{3};
  static constexpr orm::Column<Customer, std::string> phone{4};
  static constexpr orm::Column<Customer, std::string> company{5};
  static constexpr orm::Column<Customer, bool> newsletter{6};
  static constexpr orm::Column<Customer, orm::Timestamptz> created_at{7};
  static constexpr orm::Column<Customer, orm::Timestamptz> updated_at{8};
  static constexpr orm::ToMany<Customer, Address, 0> addresses{};
  static constexpr orm::ToMany<Customer, Order, 1> orders{};
  static constexpr orm::ToMany<Customer, Review, 2> reviews{};

  static void each_column(auto& row, auto&& take) {
    take(row.id);
    take(row.email);
    take(row.first_name);
    take(row.last_name);
    take(row.phone);
    take(row.company);
    take(row.newsletter);
    take(row.created_at);
    take(row.updated_at);
  }

  static void each_input(const Input& input, auto&& take) {
    take(Customer::id, input.id);
    take(Customer::email, input.email);
    take(Customer::first_name, input.first_name);
    take(Customer::last_name, input.last_name);
    take(Customer::phone, input.phone);
    take(Customer::company, input.company);
    take(Customer::newsletter, input.newsletter);
    take(Customer::created_at, input.created_at);
    take(Customer::updated_at, input.updated_at);
    take(Customer::addresses, input.addresses);
    take(Customer::orders, input.orders);
    take(Customer::reviews, input.reviews);
  }
};

}  // namespace table

inline constexpr table::Customer customers;

table::Customer table_of(const Customer&);

}  // namespace shop
