#pragma once

#include <sqlxc/orm/types.h>

#include <cstdint>
#include <optional>
#include <string>

namespace shop {

/// A row of `staff`.
struct Staff {
  std::int64_t id = 0;
  std::string name;
  std::optional<std::string> title;
  std::optional<std::int64_t> reports_to;
  sqlxc::orm::Date hired_on;

  bool operator==(const Staff&) const = default;
};

}  // namespace shop
