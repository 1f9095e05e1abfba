#pragma once

#include <sqlxc/rules/functions.h>
#include <sqlxc/value/calendar.h>

// Dates, times and the spans between them. A time stamp with a zone is taken apart in UTC, the zone
// that the service asks the database for.
namespace sqlxc::rules {

namespace detail {

template <typename T>
concept Stamp = std::same_as<T, Timestamp> || std::same_as<T, Timestamptz>;
template <typename T>
concept Moment = Stamp<T> || std::same_as<T, Date> || std::same_as<T, Time>;

// Microseconds from 1970, or nothing for what is infinite.
std::optional<std::int64_t> stamp_of(Date date);
std::optional<std::int64_t> stamp_of(Timestamp stamp);
std::optional<std::int64_t> stamp_of(Timestamptz stamp);

/// Months first, then days, then the rest; nothing where it leaves the years 1 to 9999.
std::optional<std::int64_t> shifted(std::int64_t stamp, const value::Interval& span, int sign);
Nullable<Decimal> field_of(std::string_view field, std::int64_t stamp);
Nullable<Decimal> field_of_infinity(std::string_view field);
// Those that a date does not have.
bool is_field_of_time(std::string_view field);
Nullable<Decimal> field_of_time(std::string_view field, std::int64_t micros);
std::optional<std::int64_t> truncated(std::string_view unit, std::int64_t stamp);
std::optional<value::Interval> age_between(std::int64_t later, std::int64_t earlier);

template <typename A>
using MomentOf = Lifted<A>;

// kForever or kNever, of a moment that has no stamp.
std::int64_t infinite(Date date);
template <Stamp T>
std::int64_t infinite(T stamp) {
  return stamp.micros;
}

template <typename To, Moment From>
Nullable<To> to_stamp(const Nullable<From>& from) {
  if (from.is_null()) return Nullable<To>::null();
  if (!from.is_known()) return Nullable<To>::unknown();
  return To{stamp_of(*from).value_or(infinite(*from))};
}

template <Moment A, typename Shift>
auto shift(const Nullable<A>& a, const Nullable<Interval>& b, Shift by) {
  using To = std::conditional_t<std::same_as<A, Date>, Timestamp, A>;
  if (a.is_null() || b.is_null()) return Nullable<To>::null();
  if (!a.is_known() || !b.is_known()) return Nullable<To>::unknown();
  const auto from = stamp_of(*a);
  if (!from) return Nullable<To>(To{infinite(*a)});
  const auto stamp = shifted(*from, (*b).span, by);
  return stamp ? Nullable<To>(To{*stamp}) : Nullable<To>::unknown();
}

}  // namespace detail

/// A span as a literal: `interval("1 year")`; what does not read as one is unknown.
Nullable<Interval> interval(std::string_view text);

// ---- arithmetic

template <detail::Moment A>
  requires(!std::same_as<A, Time>)
auto operator+(const Nullable<A>& a, const Nullable<Interval>& b) {
  return detail::shift(a, b, 1);
}
template <detail::Moment A>
  requires(!std::same_as<A, Time>)
auto operator-(const Nullable<A>& a, const Nullable<Interval>& b) {
  return detail::shift(a, b, -1);
}

/// Days after and before a date.
template <typename B>
  requires detail::Integer<detail::Lifted<B>>
Nullable<Date> operator+(const Nullable<Date>& a, const B& b) {
  const auto& days = detail::lift(b);
  if (a.is_null() || days.is_null()) return Nullable<Date>::null();
  if (!a.is_known() || !days.is_known()) return Nullable<Date>::unknown();
  if (!detail::stamp_of(*a)) return a;
  std::int32_t sum = 0;
  if (__builtin_add_overflow((*a).days, *days, &sum)) return Nullable<Date>::unknown();
  return Date{sum};
}
template <typename B>
  requires detail::Integer<detail::Lifted<B>>
Nullable<Date> operator-(const Nullable<Date>& a, const B& b) {
  return a + (-Nullable<std::int64_t>(detail::lift(b).map([](auto n) { return std::int64_t{n}; })));
}

/// The span between two time stamps, in days and hours.
template <detail::Stamp A>
Nullable<Interval> operator-(const Nullable<A>& a, const Nullable<A>& b) {
  if (a.is_null() || b.is_null()) return Nullable<Interval>::null();
  const auto later = a.is_known() ? detail::stamp_of(*a) : std::nullopt;
  const auto earlier = b.is_known() ? detail::stamp_of(*b) : std::nullopt;
  if (!later || !earlier) return Nullable<Interval>::unknown();
  const std::int64_t micros = *later - *earlier;
  return Interval{{.months = 0,
                   .days = static_cast<std::int32_t>(micros / value::kMicrosPerDay),
                   .micros = micros % value::kMicrosPerDay}};
}

/// Years, months and days from the second to the first, as PostgreSQL's age().
template <detail::Moment A, detail::Moment B>
Nullable<Interval> age(const Nullable<A>& a, const Nullable<B>& b) {
  if (a.is_null() || b.is_null()) return Nullable<Interval>::null();
  const auto later = a.is_known() ? detail::stamp_of(*a) : std::nullopt;
  const auto earlier = b.is_known() ? detail::stamp_of(*b) : std::nullopt;
  const auto span = later && earlier ? detail::age_between(*later, *earlier) : std::nullopt;
  return span ? Nullable<Interval>(Interval{*span}) : Nullable<Interval>::unknown();
}

// ---- parts

/// `extract(year from x)`: of fields that are none for x, unknown.
template <detail::Moment A>
Nullable<Decimal> extract(std::string_view field, const Nullable<A>& moment) {
  if (moment.is_null()) return Nullable<Decimal>::null();
  if (!moment.is_known()) return Nullable<Decimal>::unknown();
  if constexpr (std::same_as<A, Time>) {
    return detail::field_of_time(field, (*moment).micros);
  } else {
    if (std::same_as<A, Date> && detail::is_field_of_time(field)) {
      return Nullable<Decimal>::unknown();
    }
    const auto stamp = detail::stamp_of(*moment);
    return stamp ? detail::field_of(field, *stamp) : detail::field_of_infinity(field);
  }
}

/// The beginning of the year, month, week, day, ... of a moment.
template <detail::Moment A>
  requires(!std::same_as<A, Time>)
auto date_trunc(std::string_view unit, const Nullable<A>& moment) {
  using To = std::conditional_t<std::same_as<A, Date>, Timestamp, A>;
  if (moment.is_null()) return Nullable<To>::null();
  if (!moment.is_known()) return Nullable<To>::unknown();
  const auto from = detail::stamp_of(*moment);
  if (!from) return Nullable<To>(To{detail::infinite(*moment)});
  const auto stamp = detail::truncated(unit, *from);
  return stamp ? Nullable<To>(To{*stamp}) : Nullable<To>::unknown();
}

/// Whether a moment is neither `infinity` nor `-infinity`.
template <detail::Moment A>
Tri isfinite(const Nullable<A>& moment) {
  if (moment.is_null()) return Tri::null;
  return moment.is_known() ? to_tri(detail::stamp_of(*moment).has_value()) : Tri::unknown;
}

// ---- casts

/// The day of a moment, its time of day, and a date at its midnight.
template <detail::Moment A>
Nullable<Date> as_date(const Nullable<A>& moment) {
  const auto stamp = detail::to_stamp<Timestamp>(moment);
  return stamp.map([](Timestamp from) {
    if (from.micros == value::kForever) return Date{value::kForeverDays};
    if (from.micros == value::kNever) return Date{value::kNeverDays};
    const std::int64_t days = from.micros / value::kMicrosPerDay;
    return Date{
        static_cast<std::int32_t>(from.micros % value::kMicrosPerDay < 0 ? days - 1 : days)};
  });
}
template <detail::Stamp A>
Nullable<Time> as_time(const Nullable<A>& moment) {
  const auto stamp = detail::to_stamp<Timestamp>(moment);
  if (stamp.is_known() && !detail::stamp_of(*stamp)) return Nullable<Time>::unknown();
  return stamp.map([](Timestamp from) {
    const std::int64_t rest = from.micros % value::kMicrosPerDay;
    return Time{rest < 0 ? rest + value::kMicrosPerDay : rest};
  });
}
template <detail::Moment A>
Nullable<Timestamp> as_timestamp(const Nullable<A>& moment) {
  return detail::to_stamp<Timestamp>(moment);
}
template <detail::Moment A>
Nullable<Timestamptz> as_timestamptz(const Nullable<A>& moment) {
  return detail::to_stamp<Timestamptz>(moment);
}

}  // namespace sqlxc::rules
