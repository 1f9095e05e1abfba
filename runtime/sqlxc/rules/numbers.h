#pragma once

#include <cmath>

#include <sqlxc/rules/functions.h>

// Functions of numbers. Of a decimal they give a decimal, of an integer what PostgreSQL gives:
// a double where it has no such function of integers.
namespace sqlxc::rules {

template <detail::Number T>
auto abs(const Nullable<T>& value) {
  if (value.is_known() && (value < 0) == Tri::yes) return Nullable<T>(-value);
  return value;
}

template <typename A, typename B>
  requires detail::Numbers<A, B>
auto mod(const A& a, const B& b) {
  return a % b;
}

namespace detail {

// Decimals to a scale: the nearest, the one above, below, or nearer to zero.
enum class Rounding : std::uint8_t { nearest, up, down, to_zero };
Nullable<Decimal> rounded(Decimal value, std::int64_t scale, Rounding rounding);

template <Rounding rounding, typename A>
auto whole(const A& number) {
  const auto& value = lift(number);
  using T = Lifted<A>;
  if constexpr (std::same_as<T, Decimal>) {
    if (!value.is_known()) return value;
    return rounded(*value, 0, rounding);
  } else {
    return value.map([](T given) {
      const double x = to_double(given);
      if constexpr (rounding == Rounding::nearest) return std::nearbyint(x);
      if constexpr (rounding == Rounding::up) return std::ceil(x);
      if constexpr (rounding == Rounding::down) return std::floor(x);
      return std::trunc(x);
    });
  }
}

}  // namespace detail

template <typename A>
auto round(const A& number) {
  return detail::whole<detail::Rounding::nearest>(number);
}
template <typename A>
auto ceil(const A& number) {
  return detail::whole<detail::Rounding::up>(number);
}
template <typename A>
auto floor(const A& number) {
  return detail::whole<detail::Rounding::down>(number);
}
template <typename A>
auto trunc(const A& number) {
  return detail::whole<detail::Rounding::to_zero>(number);
}

/// To so many fraction digits; of decimals and integers, as PostgreSQL's round(numeric, integer).
template <typename A>
  requires(!std::floating_point<detail::Lifted<A>>)
Nullable<Decimal> round(const A& number, std::int64_t scale) {
  const auto& value = detail::lift(number);
  if (value.is_null()) return Nullable<Decimal>::null();
  if (!value.is_known()) return Nullable<Decimal>::unknown();
  return detail::rounded(detail::to_decimal(*value), scale, detail::Rounding::nearest);
}
template <typename A>
  requires(!std::floating_point<detail::Lifted<A>>)
Nullable<Decimal> trunc(const A& number, std::int64_t scale) {
  const auto& value = detail::lift(number);
  if (value.is_null()) return Nullable<Decimal>::null();
  if (!value.is_known()) return Nullable<Decimal>::unknown();
  return detail::rounded(detail::to_decimal(*value), scale, detail::Rounding::to_zero);
}

/// -1, 0 or 1.
template <typename A>
Nullable<std::int32_t> sign(const A& number) {
  const auto& value = detail::lift(number);
  if (value.is_null()) return Nullable<std::int32_t>::null();
  const Tri is_positive = value > 0;
  if (is_positive == Tri::unknown) return Nullable<std::int32_t>::unknown();
  if (is_positive == Tri::yes) return std::int32_t{1};
  return (value < 0) == Tri::yes ? std::int32_t{-1} : std::int32_t{0};
}

/// A double; unknown for a negative number, which is an error.
template <typename A>
Nullable<double> sqrt(const A& number) {
  const auto value =
      detail::lift(number).map([](auto x) { return std::sqrt(detail::to_double(x)); });
  return value.is_known() && std::isnan(*value) ? Nullable<double>::unknown() : value;
}
template <typename A, typename B>
Nullable<double> power(const A& base, const B& exponent) {
  const auto& a = detail::lift(base);
  const auto& b = detail::lift(exponent);
  if (a.is_null() || b.is_null()) return Nullable<double>::null();
  if (!a.is_known() || !b.is_known()) return Nullable<double>::unknown();
  const double result = std::pow(detail::to_double(*a), detail::to_double(*b));
  return std::isfinite(result) ? Nullable<double>(result) : Nullable<double>::unknown();
}

/// `a / b` without its fraction, as PostgreSQL's div(numeric, numeric).
template <typename A, typename B>
  requires detail::Numbers<A, B>
auto div(const A& a, const B& b) {
  return trunc(a / b);
}

// ---- casts

/// To an integer of so many bytes: rounded half away from zero from a decimal, half to even from a
/// double, as PostgreSQL does; unknown where it does not fit, which is an error.
template <detail::Integer To, typename A>
Nullable<To> as_int(const A& number) {
  const auto& value = detail::lift(number);
  if (value.is_null()) return Nullable<To>::null();
  if (!value.is_known()) return Nullable<To>::unknown();
  using From = detail::Lifted<A>;
  if constexpr (std::same_as<From, Decimal>) {
    const auto whole = round(value);
    using Limits = std::numeric_limits<To>;
    const bool fits = whole.is_known() && (*whole).scale == 0 && (*whole).units >= Limits::min() &&
                      (*whole).units <= Limits::max();
    return fits ? Nullable<To>(static_cast<To>((*whole).units)) : Nullable<To>::unknown();
  } else if constexpr (std::floating_point<From>) {
    const double whole = std::nearbyint(static_cast<double>(*value));
    // The greatest of 64 bits is no double: what is next to it is left to the database.
    const double most =
        sizeof(To) == 8 ? 9e18 : static_cast<double>(std::numeric_limits<To>::max());
    const bool fits = whole >= -most && whole <= most;
    return fits ? Nullable<To>(static_cast<To>(whole)) : Nullable<To>::unknown();
  } else {
    return std::in_range<To>(*value) ? Nullable<To>(static_cast<To>(*value))
                                     : Nullable<To>::unknown();
  }
}
template <typename A>
Nullable<std::int16_t> as_int16(const A& number) {
  return as_int<std::int16_t>(number);
}
template <typename A>
Nullable<std::int32_t> as_int32(const A& number) {
  return as_int<std::int32_t>(number);
}
template <typename A>
Nullable<std::int64_t> as_int64(const A& number) {
  return as_int<std::int64_t>(number);
}
template <typename A>
Nullable<double> as_double(const A& number) {
  return detail::lift(number).map([](auto x) { return detail::to_double(x); });
}
template <typename A>
  requires(!std::floating_point<detail::Lifted<A>>)
Nullable<Decimal> as_decimal(const A& number) {
  return detail::lift(number).map([](auto x) { return detail::to_decimal(x); });
}

}  // namespace sqlxc::rules
