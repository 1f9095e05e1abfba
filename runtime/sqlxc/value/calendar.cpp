#include <sqlxc/value/calendar.h>

#include <sqlxc/core/text.h>

#include <algorithm>

namespace sqlxc::value {
namespace {

constexpr std::int32_t kFirstDay = -719162;  // 0001-01-01
constexpr std::int32_t kLastDay = 2932896;   // 9999-12-31

// Reads a text from its front.
struct Scanner {
  std::string_view rest;

  bool take(char c) {
    if (!rest.starts_with(c)) return false;
    rest.remove_prefix(1);
    return true;
  }
  // From `least` to `most` digits as a number, or -1 and nothing taken.
  std::int32_t digits(std::size_t least, std::size_t most) {
    std::size_t count = 0;
    std::int32_t value = 0;
    while (count < most && count < rest.size() && is_digit(rest[count])) {
      value = value * 10 + (rest[count++] - '0');
    }
    if (count < least) return -1;
    rest.remove_prefix(count);
    return value;
  }
  bool take_word(std::string_view word) {
    if (rest.size() < word.size() || !equals_ignoring_case(rest.substr(0, word.size()), word)) {
      return false;
    }
    rest.remove_prefix(word.size());
    return true;
  }
  void skip_spaces() { rest = trim(rest); }
};

// The digits after a point as millionths, rounded; -1 if there are none.
std::int64_t read_fraction(Scanner& in) {
  std::size_t count = 0;
  std::int64_t micros = 0;
  bool rounds_up = false;
  for (; count < in.rest.size() && is_digit(in.rest[count]); ++count) {
    const int digit = in.rest[count] - '0';
    if (count < 6) micros = micros * 10 + digit;
    if (count == 6) rounds_up = digit >= 5;
  }
  if (count == 0) return -1;
  for (std::size_t i = count; i < 6; ++i) micros *= 10;
  in.rest.remove_prefix(count);
  return micros + (rounds_up ? 1 : 0);
}

bool is_leap(std::int32_t year) { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }

std::int32_t days_in(std::int32_t year, std::int32_t month) {
  static constexpr std::int32_t kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return kDays[month - 1] + (month == 2 && is_leap(year) ? 1 : 0);
}

TimeError read_date(Scanner& in, std::int32_t& days) {
  std::int32_t year = -1;
  std::int32_t month = -1;
  std::int32_t day = -1;
  const auto leading = std::find_if_not(in.rest.begin(), in.rest.end(), is_digit);
  if (leading - in.rest.begin() == 8) {
    year = in.digits(4, 4);
    month = in.digits(2, 2);
    day = in.digits(2, 2);
  } else {
    year = in.digits(4, 6);
    if (year < 0 || !in.take('-')) return TimeError::syntax;
    month = in.digits(1, 2);
    if (month < 0 || !in.take('-')) return TimeError::syntax;
    day = in.digits(1, 2);
    if (day < 0) return TimeError::syntax;
  }
  if (year < 1 || year > 9999 || month < 1 || month > 12) return TimeError::range;
  if (day < 1 || day > days_in(year, month)) return TimeError::range;
  days = days_from_civil(year, month, day);
  return TimeError::none;
}

TimeError read_offset(Scanner& in, std::optional<std::int32_t>& offset) {
  in.skip_spaces();
  if (in.rest.empty()) return TimeError::none;
  if (in.take_word("UTC") || in.take_word("GMT") || in.take_word("Z")) {
    offset = 0;
    return in.rest.empty() ? TimeError::none : TimeError::syntax;
  }
  const bool is_west = in.rest.starts_with('-');
  if (!in.take('+') && !in.take('-')) return TimeError::syntax;
  const std::int32_t hours = in.digits(1, 2);
  if (hours < 0) return TimeError::syntax;
  std::int32_t minutes = 0;
  std::int32_t seconds = 0;
  const bool has_colon = in.take(':');
  if (has_colon || !in.rest.empty()) minutes = in.digits(2, 2);
  if (has_colon && in.take(':')) seconds = in.digits(2, 2);
  if (minutes < 0 || seconds < 0 || !in.rest.empty()) return TimeError::syntax;
  if (hours > 15 || minutes > 59 || seconds > 59) return TimeError::range;
  const std::int32_t total = hours * 3600 + minutes * 60 + seconds;
  offset = is_west ? -total : total;
  return TimeError::none;
}

TimeError read_time(Scanner& in, TimeOfDay& time) {
  std::int32_t hour = -1;
  std::int32_t minute = -1;
  std::int32_t second = 0;
  std::int64_t fraction = 0;
  const auto leading = std::find_if_not(in.rest.begin(), in.rest.end(), is_digit);
  const bool is_compact = leading - in.rest.begin() >= 4;
  hour = in.digits(is_compact ? 2 : 1, 2);
  if (hour < 0 || (!is_compact && !in.take(':'))) return TimeError::syntax;
  minute = in.digits(2, 2);
  if (minute < 0) return TimeError::syntax;
  const bool has_second = is_compact ? !in.rest.empty() && is_digit(in.rest.front()) : in.take(':');
  if (has_second) {
    second = in.digits(2, 2);
    if (second < 0) return TimeError::syntax;
    if (in.take('.') || in.take(',')) fraction = read_fraction(in);
    if (fraction < 0) return TimeError::syntax;
  }
  in.skip_spaces();
  const bool is_am = in.take_word("AM");
  const bool is_pm = !is_am && in.take_word("PM");
  if ((is_am || is_pm) && (hour < 1 || hour > 12)) return TimeError::range;
  if (is_am && hour == 12) hour = 0;
  if (is_pm && hour != 12) hour += 12;
  if (hour > 24 || minute > 59 || second > 60) return TimeError::range;
  time.micros = (hour * 3600LL + minute * 60LL + second) * kMicrosPerSecond + fraction;
  if (time.micros > kMicrosPerDay) return TimeError::range;
  return read_offset(in, time.offset_seconds);
}

void append_padded(std::string& out, std::int64_t value, int width) {
  char digits[20];
  for (int i = width - 1; i >= 0; --i) {
    digits[i] = static_cast<char>('0' + value % 10);
    value /= 10;
  }
  out.append(digits, static_cast<std::size_t>(width));
}

std::int32_t infinite(std::string_view text) {
  if (equals_ignoring_case(text, "infinity") || equals_ignoring_case(text, "+infinity")) return 1;
  return equals_ignoring_case(text, "-infinity") ? -1 : 0;
}

}  // namespace

// Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms".
std::int32_t days_from_civil(std::int32_t year, std::int32_t month, std::int32_t day) {
  year -= month <= 2 ? 1 : 0;
  const std::int32_t era = (year >= 0 ? year : year - 399) / 400;
  const std::int32_t year_of_era = year - era * 400;
  const std::int32_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  const std::int32_t day_of_era =
      year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return era * 146097 + day_of_era - 719468;
}

Civil civil_from_days(std::int32_t days) {
  days += 719468;
  const std::int32_t era = (days >= 0 ? days : days - 146096) / 146097;
  const std::int32_t day_of_era = days - era * 146097;
  const std::int32_t year_of_era =
      (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  const std::int32_t day_of_year =
      day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const std::int32_t shifted = (5 * day_of_year + 2) / 153;
  const std::int32_t month = shifted + (shifted < 10 ? 3 : -9);
  return {.year = year_of_era + era * 400 + (month <= 2 ? 1 : 0),
          .month = month,
          .day = day_of_year - (153 * shifted + 2) / 5 + 1};
}

TimeError parse_date(std::string_view text, std::int32_t& days) {
  Scanner in{trim(text)};
  if (const int sign = infinite(in.rest); sign != 0) {
    days = sign > 0 ? kForeverDays : kNeverDays;
    return TimeError::none;
  }
  if (const TimeError error = read_date(in, days); error != TimeError::none) return error;
  if (in.rest.empty()) return TimeError::none;
  if (!in.take('T') && !in.take('t') && !in.take(' ')) return TimeError::syntax;
  in.skip_spaces();
  TimeOfDay dropped;
  return read_time(in, dropped);
}

TimeError parse_time(std::string_view text, TimeOfDay& time) {
  Scanner in{trim(text)};
  if (!in.take('T')) in.take('t');
  time = {};
  return read_time(in, time);
}

TimeError parse_timestamp(std::string_view text, bool in_utc, std::int64_t& micros) {
  Scanner in{trim(text)};
  if (const int sign = infinite(in.rest); sign != 0) {
    micros = sign > 0 ? kForever : kNever;
    return TimeError::none;
  }
  std::int32_t days = 0;
  if (const TimeError error = read_date(in, days); error != TimeError::none) return error;
  TimeOfDay time;
  if (!in.rest.empty()) {
    if (!in.take('T') && !in.take('t') && !in.take(' ')) return TimeError::syntax;
    in.skip_spaces();
    if (const TimeError error = read_time(in, time); error != TimeError::none) return error;
  }
  micros = days * kMicrosPerDay + time.micros;
  if (in_utc) micros -= time.offset_seconds.value_or(0) * kMicrosPerSecond;
  const bool fits = micros >= kFirstDay * kMicrosPerDay && micros < (kLastDay + 1) * kMicrosPerDay;
  return fits ? TimeError::none : TimeError::range;
}

void append_date(std::string& out, std::int32_t days) {
  if (days == kForeverDays || days == kNeverDays) {
    out += days == kForeverDays ? "infinity" : "-infinity";
    return;
  }
  const Civil civil = civil_from_days(days);
  append_padded(out, civil.year, 4);
  out += '-';
  append_padded(out, civil.month, 2);
  out += '-';
  append_padded(out, civil.day, 2);
}

void append_time(std::string& out, std::int64_t micros) {
  const std::int64_t seconds = micros / kMicrosPerSecond;
  append_padded(out, seconds / 3600, 2);
  out += ':';
  append_padded(out, seconds / 60 % 60, 2);
  out += ':';
  append_padded(out, seconds % 60, 2);
  const std::int64_t fraction = micros % kMicrosPerSecond;
  if (fraction == 0) return;
  out += '.';
  append_padded(out, fraction, 6);
  while (out.ends_with('0')) out.pop_back();
}

void append_offset(std::string& out, std::int32_t seconds) {
  out += seconds < 0 ? '-' : '+';
  const std::int32_t size = seconds < 0 ? -seconds : seconds;
  append_padded(out, size / 3600, 2);
  if (size % 3600 == 0) return;
  out += ':';
  append_padded(out, size / 60 % 60, 2);
  if (size % 60 == 0) return;
  out += ':';
  append_padded(out, size % 60, 2);
}

void append_timestamp(std::string& out, std::int64_t micros, char separator) {
  if (micros == kForever || micros == kNever) {
    out += micros == kForever ? "infinity" : "-infinity";
    return;
  }
  std::int64_t days = micros / kMicrosPerDay;
  std::int64_t time = micros % kMicrosPerDay;
  if (time < 0) {
    time += kMicrosPerDay;
    --days;
  }
  append_date(out, static_cast<std::int32_t>(days));
  out += separator;
  append_time(out, time);
}

}  // namespace sqlxc::value
