#include <sqlxc/rules/moments.h>

#include <algorithm>

namespace sqlxc::rules {
namespace {

using value::Civil;
using value::kMicrosPerDay;
using value::kMicrosPerSecond;

constexpr std::int64_t kMicrosPerHour = 3600 * kMicrosPerSecond;
constexpr std::int64_t kMicrosPerMinute = 60 * kMicrosPerSecond;

// A time stamp taken apart: the day, and the microseconds from its midnight.
struct Parts {
  Civil civil;
  std::int32_t days = 0;
  std::int64_t micros = 0;
};

Parts take_apart(std::int64_t stamp) {
  std::int64_t days = stamp / kMicrosPerDay;
  std::int64_t micros = stamp % kMicrosPerDay;
  if (micros < 0) {
    --days;
    micros += kMicrosPerDay;
  }
  const auto day = static_cast<std::int32_t>(days);
  return {.civil = value::civil_from_days(day), .days = day, .micros = micros};
}

std::int32_t days_in_month(std::int32_t year, std::int32_t month) {
  constexpr std::int32_t kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool is_leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return month == 2 && is_leap ? 29 : kDays[month - 1];
}

bool is_year(std::int32_t year) { return year >= 1 && year <= 9999; }

std::int64_t midnight(std::int32_t year, std::int32_t month, std::int32_t day) {
  return std::int64_t{value::days_from_civil(year, month, day)} * kMicrosPerDay;
}

// 1 is Monday.
std::int32_t iso_day_of_week(std::int32_t days) {
  const std::int32_t from_monday = (days + 3) % 7;  // 1970-01-01 was a Thursday
  return (from_monday < 0 ? from_monday + 7 : from_monday) + 1;
}

struct IsoWeek {
  std::int32_t year = 0;
  std::int32_t week = 0;
};

// The week that holds the Thursday of the day's week (ISO 8601).
IsoWeek iso_week(std::int32_t days) {
  const std::int32_t thursday = days - iso_day_of_week(days) + 4;
  const std::int32_t year = value::civil_from_days(thursday).year;
  return {.year = year, .week = (thursday - value::days_from_civil(year, 1, 1)) / 7 + 1};
}

Nullable<Decimal> number(std::int64_t value) { return Decimal{.units = value, .scale = 0}; }

Nullable<Decimal> micros_as(std::int64_t micros, int scale) {
  return Decimal{.units = micros, .scale = scale};
}

std::optional<std::int64_t> in_years(std::int64_t stamp) {
  const bool is_within =
      stamp >= midnight(1, 1, 1) && stamp < midnight(9999, 12, 31) + kMicrosPerDay;
  return is_within ? std::optional(stamp) : std::nullopt;
}

}  // namespace

__int128 Interval::micros() const {
  const std::int64_t days = std::int64_t{span.months} * 30 + span.days;
  return static_cast<__int128>(days) * kMicrosPerDay + span.micros;
}

Nullable<Interval> interval(std::string_view text) {
  value::Interval span;
  const bool is_read = value::parse_interval(text, span) == value::TimeError::none;
  return is_read ? Nullable<Interval>(Interval{span}) : Nullable<Interval>::unknown();
}

namespace detail {

std::optional<std::int64_t> stamp_of(Date date) {
  if (date.days == value::kForeverDays || date.days == value::kNeverDays) return std::nullopt;
  return std::int64_t{date.days} * kMicrosPerDay;
}
std::optional<std::int64_t> stamp_of(Timestamp stamp) {
  if (stamp.micros == value::kForever || stamp.micros == value::kNever) return std::nullopt;
  return stamp.micros;
}
std::optional<std::int64_t> stamp_of(Timestamptz stamp) {
  return stamp_of(Timestamp{stamp.micros});
}

std::int64_t infinite(Date date) {
  return date.days == value::kForeverDays ? value::kForever : value::kNever;
}

// What grows without end is infinite itself, which no decimal is; the rest has no value.
Nullable<Decimal> field_of_infinity(std::string_view field) {
  constexpr std::string_view kGrowing[] = {"year",       "decade",  "century",
                                           "millennium", "isoyear", "epoch"};
  const bool is_growing =
      std::find(std::begin(kGrowing), std::end(kGrowing), field) != std::end(kGrowing);
  return is_growing ? Nullable<Decimal>::unknown() : Nullable<Decimal>::null();
}

std::optional<std::int64_t> shifted(std::int64_t stamp, const value::Interval& span, int sign) {
  const Parts parts = take_apart(stamp);
  std::int32_t year = parts.civil.year;
  std::int32_t month = parts.civil.month;
  std::int32_t day = parts.civil.day;
  if (span.months != 0) {
    const std::int64_t months =
        std::int64_t{year} * 12 + month - 1 + std::int64_t{sign} * span.months;
    if (months < 12 || months >= 10000 * 12) return std::nullopt;
    year = static_cast<std::int32_t>(months / 12);
    month = static_cast<std::int32_t>(months % 12) + 1;
    day = std::min(day, days_in_month(year, month));
  }
  const __int128 moved = static_cast<__int128>(midnight(year, month, day)) + parts.micros +
                         static_cast<__int128>(sign) * span.days * kMicrosPerDay +
                         static_cast<__int128>(sign) * span.micros;
  if (moved < INT64_MIN || moved > INT64_MAX) return std::nullopt;
  return in_years(static_cast<std::int64_t>(moved));
}

bool is_field_of_time(std::string_view field) {
  constexpr std::string_view kFields[] = {"hour", "minute", "second", "milliseconds",
                                          "microseconds"};
  return std::find(std::begin(kFields), std::end(kFields), field) != std::end(kFields);
}

Nullable<Decimal> field_of_time(std::string_view field, std::int64_t micros) {
  const std::int64_t of_minute = micros % kMicrosPerMinute;
  if (field == "hour") return number(micros / kMicrosPerHour);
  if (field == "minute") return number(micros / kMicrosPerMinute % 60);
  if (field == "second") return micros_as(of_minute, 6);
  if (field == "milliseconds") return micros_as(of_minute, 3);
  if (field == "microseconds") return number(of_minute);
  if (field == "epoch") return micros_as(micros, 6);
  return Nullable<Decimal>::unknown();
}

Nullable<Decimal> field_of(std::string_view field, std::int64_t stamp) {
  const Parts parts = take_apart(stamp);
  const std::int32_t year = parts.civil.year;
  if (!is_year(year)) return Nullable<Decimal>::unknown();
  if (field == "year") return number(year);
  if (field == "month") return number(parts.civil.month);
  if (field == "day") return number(parts.civil.day);
  if (field == "quarter") return number((parts.civil.month + 2) / 3);
  if (field == "dow") return number(iso_day_of_week(parts.days) % 7);
  if (field == "isodow") return number(iso_day_of_week(parts.days));
  if (field == "doy") return number(parts.days - value::days_from_civil(year, 1, 1) + 1);
  if (field == "week") return number(iso_week(parts.days).week);
  if (field == "isoyear") return number(iso_week(parts.days).year);
  if (field == "decade") return number(year / 10);
  if (field == "century") return number((year + 99) / 100);
  if (field == "millennium") return number((year + 999) / 1000);
  if (field == "epoch") return micros_as(stamp, 6);
  return field_of_time(field, parts.micros);
}

std::optional<std::int64_t> truncated(std::string_view unit, std::int64_t stamp) {
  const Parts parts = take_apart(stamp);
  const std::int32_t year = parts.civil.year;
  const std::int32_t month = parts.civil.month;
  const std::int64_t start = stamp - parts.micros;
  if (!is_year(year)) return std::nullopt;
  if (unit == "microseconds") return stamp;
  if (unit == "milliseconds") return stamp - parts.micros % 1000;
  if (unit == "second") return stamp - parts.micros % kMicrosPerSecond;
  if (unit == "minute") return stamp - parts.micros % kMicrosPerMinute;
  if (unit == "hour") return stamp - parts.micros % kMicrosPerHour;
  if (unit == "day") return start;
  if (unit == "week") return in_years(start - (iso_day_of_week(parts.days) - 1) * kMicrosPerDay);
  if (unit == "month") return midnight(year, month, 1);
  if (unit == "quarter") return midnight(year, (month - 1) / 3 * 3 + 1, 1);
  if (unit == "year") return midnight(year, 1, 1);
  if (unit == "decade") return in_years(midnight(year / 10 * 10, 1, 1));
  if (unit == "century") return midnight((year - 1) / 100 * 100 + 1, 1, 1);
  if (unit == "millennium") return midnight((year - 1) / 1000 * 1000 + 1, 1, 1);
  return std::nullopt;
}

// timestamp_age() of PostgreSQL: fields are subtracted, and days borrowed from the month of the
// earlier one.
std::optional<value::Interval> age_between(std::int64_t later, std::int64_t earlier) {
  if (later < earlier) {
    const auto span = age_between(earlier, later);
    if (!span) return std::nullopt;
    return value::Interval{.months = -span->months, .days = -span->days, .micros = -span->micros};
  }
  const Parts to = take_apart(later);
  const Parts from = take_apart(earlier);
  std::int32_t months = (to.civil.year - from.civil.year) * 12 + to.civil.month - from.civil.month;
  std::int32_t days = to.civil.day - from.civil.day;
  std::int64_t micros = to.micros - from.micros;
  if (micros < 0) {
    micros += kMicrosPerDay;
    --days;
  }
  if (days < 0) {
    days += days_in_month(from.civil.year, from.civil.month);
    --months;
  }
  return value::Interval{.months = months, .days = days, .micros = micros};
}

}  // namespace detail
}  // namespace sqlxc::rules
