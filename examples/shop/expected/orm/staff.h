#pragma once

#include <sqlxc/orm/table.h>

#include <cstdint>
#include <optional>
#include <string>

namespace shop {

namespace orm = sqlxc::orm;

/// A row of `staff`.
struct Staff {
  std::int64_t id = 0;
  std::string name;
  std::optional<std::string> title;
  std::optional<std::int64_t> reports_to;
  orm::Date hired_on;

  bool operator==(const Staff&) const = default;
};

namespace input {

struct Order;

/// What a write says of a row of `staff`.
struct Staff {
  orm::Set<std::int64_t> id{};
  orm::Set<std::string> name{};
  orm::Set<std::string> title{};
  orm::Set<std::int64_t> reports_to{};
  orm::Set<orm::Date> hired_on{};
  orm::Along<Staff> reports{};
  orm::Along<Order> orders{};
};

}  // namespace input

namespace table {

struct Order;

/// The columns and relations of `staff`.
struct Staff {
  using Row = shop::Staff;
  using Input = input::Staff;
  using Key = std::int64_t;

  static constexpr sqlxc::query::EntityIndex kEntity = 3;

  static constexpr orm::Column<Staff, std::int64_t> id{0};
  static constexpr orm::Column<Staff, std::string> name{1};
  static constexpr orm::Column<Staff, std::string> title{2};
  static constexpr orm::Column<Staff, std::int64_t> reports_to{3};
  static constexpr orm::Column<Staff, orm::Date> hired_on{4};
  static constexpr orm::ToOne<Staff, Staff, 0> manager{};
  static constexpr orm::ToMany<Staff, Staff, 1> reports{};
  static constexpr orm::ToMany<Staff, Order, 2> orders{};

  static void each_column(auto& row, auto&& take) {
    take(row.id);
    take(row.name);
    take(row.title);
    take(row.reports_to);
    take(row.hired_on);
  }

  static void each_input(const Input& input, auto&& take) {
    take(Staff::id, input.id);
    take(Staff::name, input.name);
    take(Staff::title, input.title);
    take(Staff::reports_to, input.reports_to);
    take(Staff::hired_on, input.hired_on);
    take(Staff::reports, input.reports);
    take(Staff::orders, input.orders);
  }
};

}  // namespace table

inline constexpr table::Staff staff;

table::Staff table_of(const Staff&);

}  // namespace shop
