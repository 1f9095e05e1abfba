#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace shop {

/// A row of `categories`.
struct Category {
  std::int64_t id = 0;
  std::optional<std::int64_t> parent_id;
  std::string name;
  std::int16_t position = 0;

  bool operator==(const Category&) const = default;
};

}  // namespace shop
