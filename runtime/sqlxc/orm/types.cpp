#include <sqlxc/orm/types.h>

#include <sqlxc/value/calendar.h>

namespace sqlxc::orm {

using value::TimeError;

std::optional<Date> Date::parse(std::string_view text) {
  Date date;
  if (value::parse_date(text, date.days) != TimeError::none) return std::nullopt;
  return date;
}

std::optional<Time> Time::parse(std::string_view text) {
  value::TimeOfDay time;
  if (value::parse_time(text, time) != TimeError::none) return std::nullopt;
  return Time{time.micros};
}

std::optional<Timestamp> Timestamp::parse(std::string_view text) {
  Timestamp moment;
  if (value::parse_timestamp(text, false, moment.micros) != TimeError::none) return std::nullopt;
  return moment;
}

std::optional<Timestamptz> Timestamptz::parse(std::string_view text) {
  Timestamptz moment;
  if (value::parse_timestamp(text, true, moment.micros) != TimeError::none) return std::nullopt;
  return moment;
}

}  // namespace sqlxc::orm
