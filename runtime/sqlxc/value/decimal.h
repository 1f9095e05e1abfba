#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

// Exact decimals: as texts of any length (normalising, rounding and comparing what is stored) and
// as numbers of up to 38 digits for the rules.
namespace sqlxc::value {

/// The plain form of a decimal: `-12.50`, no exponent, no leading zeros, the written fraction kept.
/// Empty if `text` is not a number; exponents may not ask for more than 1,000 digits on either
/// side.
std::optional<std::string> plain_decimal(std::string_view text);

/// `plain` (of plain_decimal) rounded half away from zero to `scale` fraction digits, padded with
/// zeros to just that many. A negative scale rounds to tens.
std::string round_decimal(std::string_view plain, int scale);

/// The digits of a plain decimal before the point, without leading zeros: 2 of `12.50`, 0 of `0.5`.
std::size_t integer_digits(std::string_view plain);

/// Compares two plain decimals as numbers.
std::strong_ordering compare_decimals(std::string_view a, std::string_view b);

/// A number of up to 38 digits: units / 10^scale.
struct Decimal {
  __int128 units = 0;
  int scale = 0;        // 0 to 37
  bool is_cut = false;  // the number is farther from zero than that, but before the next such one

  /// From a literal of the schema: `Decimal("12.50")`. What does not fit becomes no value.
  static std::optional<Decimal> parse(std::string_view text);
  /// The same, and of what does not fit as many digits as do: enough to compare it.
  static std::optional<Decimal> parse_cut(std::string_view text);
  double to_double() const;
};

/// Results that need more than 38 digits are empty, and so are those of numbers that were cut.
std::optional<Decimal> add(Decimal a, Decimal b);
std::optional<Decimal> subtract(Decimal a, Decimal b);
std::optional<Decimal> multiply(Decimal a, Decimal b);
/// With the scale that PostgreSQL gives a quotient, rounded half away from zero; empty for a zero.
std::optional<Decimal> divide(Decimal a, Decimal b);
/// What is left by the division, with the sign of `a`.
std::optional<Decimal> modulo(Decimal a, Decimal b);
std::optional<std::strong_ordering> compare(Decimal a, Decimal b);
void append_decimal(std::string& out, Decimal value);

}  // namespace sqlxc::value
