#pragma once

#include <sqlxc/orm/table.h>

#include <cstdint>
#include <optional>
#include <tuple>

namespace types {

namespace orm = sqlxc::orm;

/// A key of two columns, and a column that the database computes.
struct Cell {
  std::int32_t row_number = 0;
  std::int32_t column_number = 0;
  std::int32_t width = 0;
  std::int32_t height = 0;
  std::optional<std::int64_t> area;
  std::optional<std::int32_t> parent_row;
  std::optional<std::int32_t> parent_column;

  bool operator==(const Cell&) const = default;
};

namespace input {

/// What a write says of a row of `cells`.
struct Cell {
  orm::Set<std::int32_t> row_number{};
  orm::Set<std::int32_t> column_number{};
  orm::Set<std::int32_t> width{};
  orm::Set<std::int32_t> height{};
  orm::Set<std::int32_t> parent_row{};
  orm::Set<std::int32_t> parent_column{};
  orm::Along<Cell> cell_cells{};
};

}  // namespace input

namespace table {

/// The columns and relations of `cells`.
struct Cell {
  using Row = types::Cell;
  using Input = input::Cell;
  using Key = std::tuple<std::int32_t, std::int32_t>;

  static constexpr sqlxc::query::EntityIndex kEntity = 4;

  static constexpr orm::Column<Cell, std::int32_t> row_number{0};
  static constexpr orm::Column<Cell, std::int32_t> column_number{1};
  static constexpr orm::Column<Cell, std::int32_t> width{2};
  static constexpr orm::Column<Cell, std::int32_t> height{3};
  static constexpr orm::Column<Cell, std::int64_t> area{4};
  static constexpr orm::Column<Cell, std::int32_t> parent_row{5};
  static constexpr orm::Column<Cell, std::int32_t> parent_column{6};
  static constexpr orm::ToOne<Cell, Cell, 0> cell{};
  static constexpr orm::ToMany<Cell, Cell, 1> cell_cells{};

  static void each_column(auto& row, auto&& take) {
    take(row.row_number);
    take(row.column_number);
    take(row.width);
    take(row.height);
    take(row.area);
    take(row.parent_row);
    take(row.parent_column);
  }

  static void each_input(const Input& input, auto&& take) {
    take(Cell::row_number, input.row_number);
    take(Cell::column_number, input.column_number);
    take(Cell::width, input.width);
    take(Cell::height, input.height);
    take(Cell::parent_row, input.parent_row);
    take(Cell::parent_column, input.parent_column);
    take(Cell::cell_cells, input.cell_cells);
  }
};

}  // namespace table

inline constexpr table::Cell cells;

table::Cell table_of(const Cell&);

}  // namespace types
