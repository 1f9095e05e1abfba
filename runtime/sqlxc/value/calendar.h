#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

// Dates, times and time stamps as numbers, read from the forms that PostgreSQL and ISO 8601 write
// and printed in the one form in which they are stored (docs/sqlite.md). Proleptic Gregorian, UTC,
// no leap seconds, years 1 to 9999.
namespace sqlxc::value {

inline constexpr std::int64_t kMicrosPerSecond = 1'000'000;
inline constexpr std::int64_t kMicrosPerDay = 86'400 * kMicrosPerSecond;
/// `infinity` and `-infinity` of timestamps, in microseconds.
inline constexpr std::int64_t kForever = INT64_MAX;
inline constexpr std::int64_t kNever = INT64_MIN;
/// The same of dates, in days.
inline constexpr std::int32_t kForeverDays = INT32_MAX;
inline constexpr std::int32_t kNeverDays = INT32_MIN;

/// Why a text is no date or time: not its form, or a field out of its range (month 13, February
/// 30).
enum class TimeError : std::uint8_t { none, syntax, range };

/// A time of day, perhaps with an offset; what a timestamp's text contains beside its date.
struct TimeOfDay {
  std::int64_t micros = 0;                     // 0 to kMicrosPerDay (24:00:00) inclusive
  std::optional<std::int32_t> offset_seconds;  // east of UTC
};

/// Days from 1970-01-01 of a civil date, which must exist.
std::int32_t days_from_civil(std::int32_t year, std::int32_t month, std::int32_t day);

struct Civil {
  std::int32_t year = 1970;
  std::int32_t month = 1;
  std::int32_t day = 1;
};
Civil civil_from_days(std::int32_t days);

/// Days from 1970-01-01; reads `2026-01-02`, `20260102` and `infinity`. A time after the date is
/// dropped, as by a cast.
TimeError parse_date(std::string_view text, std::int32_t& days);
/// `03:04`, `03:04:05`, `03:04:05.5`, `030405`, `3:04 PM`, with `Z`, `+02`, `+02:00` or `+0200`
/// after it.
TimeError parse_time(std::string_view text, TimeOfDay& time);
/// Microseconds from 1970-01-01: a date, then `T` or a space and a time. An offset is applied if
/// `in_utc`, else dropped.
TimeError parse_timestamp(std::string_view text, bool in_utc, std::int64_t& micros);

void append_date(std::string& out, std::int32_t days);
/// `03:04:05[.ffffff]`, no trailing zeros in the fraction.
void append_time(std::string& out, std::int64_t micros);
/// `+00`, `+05:30`, `-08`.
void append_offset(std::string& out, std::int32_t seconds);
/// The date, `separator` and the time.
void append_timestamp(std::string& out, std::int64_t micros, char separator);

/// A span as PostgreSQL keeps it: months, days and microseconds are not convertible into each
/// other.
struct Interval {
  std::int32_t months = 0;
  std::int32_t days = 0;
  std::int64_t micros = 0;

  bool operator==(const Interval&) const = default;
};

/// Reads `1 day 02:00`, `1 year 2 mons -3 days`, `@ 1 hour ago`, `P1DT2H` and `1-2`.
TimeError parse_interval(std::string_view text, Interval& interval);
/// As PostgreSQL prints it (IntervalStyle postgres): `1 year 2 mons 3 days 04:05:06`.
void append_interval(std::string& out, const Interval& interval);

}  // namespace sqlxc::value
