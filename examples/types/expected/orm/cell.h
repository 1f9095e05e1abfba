#pragma once

#include <cstdint>
#include <optional>

namespace types {

/// A key of two columns, and a column that the database computes.
struct Cell {
  std::int32_t row_number = 0;
  std::int32_t column_number = 0;
  std::int32_t width = 0;
  std::int32_t height = 0;
  std::optional<std::int32_t> area;
  std::optional<std::int32_t> parent_row;
  std::optional<std::int32_t> parent_column;

  bool operator==(const Cell&) const = default;
};

}  // namespace types
