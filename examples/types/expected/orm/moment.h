#pragma once

#include <sqlxc/orm/table.h>

#include <cstdint>
#include <optional>

namespace types {

namespace orm = sqlxc::orm;

/// Dates and times.
struct Moment {
  std::int32_t id = 0;
  std::optional<orm::Date> day;
  std::optional<orm::Time> clock;
  std::optional<orm::Opaque> clock_zone;
  std::optional<orm::Timestamp> local;
  std::optional<orm::Timestamptz> instant;
  std::optional<orm::Timestamp> precise;
  std::optional<orm::Opaque> span;

  bool operator==(const Moment&) const = default;
};

namespace input {

/// What a write says of a row of `moments`.
struct Moment {
  orm::Set<orm::Date> day{};
  orm::Set<orm::Time> clock{};
  orm::Set<orm::Opaque> clock_zone{};
  orm::Set<orm::Timestamp> local{};
  orm::Set<orm::Timestamptz> instant{};
  orm::Set<orm::Timestamp> precise{};
  orm::Set<orm::Opaque> span{};
};

}  // namespace input

namespace table {

/// The columns and relations of `moments`.
struct Moment {
  using Row = types::Moment;
  using Input = input::Moment;
  using Key = std::int32_t;

  static constexpr sqlxc::query::EntityIndex kEntity = 2;

  static constexpr orm::Column<Moment, std::int32_t> id{0};
  static constexpr orm::Column<Moment, orm::Date> day{1};
  static constexpr orm::Column<Moment, orm::Time> clock{2};
  static constexpr orm::Column<Moment, orm::Opaque> clock_zone{3};
  static constexpr orm::Column<Moment, orm::Timestamp> local{4};
  static constexpr orm::Column<Moment, orm::Timestamptz> instant{5};
  static constexpr orm::Column<Moment, orm::Timestamp> precise{6};
  static constexpr orm::Column<Moment, orm::Opaque> span{7};

  static void each_column(auto& row, auto&& take) {
    take(row.id);
    take(row.day);
    take(row.clock);
    take(row.clock_zone);
    take(row.local);
    take(row.instant);
    take(row.precise);
    take(row.span);
  }

  static void each_input(const Input& input, auto&& take) {
    take(Moment::day, input.day);
    take(Moment::clock, input.clock);
    take(Moment::clock_zone, input.clock_zone);
    take(Moment::local, input.local);
    take(Moment::instant, input.instant);
    take(Moment::precise, input.precise);
    take(Moment::span, input.span);
  }
};

}  // namespace table

inline constexpr table::Moment moments;

table::Moment table_of(const Moment&);

}  // namespace types
