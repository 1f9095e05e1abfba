#include <sqlxc/rules/functions.h>

#include <sqlxc/value/calendar.h>

namespace sqlxc::rules {
Nullable<Decimal> decimal(std::string_view text) {
  const auto number = Decimal::parse_cut(text);
  return number ? Nullable<Decimal>(*number) : Nullable<Decimal>::unknown();
}

Nullable<Date> date(std::string_view text) {
  std::int32_t days = 0;
  if (value::parse_date(text, days) != value::TimeError::none) return Nullable<Date>::unknown();
  return Date{days};
}

Nullable<Time> time(std::string_view text) {
  value::TimeOfDay parsed;
  if (value::parse_time(text, parsed) != value::TimeError::none) return Nullable<Time>::unknown();
  return Time{parsed.micros};
}

Nullable<Timestamp> timestamp(std::string_view text) {
  std::int64_t micros = 0;
  if (value::parse_timestamp(text, false, micros) != value::TimeError::none) {
    return Nullable<Timestamp>::unknown();
  }
  return Timestamp{micros};
}

Nullable<Timestamptz> timestamptz(std::string_view text) {
  std::int64_t micros = 0;
  if (value::parse_timestamp(text, true, micros) != value::TimeError::none) {
    return Nullable<Timestamptz>::unknown();
  }
  return Timestamptz{micros};
}

}  // namespace sqlxc::rules
