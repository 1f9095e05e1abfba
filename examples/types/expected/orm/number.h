#pragma once

#include <sqlxc/orm/table.h>

#include <cstdint>
#include <optional>

namespace types {

namespace orm = sqlxc::orm;

/// Numbers, exact and not.
struct Number {
  std::int32_t id = 0;
  std::optional<std::int16_t> small;
  std::int32_t whole = 0;
  std::optional<std::int64_t> big;
  std::optional<orm::Decimal> money;
  std::optional<orm::Decimal> exact;
  std::optional<orm::Decimal> any_size;
  std::optional<float> single;
  std::optional<double> twice;
  bool yes_no = false;
  std::optional<std::int32_t> domained;

  bool operator==(const Number&) const = default;
};

namespace input {

/// What a write says of a row of `numbers`.
struct Number {
  orm::Set<std::int32_t> id{};
  orm::Set<std::int16_t> small{};
  orm::Set<std::int32_t> whole{};
  orm::Set<std::int64_t> big{};
  orm::Set<orm::Decimal> money{};
  orm::Set<orm::Decimal> exact{};
  orm::Set<orm::Decimal> any_size{};
  orm::Set<float> single{};
  orm::Set<double> twice{};
  orm::Set<bool> yes_no{};
  orm::Set<std::int32_t> domained{};
};

}  // namespace input

namespace table {

/// The columns and relations of `numbers`.
struct Number {
  using Row = types::Number;
  using Input = input::Number;
  using Key = std::int32_t;

  static constexpr sqlxc::query::EntityIndex kEntity = 0;

  static constexpr orm::Column<Number, std::int32_t> id{0};
  static constexpr orm::Column<Number, std::int16_t> small{1};
  static constexpr orm::Column<Number, std::int32_t> whole{2};
  static constexpr orm::Column<Number, std::int64_t> big{3};
  static constexpr orm::Column<Number, orm::Decimal> money{4};
  static constexpr orm::Column<Number, orm::Decimal> exact{5};
  static constexpr orm::Column<Number, orm::Decimal> any_size{6};
  static constexpr orm::Column<Number, float> single{7};
  static constexpr orm::Column<Number, double> twice{8};
  static constexpr orm::Column<Number, bool> yes_no{9};
  static constexpr orm::Column<Number, std::int32_t> domained{10};

  static void each_column(auto& row, auto&& take) {
    take(row.id);
    take(row.small);
    take(row.whole);
    take(row.big);
    take(row.money);
    take(row.exact);
    take(row.any_size);
    take(row.single);
    take(row.twice);
    take(row.yes_no);
    take(row.domained);
  }

  static void each_input(const Input& input, auto&& take) {
    take(Number::id, input.id);
    take(Number::small, input.small);
    take(Number::whole, input.whole);
    take(Number::big, input.big);
    take(Number::money, input.money);
    take(Number::exact, input.exact);
    take(Number::any_size, input.any_size);
    take(Number::single, input.single);
    take(Number::twice, input.twice);
    take(Number::yes_no, input.yes_no);
    take(Number::domained, input.domained);
  }
};

}  // namespace table

inline constexpr table::Number numbers;

table::Number table_of(const Number&);

}  // namespace types
