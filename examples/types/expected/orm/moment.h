#pragma once

#include <sqlxc/orm/types.h>

#include <cstdint>
#include <optional>

namespace types {

/// Dates and times.
struct Moment {
  std::int32_t id = 0;
  std::optional<sqlxc::orm::Date> day;
  std::optional<sqlxc::orm::Time> clock;
  std::optional<sqlxc::orm::Opaque> clock_zone;
  std::optional<sqlxc::orm::Timestamp> local;
  std::optional<sqlxc::orm::Timestamptz> instant;
  std::optional<sqlxc::orm::Timestamp> precise;
  std::optional<sqlxc::orm::Opaque> span;

  bool operator==(const Moment&) const = default;
};

}  // namespace types
