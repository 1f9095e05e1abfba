#pragma once

#include <sqlxc/orm/types.h>

#include <cstdint>
#include <optional>

namespace types {

/// Numbers, exact and not.
struct Number {
  std::int32_t id = 0;
  std::optional<std::int16_t> small;
  std::int32_t whole = 0;
  std::optional<std::int64_t> big;
  std::optional<sqlxc::orm::Decimal> money;
  std::optional<sqlxc::orm::Decimal> exact;
  std::optional<sqlxc::orm::Decimal> any_size;
  std::optional<float> single;
  std::optional<double> twice;
  bool yes_no = false;
  std::optional<std::int32_t> domained;

  bool operator==(const Number&) const = default;
};

}  // namespace types
