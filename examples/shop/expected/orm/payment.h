#pragma once

#include <sqlxc/orm/types.h>

#include <cstdint>
#include <optional>
#include <string>

#include "orm/enumerations.h"

namespace shop {

/// A row of `payments`.
struct Payment {
  std::int64_t id = 0;
  std::int64_t order_id = 0;
  PaymentMethod method{};
  sqlxc::orm::Decimal amount;
  std::optional<std::string> reference;
  sqlxc::orm::Timestamp paid_at;

  bool operator==(const Payment&) const = default;
};

}  // namespace shop
