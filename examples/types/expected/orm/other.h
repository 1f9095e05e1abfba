#pragma once

#include <sqlxc/orm/table.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace types {

namespace orm = sqlxc::orm;

/// What only PostgreSQL has; SQLite keeps them as text.
struct Other {
  std::string code;
  std::vector<std::optional<std::int32_t>> numbers;
  std::optional<std::vector<std::optional<std::string>>> words;
  std::optional<orm::Opaque> network;
  std::optional<orm::Opaque> address;
  std::optional<orm::Opaque> period;
  std::optional<orm::Opaque> flags;

  bool operator==(const Other&) const = default;
};

namespace input {

/// What a write says of a row of `others`.
struct Other {
  orm::Set<std::string> code{};
  orm::Set<std::vector<std::optional<std::int32_t>>> numbers{};
  orm::Set<std::vector<std::optional<std::string>>> words{};
  orm::Set<orm::Opaque> network{};
  orm::Set<orm::Opaque> address{};
  orm::Set<orm::Opaque> period{};
  orm::Set<orm::Opaque> flags{};
};

}  // namespace input

namespace table {

/// The columns and relations of `others`.
struct Other {
  using Row = types::Other;
  using Input = input::Other;
  using Key = std::string;

  static constexpr sqlxc::query::EntityIndex kEntity = 3;

  static constexpr orm::Column<Other, std::string> code{0};
  static constexpr orm::Column<Other, std::vector<std::optional<std::int32_t>>> numbers{1};
  static constexpr orm::Column<Other, std::vector<std::optional<std::string>>> words{2};
  static constexpr orm::Column<Other, orm::Opaque> network{3};
  static constexpr orm::Column<Other, orm::Opaque> address{4};
  static constexpr orm::Column<Other, orm::Opaque> period{5};
  static constexpr orm::Column<Other, orm::Opaque> flags{6};

  static void each_column(auto& row, auto&& take) {
    take(row.code);
    take(row.numbers);
    take(row.words);
    take(row.network);
    take(row.address);
    take(row.period);
    take(row.flags);
  }

  static void each_input(const Input& input, auto&& take) {
    take(Other::code, input.code);
    take(Other::numbers, input.numbers);
    take(Other::words, input.words);
    take(Other::network, input.network);
    take(Other::address, input.address);
    take(Other::period, input.period);
    take(Other::flags, input.flags);
  }
};

}  // namespace table

inline constexpr table::Other others;

table::Other table_of(const Other&);

}  // namespace types
