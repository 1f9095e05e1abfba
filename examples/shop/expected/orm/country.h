#pragma once

#include <sqlxc/orm/table.h>

#include <string>

namespace shop {

namespace orm = sqlxc::orm;

/// Where things can be sent
struct Country {
  std::string code;
  std::string name;

  bool operator==(const Country&) const = default;
};

namespace input {

struct Address;

/// What a write says of a row of `countries`.
struct Country {
  orm::Set<std::string> code{};
  orm::Set<std::string> name{};
  orm::Along<Address> addresses{};
};

}  // namespace input

namespace table {

struct Address;

/// The columns and relations of `countries`.
struct Country {
  using Row = shop::Country;
  using Input = input::Country;
  using Key = std::string;

  static constexpr sqlxc::query::EntityIndex kEntity = 0;

  static constexpr orm::Column<Country, std::string> code{0};
  static constexpr orm::Column<Country, std::string> name{1};
  static constexpr orm::ToMany<Country, Address, 0> addresses{};

  static void each_column(auto& row, auto&& take) {
    take(row.code);
    take(row.name);
  }

  static void each_input(const Input& input, auto&& take) {
    take(Country::code, input.code);
    take(Country::name, input.name);
    take(Country::addresses, input.addresses);
  }
};

}  // namespace table

inline constexpr table::Country countries;

table::Country table_of(const Country&);

}  // namespace shop
