#include <sqlxc/core/text.h>
#include <sqlxc/value/calendar.h>

#include <algorithm>
#include <array>
#include <limits>

// Intervals, after PostgreSQL's interval_in and interval_out (src/backend/utils/adt/datetime.c,
// DecodeInterval, DecodeISO8601Interval, EncodeInterval).
namespace sqlxc::value {
namespace {

constexpr std::int64_t kMillionths = 1'000'000;
constexpr std::int64_t kMicrosPerHour = 3600 * kMicrosPerSecond;
constexpr std::int64_t kMicrosPerMinute = 60 * kMicrosPerSecond;

// A number with its fraction in millionths; both carry the sign.
struct Amount {
  std::int64_t whole = 0;
  std::int64_t fraction = 0;
};

enum class Part : std::uint8_t { months, days, micros };

struct Unit {
  std::string_view name;  // without a plural s
  Part part;
  std::int64_t size;
};

constexpr std::array kUnits = {
    Unit{"microsecond", Part::micros, 1},
    Unit{"usec", Part::micros, 1},
    Unit{"us", Part::micros, 1},
    Unit{"millisecond", Part::micros, 1000},
    Unit{"msec", Part::micros, 1000},
    Unit{"ms", Part::micros, 1000},
    Unit{"second", Part::micros, kMicrosPerSecond},
    Unit{"sec", Part::micros, kMicrosPerSecond},
    Unit{"s", Part::micros, kMicrosPerSecond},
    Unit{"minute", Part::micros, kMicrosPerMinute},
    Unit{"min", Part::micros, kMicrosPerMinute},
    Unit{"m", Part::micros, kMicrosPerMinute},
    Unit{"hour", Part::micros, kMicrosPerHour},
    Unit{"hr", Part::micros, kMicrosPerHour},
    Unit{"h", Part::micros, kMicrosPerHour},
    Unit{"day", Part::days, 1},
    Unit{"d", Part::days, 1},
    Unit{"week", Part::days, 7},
    Unit{"w", Part::days, 7},
    Unit{"month", Part::months, 1},
    Unit{"mon", Part::months, 1},
    Unit{"year", Part::months, 12},
    Unit{"yr", Part::months, 12},
    Unit{"y", Part::months, 12},
    Unit{"decade", Part::months, 120},
    Unit{"century", Part::months, 1200},
    Unit{"centurie", Part::months, 1200},
    Unit{"millennium", Part::months, 12000},
    Unit{"millennia", Part::months, 12000},
};

const Unit* find_unit(std::string_view name) {
  const auto named = [](std::string_view wanted) {
    return std::find_if(kUnits.begin(), kUnits.end(), [wanted](const Unit& unit) {
      return equals_ignoring_case(unit.name, wanted);
    });
  };
  auto found = named(name);
  if (found == kUnits.end() && name.size() > 1 && to_lower(name.back()) == 's') {
    found = named(name.substr(0, name.size() - 1));
  }
  return found == kUnits.end() ? nullptr : &*found;
}

// The three sums, watched for overflow.
class Sum {
 public:
  void add(Amount amount, const Unit& unit) {
    switch (unit.part) {
      case Part::micros:
        add_to(micros_, amount.whole, unit.size);
        add_micros_of(amount.fraction, unit.size);
        return;
      case Part::days:
        add_to(days_, amount.whole, unit.size);
        add_day_fraction(amount.fraction * unit.size);
        return;
      case Part::months: {
        add_to(months_, amount.whole, unit.size);
        if (unit.size == 1) {
          add_day_fraction(amount.fraction * 30);
        } else {
          const std::int64_t scaled = amount.fraction * unit.size;
          const std::int64_t half = scaled < 0 ? -kMillionths / 2 : kMillionths / 2;
          add_to(months_, (scaled + half) / kMillionths, 1);
        }
        return;
      }
    }
  }

  void negate() {
    months_ = -months_;
    days_ = -days_;
    micros_ = -micros_;
  }

  TimeError finish(Interval& interval) const {
    using Limits = std::numeric_limits<std::int32_t>;
    const auto fits = [](std::int64_t value) {
      return value >= Limits::min() && value <= Limits::max();
    };
    if (overflowed_ || !fits(months_) || !fits(days_)) return TimeError::range;
    interval = {.months = static_cast<std::int32_t>(months_),
                .days = static_cast<std::int32_t>(days_),
                .micros = micros_};
    return TimeError::none;
  }

 private:
  void add_to(std::int64_t& sum, std::int64_t count, std::int64_t size) {
    std::int64_t product = 0;
    // One short of the least number, so that every sum can be negated.
    if (__builtin_mul_overflow(count, size, &product) ||
        __builtin_add_overflow(sum, product, &sum) ||
        sum == std::numeric_limits<std::int64_t>::min()) {
      overflowed_ = true;
      sum = 0;
    }
  }
  void add_micros_of(std::int64_t fraction, std::int64_t size) {
    const __int128 scaled = static_cast<__int128>(fraction) * size;
    const __int128 half = scaled < 0 ? -kMillionths / 2 : kMillionths / 2;
    add_to(micros_, static_cast<std::int64_t>((scaled + half) / kMillionths), 1);
  }
  void add_day_fraction(std::int64_t millionths) {
    add_to(days_, millionths / kMillionths, 1);
    add_micros_of(millionths % kMillionths, kMicrosPerDay);
  }

  std::int64_t months_ = 0;
  std::int64_t days_ = 0;
  std::int64_t micros_ = 0;
  bool overflowed_ = false;
};

// Takes a number from the front; false if there is none or it is too long.
bool take_amount(std::string_view& rest, Amount& amount) {
  std::size_t at = 0;
  const bool is_negative = rest.starts_with('-');
  if (is_negative || rest.starts_with('+')) ++at;
  const std::size_t first = at;
  while (at < rest.size() && is_digit(rest[at])) ++at;
  const std::string_view whole = rest.substr(first, at - first);
  std::string_view fraction;
  if (at < rest.size() && (rest[at] == '.' || rest[at] == ',')) {
    const std::size_t start = ++at;
    while (at < rest.size() && is_digit(rest[at])) ++at;
    fraction = rest.substr(start, at - start);
  }
  if (whole.size() + fraction.size() == 0 || whole.size() > 18) return false;
  amount.whole = whole.empty() ? 0 : *parse_number<std::int64_t>(whole);
  amount.fraction = 0;
  for (std::size_t i = 0; i < 6; ++i) {
    amount.fraction = amount.fraction * 10 + (i < fraction.size() ? fraction[i] - '0' : 0);
  }
  if (fraction.size() > 6 && fraction[6] >= '5') ++amount.fraction;
  if (is_negative) amount = {.whole = -amount.whole, .fraction = -amount.fraction};
  rest.remove_prefix(at);
  return true;
}

std::string_view take_word(std::string_view& rest) {
  std::size_t size = 0;
  while (size < rest.size() && to_lower(rest[size]) >= 'a' && to_lower(rest[size]) <= 'z') ++size;
  const std::string_view word = rest.substr(0, size);
  rest.remove_prefix(size);
  return word;
}

// `04:05`, `04:05:06.7`, with a sign before it.
bool add_clock(std::string_view word, Sum& sum) {
  const bool is_negative = word.starts_with('-');
  if (is_negative || word.starts_with('+')) word.remove_prefix(1);
  std::array<Amount, 3> amounts;
  std::size_t count = 0;
  while (count < 3) {
    if (word.starts_with('-') || word.starts_with('+')) return false;
    if (!take_amount(word, amounts[count++])) return false;
    if (word.empty()) break;
    if (!word.starts_with(':')) return false;
    word.remove_prefix(1);
  }
  if (!word.empty() || count < 2) return false;
  for (std::size_t i = 0; i < count; ++i) {
    if (i > 0 && amounts[i].whole > 59) return false;
    if (is_negative) amounts[i] = {.whole = -amounts[i].whole, .fraction = -amounts[i].fraction};
    sum.add(amounts[i], *find_unit(i == 0 ? "hour" : i == 1 ? "minute" : "second"));
  }
  return true;
}

TimeError parse_iso(std::string_view rest, Interval& interval) {
  rest.remove_prefix(1);
  if (rest.empty()) return TimeError::syntax;
  Sum sum;
  bool in_time = false;
  while (!rest.empty()) {
    if (!in_time && rest.starts_with('T')) {
      in_time = true;
      rest.remove_prefix(1);
      if (rest.empty()) return TimeError::syntax;
    }
    Amount amount;
    if (!take_amount(rest, amount) || rest.empty()) return TimeError::syntax;
    const char letter = rest.front();
    rest.remove_prefix(1);
    const std::string_view name = in_time         ? letter == 'H'   ? "hour"
                                                    : letter == 'M' ? "minute"
                                                    : letter == 'S' ? "second"
                                                                    : ""
                                  : letter == 'Y' ? "year"
                                  : letter == 'M' ? "month"
                                  : letter == 'W' ? "week"
                                  : letter == 'D' ? "day"
                                                  : "";
    if (name.empty()) return TimeError::syntax;
    sum.add(amount, *find_unit(name));
  }
  return sum.finish(interval);
}

// `1-2`, one year and two months.
bool add_year_month(std::string_view word, Sum& sum) {
  const bool is_negative = word.starts_with('-');
  if (is_negative || word.starts_with('+')) word.remove_prefix(1);
  const auto years = parse_number<std::int32_t>(split_off(word, '-'));
  const auto months = parse_number<std::int32_t>(word);
  if (!years || !months || *years < 0 || *months < 0 || *months > 11) return false;
  const std::int64_t total = std::int64_t{*years} * 12 + *months;
  sum.add({.whole = is_negative ? -total : total}, *find_unit("month"));
  return true;
}

}  // namespace

TimeError parse_interval(std::string_view text, Interval& interval) {
  std::string_view rest = trim(text);
  if (rest.starts_with('P')) return parse_iso(rest, interval);
  Sum sum;
  bool has_part = false;
  if (rest.starts_with('@')) rest = trim(rest.substr(1));
  while (!rest.empty()) {
    if (has_part && equals_ignoring_case(rest, "ago")) {
      sum.negate();
      break;
    }
    const std::string_view word = rest.substr(0, rest.find(' '));
    has_part = true;
    if (word.find(':') != word.npos) {
      if (!add_clock(word, sum)) return TimeError::syntax;
      rest.remove_prefix(word.size());
    } else if (word.find('-', 1) != word.npos) {
      if (!add_year_month(word, sum)) return TimeError::syntax;
      rest.remove_prefix(word.size());
    } else {
      Amount amount;
      if (!take_amount(rest, amount)) return TimeError::syntax;
      rest = trim(rest);
      const std::string_view name = take_word(rest);
      const Unit* unit = find_unit(name.empty() && rest.empty() ? "second" : name);
      if (unit == nullptr) return TimeError::syntax;
      sum.add(amount, *unit);
    }
    rest = trim(rest);
  }
  return has_part ? sum.finish(interval) : TimeError::syntax;
}

void append_interval(std::string& out, const Interval& interval) {
  bool is_first = true;
  bool was_negative = false;
  const auto part = [&](std::int32_t value, std::string_view name) {
    if (value == 0) return;
    if (!is_first) out += ' ';
    if (was_negative && value > 0) out += '+';
    append_number(out, value);
    out += ' ';
    out += name;
    if (value != 1) out += 's';
    is_first = false;
    was_negative = value < 0;
  };
  part(interval.months / 12, "year");
  part(interval.months % 12, "mon");
  part(interval.days, "day");
  if (interval.micros == 0 && !is_first) return;
  if (!is_first) out += ' ';
  if (interval.micros < 0) {
    out += '-';
  } else if (was_negative) {
    out += '+';
  }
  const std::int64_t size = interval.micros < 0 ? -interval.micros : interval.micros;
  const std::int64_t hours = size / kMicrosPerHour;
  if (hours < 100) {
    append_time(out, size);
    return;
  }
  append_number(out, hours);
  std::string rest;
  append_time(rest, size % kMicrosPerHour);
  out += std::string_view(rest).substr(2);
}

}  // namespace sqlxc::value
