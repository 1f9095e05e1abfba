#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

// What columns hold in typed rows, where C++ has no type of that meaning: exact decimals, dates and
// times as numbers, texts that are more than text. Thin on purpose, since every emitted entity
// includes it.
namespace sqlxc::orm {

/// All digits as they are kept: "12.50".
struct Decimal {
  std::string text = "0";
  bool operator==(const Decimal&) const = default;
};

/// Days from 1970-01-01.
struct Date {
  std::int32_t days = 0;
  auto operator<=>(const Date&) const = default;

  /// `2026-01-31` or `infinity`; nothing if it is no date.
  static std::optional<Date> parse(std::string_view text);
};

/// Microseconds from midnight.
struct Time {
  std::int64_t micros = 0;
  auto operator<=>(const Time&) const = default;

  /// `13:45` or `13:45:06.789`.
  static std::optional<Time> parse(std::string_view text);
};

/// Microseconds from 1970-01-01 00:00, of no time zone.
struct Timestamp {
  std::int64_t micros = 0;
  auto operator<=>(const Timestamp&) const = default;

  /// `2026-01-31T13:45:06`, or with a space.
  static std::optional<Timestamp> parse(std::string_view text);
};

/// Microseconds from 1970-01-01 00:00 UTC.
struct Timestamptz {
  std::int64_t micros = 0;
  auto operator<=>(const Timestamptz&) const = default;

  /// `2026-01-31T13:45:06+02:00`; without an offset it is UTC.
  static std::optional<Timestamptz> parse(std::string_view text);
};

/// Bytes, not text.
struct Bytes {
  std::string bytes;
  bool operator==(const Bytes&) const = default;
};

/// 36 characters, lower case.
struct Uuid {
  std::string text;
  auto operator<=>(const Uuid&) const = default;
};

/// A JSON value in its own words.
struct Json {
  std::string text = "null";
  bool operator==(const Json&) const = default;
};

/// A value that only the database understands, as it prints it: an interval, a range, an address.
struct Opaque {
  std::string text;
  bool operator==(const Opaque&) const = default;
};

}  // namespace sqlxc::orm
