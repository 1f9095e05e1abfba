#include <sqlxc/rules/row.h>

#include <sqlxc/value/calendar.h>

#include <limits>

namespace sqlxc::rules {
namespace {

using value::Kind;
using value::TimeError;
using value::Value;

template <typename Int>
Nullable<Int> integer(const Value& value) {
  using Limits = std::numeric_limits<Int>;
  const bool fits = value.kind == Kind::integer && value.integer >= Limits::min() &&
                    value.integer <= Limits::max();
  return fits ? Nullable<Int>(static_cast<Int>(value.integer)) : Nullable<Int>::unknown();
}

template <typename T>
Nullable<T> timestamp(const Value& value, bool in_utc) {
  std::int64_t micros = 0;
  if (value.kind != Kind::text ||
      value::parse_timestamp(value.text, in_utc, micros) != TimeError::none) {
    return Nullable<T>::unknown();
  }
  return T{micros};
}

}  // namespace

template <>
Nullable<bool> Row::read(const Value& value) {
  return value.kind == Kind::boolean ? Nullable<bool>(value.integer != 0)
                                     : Nullable<bool>::unknown();
}

template <>
Nullable<std::int16_t> Row::read(const Value& value) {
  return integer<std::int16_t>(value);
}

template <>
Nullable<std::int32_t> Row::read(const Value& value) {
  return integer<std::int32_t>(value);
}

template <>
Nullable<std::int64_t> Row::read(const Value& value) {
  return integer<std::int64_t>(value);
}

template <>
Nullable<double> Row::read(const Value& value) {
  if (value.kind == Kind::real) return value.real;
  if (value.kind == Kind::integer) return static_cast<double>(value.integer);
  return Nullable<double>::unknown();
}

template <>
Nullable<float> Row::read(const Value& value) {
  return read<double>(value).map([](double number) { return static_cast<float>(number); });
}

template <>
Nullable<Decimal> Row::read(const Value& value) {
  if (value.kind == Kind::integer) return Decimal{.units = value.integer, .scale = 0};
  if (value.kind != Kind::decimal && value.kind != Kind::small_decimal) {
    return Nullable<Decimal>::unknown();
  }
  const auto number = Decimal::parse_cut(value.text);
  return number ? Nullable<Decimal>(*number) : Nullable<Decimal>::unknown();
}

template <>
Nullable<Text> Row::read(const Value& value) {
  return value.kind == Kind::text ? Nullable<Text>(Text(value.text)) : Nullable<Text>::unknown();
}

template <>
Nullable<Bytes> Row::read(const Value& value) {
  return value.kind == Kind::bytes ? Nullable<Bytes>(Bytes{value.text})
                                   : Nullable<Bytes>::unknown();
}

template <>
Nullable<Json> Row::read(const Value& value) {
  return value.kind == Kind::text ? Nullable<Json>(Json{value.text}) : Nullable<Json>::unknown();
}

template <>
Nullable<Array> Row::read(const Value& value) {
  return value.kind == Kind::text ? Nullable<Array>(Array{value.text}) : Nullable<Array>::unknown();
}

template <>
Nullable<Interval> Row::read(const Value& value) {
  Interval interval;
  const bool is_read = value.kind == Kind::text &&
                       value::parse_interval(value.text, interval.span) == TimeError::none;
  return is_read ? Nullable<Interval>(interval) : Nullable<Interval>::unknown();
}

template <>
Nullable<Date> Row::read(const Value& value) {
  std::int32_t days = 0;
  const bool is_date =
      value.kind == Kind::text && value::parse_date(value.text, days) == TimeError::none;
  return is_date ? Nullable<Date>(Date{days}) : Nullable<Date>::unknown();
}

template <>
Nullable<Time> Row::read(const Value& value) {
  value::TimeOfDay time;
  const bool is_time =
      value.kind == Kind::text && value::parse_time(value.text, time) == TimeError::none;
  return is_time ? Nullable<Time>(Time{time.micros}) : Nullable<Time>::unknown();
}

template <>
Nullable<Timestamp> Row::read(const Value& value) {
  return timestamp<Timestamp>(value, false);
}

template <>
Nullable<Timestamptz> Row::read(const Value& value) {
  return timestamp<Timestamptz>(value, true);
}

}  // namespace sqlxc::rules
