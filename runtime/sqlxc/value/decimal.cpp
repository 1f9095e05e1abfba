#include <sqlxc/value/decimal.h>

#include <sqlxc/core/text.h>

#include <algorithm>
#include <charconv>

namespace sqlxc::value {
namespace {

constexpr int kMaxExponent = 1000;
constexpr std::size_t kMaxDigits = 38;
constexpr std::size_t kMaxScale = 37;
constexpr int kMaxPower = 38;

// A plain decimal taken apart; the integer part has no leading zeros.
struct Parts {
  bool is_negative = false;
  std::string_view integer;
  std::string_view fraction;
};

Parts take_apart(std::string_view plain) {
  Parts parts;
  parts.is_negative = plain.starts_with('-');
  if (parts.is_negative) plain.remove_prefix(1);
  parts.integer = split_off(plain, '.');
  parts.fraction = plain;
  while (parts.integer.starts_with('0')) parts.integer.remove_prefix(1);
  return parts;
}

bool is_zero(const Parts& parts) {
  return parts.integer.empty() && parts.fraction.find_first_not_of('0') == std::string_view::npos;
}

// Adds one to a string of digits; true if a one must be put before it.
bool increment(std::string& digits) {
  for (auto digit = digits.rbegin(); digit != digits.rend(); ++digit) {
    if (*digit != '9') {
      ++*digit;
      return false;
    }
    *digit = '0';
  }
  return true;
}

std::string assemble(bool is_negative, std::string_view integer, std::string_view fraction) {
  while (integer.size() > 1 && integer.starts_with('0')) integer.remove_prefix(1);
  std::string out;
  const bool is_nothing = integer.find_first_not_of('0') == integer.npos &&
                          fraction.find_first_not_of('0') == fraction.npos;
  if (is_negative && !is_nothing) out += '-';
  out += integer.empty() ? "0" : integer;
  if (!fraction.empty()) {
    out += '.';
    out += fraction;
  }
  return out;
}

std::optional<__int128> power_of_ten(int exponent) {
  if (exponent < 0 || exponent > kMaxPower) return std::nullopt;
  __int128 result = 1;
  for (int i = 0; i < exponent; ++i) result *= 10;
  return result;
}

std::optional<__int128> times(__int128 a, __int128 b) {
  __int128 result = 0;
  if (__builtin_mul_overflow(a, b, &result)) return std::nullopt;
  return result;
}

// Both in the larger of the two scales.
bool align(Decimal& a, Decimal& b) {
  Decimal& lower = a.scale < b.scale ? a : b;
  const int scale = std::max(a.scale, b.scale);
  const auto factor = power_of_ten(scale - lower.scale);
  const auto units = factor ? times(lower.units, *factor) : std::nullopt;
  if (!units) return false;
  lower.units = *units;
  lower.scale = scale;
  return true;
}

// A number in PostgreSQL's form: digits to the base of 10,000, of which the first that is not zero
// stands at `weight`.
struct Leading {
  int weight = 0;
  int digit = 0;
};

Leading leading_of(const Decimal& number) {
  std::string text;
  append_decimal(text, number);
  const Parts parts = take_apart(text);
  std::string digits(parts.integer);
  digits.insert(0, (4 - digits.size() % 4) % 4, '0');
  const auto groups_before = static_cast<int>(digits.size() / 4);
  digits += parts.fraction;
  digits.append((4 - digits.size() % 4) % 4, '0');
  for (std::size_t at = 0; at < digits.size(); at += 4) {
    const int digit = std::stoi(digits.substr(at, 4));
    if (digit != 0) return {.weight = groups_before - 1 - static_cast<int>(at / 4), .digit = digit};
  }
  return {};
}

// How many fraction digits a quotient has: select_div_scale() in PostgreSQL's numeric.c.
int quotient_scale(const Decimal& a, const Decimal& b) {
  const Leading dividend = leading_of(a);
  const Leading divisor = leading_of(b);
  int weight = dividend.weight - divisor.weight;
  if (dividend.digit <= divisor.digit) --weight;
  return std::clamp(std::max({16 - weight * 4, a.scale, b.scale}), 0, 1000);
}

std::strong_ordering compare_magnitudes(const Parts& a, const Parts& b) {
  if (a.integer.size() != b.integer.size()) return a.integer.size() <=> b.integer.size();
  if (const int order = a.integer.compare(b.integer); order != 0) return order <=> 0;
  const std::size_t shared = std::min(a.fraction.size(), b.fraction.size());
  if (const int order = a.fraction.substr(0, shared).compare(b.fraction.substr(0, shared));
      order != 0) {
    return order <=> 0;
  }
  const auto has_more = [shared](std::string_view fraction) {
    return fraction.substr(shared).find_first_not_of('0') != std::string_view::npos;
  };
  return has_more(a.fraction) <=> has_more(b.fraction);
}

}  // namespace

std::optional<std::string> plain_decimal(std::string_view text) {
  const bool is_negative = text.starts_with('-');
  if (is_negative || text.starts_with('+')) text.remove_prefix(1);
  const std::size_t mantissa_end = std::min(text.find_first_of("eE"), text.size());
  std::string_view rest = text.substr(0, mantissa_end);
  const std::string_view integer = split_off(rest, '.');
  std::string digits(integer);
  digits += rest;
  if (digits.empty() || !std::all_of(digits.begin(), digits.end(), is_digit)) return std::nullopt;

  int exponent = 0;
  if (mantissa_end < text.size()) {
    std::string_view written = text.substr(mantissa_end + 1);
    if (written.starts_with("+-")) return std::nullopt;
    if (written.starts_with('+')) written.remove_prefix(1);
    const auto number = parse_number<int>(written);
    if (!number) return std::nullopt;
    exponent = *number;
    if (exponent > kMaxExponent || exponent < -kMaxExponent) return std::nullopt;
  }
  auto point = static_cast<std::ptrdiff_t>(integer.size()) + exponent;
  if (point < 0) {
    digits.insert(0, static_cast<std::size_t>(-point), '0');
    point = 0;
  }
  const auto before = static_cast<std::size_t>(point);
  if (before > digits.size()) digits.append(before - digits.size(), '0');
  return assemble(is_negative, std::string_view(digits).substr(0, before),
                  std::string_view(digits).substr(before));
}

std::string round_decimal(std::string_view plain, int scale) {
  const Parts parts = take_apart(plain);
  if (scale >= 0 && parts.fraction.size() <= static_cast<std::size_t>(scale)) {
    std::string fraction(parts.fraction);
    fraction.append(static_cast<std::size_t>(scale) - fraction.size(), '0');
    return assemble(parts.is_negative, parts.integer, fraction);
  }
  std::string digits(parts.integer);
  digits += parts.fraction;
  const auto kept = static_cast<std::ptrdiff_t>(parts.integer.size()) + scale;
  if (kept < 0) return "0";
  const auto size = static_cast<std::size_t>(kept);
  const bool rounds_up = size < digits.size() && digits[size] >= '5';
  digits.resize(size);
  if (rounds_up && increment(digits)) digits.insert(0, 1, '1');
  if (scale <= 0) {
    digits.append(static_cast<std::size_t>(-scale), '0');
    return assemble(parts.is_negative, digits, {});
  }
  const std::size_t before = digits.size() - static_cast<std::size_t>(scale);
  return assemble(parts.is_negative, std::string_view(digits).substr(0, before),
                  std::string_view(digits).substr(before));
}

std::size_t integer_digits(std::string_view plain) { return take_apart(plain).integer.size(); }

std::strong_ordering compare_decimals(std::string_view a, std::string_view b) {
  const Parts left = take_apart(a);
  const Parts right = take_apart(b);
  const bool left_negative = left.is_negative && !is_zero(left);
  const bool right_negative = right.is_negative && !is_zero(right);
  if (left_negative != right_negative) return right_negative <=> left_negative;
  return left_negative ? compare_magnitudes(right, left) : compare_magnitudes(left, right);
}

std::optional<Decimal> Decimal::parse(std::string_view text) {
  const auto plain = plain_decimal(text);
  if (!plain) return std::nullopt;
  const Parts parts = take_apart(*plain);
  std::string digits(parts.integer);
  digits += parts.fraction;
  if (digits.size() > kMaxDigits) return std::nullopt;
  __int128 units = 0;
  for (const char digit : digits) units = units * 10 + (digit - '0');
  return Decimal{.units = parts.is_negative ? -units : units,
                 .scale = static_cast<int>(parts.fraction.size())};
}

std::optional<Decimal> Decimal::parse_cut(std::string_view text) {
  if (const auto number = parse(text)) return number;
  const auto plain = plain_decimal(text);
  if (!plain) return std::nullopt;
  const Parts parts = take_apart(*plain);
  const std::size_t before = parts.integer.size();
  std::string digits(before > kMaxDigits ? std::string(kMaxDigits, '9')
                                         : std::string(parts.integer));
  const std::size_t scale = before > kMaxDigits ? 0 : std::min(kMaxDigits - before, kMaxScale);
  digits += parts.fraction.substr(0, scale);
  Decimal cut{.units = 0, .scale = static_cast<int>(scale), .is_cut = true};
  for (const char digit : digits) cut.units = cut.units * 10 + (digit - '0');
  const bool is_whole =
      before <= kMaxDigits && parts.fraction.substr(scale).find_first_not_of('0') == text.npos;
  if (is_whole) cut.is_cut = false;
  // What is cut down to nothing is told from zero by its sign alone, which zero does not have.
  if (cut.is_cut && cut.units == 0) return std::nullopt;
  if (parts.is_negative) cut.units = -cut.units;
  return cut;
}

double Decimal::to_double() const {
  std::string text;
  append_decimal(text, *this);
  double result = 0;
  std::from_chars(text.data(), text.data() + text.size(), result);
  return result;
}

std::optional<Decimal> add(Decimal a, Decimal b) {
  __int128 units = 0;
  if (a.is_cut || b.is_cut) return std::nullopt;
  if (!align(a, b) || __builtin_add_overflow(a.units, b.units, &units)) return std::nullopt;
  return Decimal{.units = units, .scale = a.scale};
}

std::optional<Decimal> subtract(Decimal a, Decimal b) {
  __int128 units = 0;
  if (a.is_cut || b.is_cut) return std::nullopt;
  if (!align(a, b) || __builtin_sub_overflow(a.units, b.units, &units)) return std::nullopt;
  return Decimal{.units = units, .scale = a.scale};
}

std::optional<Decimal> multiply(Decimal a, Decimal b) {
  if (a.is_cut || b.is_cut) return std::nullopt;
  const auto units = times(a.units, b.units);
  if (!units || a.scale + b.scale > kMaxPower) return std::nullopt;
  return Decimal{.units = *units, .scale = a.scale + b.scale};
}

std::optional<Decimal> divide(Decimal a, Decimal b) {
  if (a.is_cut || b.is_cut || b.units == 0) return std::nullopt;
  const int scale = quotient_scale(a, b);
  if (scale > static_cast<int>(kMaxScale) || !align(a, b)) return std::nullopt;
  const bool is_negative = (a.units < 0) != (b.units < 0);
  const __int128 divisor = b.units < 0 ? -b.units : b.units;
  __int128 rest = a.units < 0 ? -a.units : a.units;
  __int128 units = rest / divisor;
  rest %= divisor;
  for (int i = 0; i < scale; ++i) {
    const auto next = times(rest, 10);
    const auto shifted = times(units, 10);
    if (!next || !shifted) return std::nullopt;
    units = *shifted + *next / divisor;
    rest = *next % divisor;
  }
  if (rest >= divisor - rest) ++units;
  return Decimal{.units = is_negative ? -units : units, .scale = scale};
}

std::optional<Decimal> modulo(Decimal a, Decimal b) {
  if (a.is_cut || b.is_cut || b.units == 0 || !align(a, b)) return std::nullopt;
  return Decimal{.units = a.units % b.units, .scale = a.scale};
}

std::optional<std::strong_ordering> compare(Decimal a, Decimal b) {
  const bool is_cut = a.is_cut || b.is_cut;
  if (is_cut && (a.units < 0) != (b.units < 0)) return a.units <=> b.units;
  if (!align(a, b)) {
    // What has no room for the scale of the other is the greater one.
    if (!is_cut) return std::nullopt;
    return a.to_double() < b.to_double() ? std::strong_ordering::less
                                         : std::strong_ordering::greater;
  }
  if (a.units != b.units || !is_cut) return a.units <=> b.units;
  if (a.is_cut && b.is_cut) return std::nullopt;
  return a.is_cut == (a.units > 0) ? std::strong_ordering::greater : std::strong_ordering::less;
}

void append_decimal(std::string& out, Decimal value) {
  char digits[48];
  char* const end = digits + sizeof digits;
  char* at = end;
  auto units = static_cast<unsigned __int128>(value.units);
  if (value.units < 0) units = 0 - units;
  for (int count = 0; units > 0 || count <= value.scale; ++count) {
    if (count > 0 && count == value.scale) *--at = '.';
    *--at = static_cast<char>('0' + static_cast<int>(units % 10));
    units /= 10;
  }
  if (value.units < 0) *--at = '-';
  out.append(at, static_cast<std::size_t>(end - at));
}

}  // namespace sqlxc::value
