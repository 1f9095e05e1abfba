#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "orm/enumerations.h"

namespace shop {

/// A row of `addresses`.
struct Address {
  std::int64_t id = 0;
  std::int64_t customer_id = 0;
  AddressKind kind{};
  std::string street;
  std::string city;
  std::optional<std::string> postal_code;
  std::string country_code;

  bool operator==(const Address&) const = default;
};

}  // namespace shop
