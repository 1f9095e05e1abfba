#pragma once

#include <sqlxc/orm/types.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace types {

/// What only PostgreSQL has; SQLite keeps them as text.
struct Other {
  std::string code;
  std::vector<std::int32_t> numbers;
  std::optional<std::vector<std::string>> words;
  std::optional<sqlxc::orm::Opaque> network;
  std::optional<sqlxc::orm::Opaque> address;
  std::optional<sqlxc::orm::Opaque> period;
  std::optional<sqlxc::orm::Opaque> flags;

  bool operator==(const Other&) const = default;
};

}  // namespace types
