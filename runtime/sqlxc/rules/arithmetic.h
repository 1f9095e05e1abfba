#pragma once

#include <cmath>
#include <limits>

#include <sqlxc/rules/nullable.h>

// + - * / % and unary minus of SQL on Nullable numbers, dates and time stamps. Integers keep the
// wider of the two types, as in PostgreSQL; what overflows, and a division by zero, is unknown: the
// database will say what it thinks of it.
namespace sqlxc::rules {

namespace detail {

enum class Operation : std::uint8_t { add, subtract, multiply, divide, modulo };

template <typename A, typename B>
struct Common {
  using Type = double;
};
template <Integer A, Integer B>
struct Common<A, B> {
  using Type = std::conditional_t<(sizeof(A) > sizeof(B)), A, B>;
};
template <Integer A>
struct Common<A, Decimal> {
  using Type = Decimal;
};
template <Integer B>
struct Common<Decimal, B> {
  using Type = Decimal;
};
template <>
struct Common<Decimal, Decimal> {
  using Type = Decimal;
};

template <Operation op, Integer T>
std::optional<T> compute(T a, T b) {
  T result{};
  if constexpr (op == Operation::add) {
    if (__builtin_add_overflow(a, b, &result)) return std::nullopt;
  } else if constexpr (op == Operation::subtract) {
    if (__builtin_sub_overflow(a, b, &result)) return std::nullopt;
  } else if constexpr (op == Operation::multiply) {
    if (__builtin_mul_overflow(a, b, &result)) return std::nullopt;
  } else {
    if (b == 0 || (b == -1 && a == std::numeric_limits<T>::min())) return std::nullopt;
    result = static_cast<T>(op == Operation::divide ? a / b : a % b);
  }
  return result;
}

template <Operation op>
std::optional<double> compute(double a, double b) {
  double result = 0;
  if constexpr (op == Operation::add) result = a + b;
  if constexpr (op == Operation::subtract) result = a - b;
  if constexpr (op == Operation::multiply) result = a * b;
  if constexpr (op == Operation::divide) result = a / b;
  if constexpr (op == Operation::modulo) result = std::fmod(a, b);
  return std::isfinite(result) ? std::optional(result) : std::nullopt;
}

template <Operation op>
std::optional<Decimal> compute(Decimal a, Decimal b) {
  if constexpr (op == Operation::add) return value::add(a, b);
  if constexpr (op == Operation::subtract) return value::subtract(a, b);
  if constexpr (op == Operation::multiply) return value::multiply(a, b);
  if constexpr (op == Operation::divide) return value::divide(a, b);
  if constexpr (op == Operation::modulo) return value::modulo(a, b);
  return std::nullopt;
}

template <Operation op, typename A, typename B>
auto arithmetic(const A& a, const B& b) {
  using Result = typename Common<Lifted<A>, Lifted<B>>::Type;
  const auto& left = lift(a);
  const auto& right = lift(b);
  if (left.is_null() || right.is_null()) return Nullable<Result>::null();
  if (!left.is_known() || !right.is_known()) return Nullable<Result>::unknown();
  std::optional<Result> result;
  if constexpr (std::same_as<Result, Decimal>) {
    result = compute<op>(to_decimal(*left), to_decimal(*right));
  } else if constexpr (std::same_as<Result, double>) {
    result = compute<op>(to_double(*left), to_double(*right));
  } else {
    result = compute<op, Result>(static_cast<Result>(*left), static_cast<Result>(*right));
  }
  return result ? Nullable<Result>(*result) : Nullable<Result>::unknown();
}

}  // namespace detail

template <typename A, typename B>
  requires detail::Numbers<A, B>
auto operator+(const A& a, const B& b) {
  return detail::arithmetic<detail::Operation::add>(a, b);
}
template <typename A, typename B>
  requires detail::Numbers<A, B>
auto operator-(const A& a, const B& b) {
  return detail::arithmetic<detail::Operation::subtract>(a, b);
}
template <typename A, typename B>
  requires detail::Numbers<A, B>
auto operator*(const A& a, const B& b) {
  return detail::arithmetic<detail::Operation::multiply>(a, b);
}
template <typename A, typename B>
  requires detail::Numbers<A, B>
auto operator/(const A& a, const B& b) {
  return detail::arithmetic<detail::Operation::divide>(a, b);
}
template <typename A, typename B>
  requires detail::Numbers<A, B>
auto operator%(const A& a, const B& b) {
  return detail::arithmetic<detail::Operation::modulo>(a, b);
}

template <detail::Number T>
auto operator-(const Nullable<T>& a) {
  return Nullable<T>(T{}) - a;
}

/// Days between two dates, as PostgreSQL counts them.
inline Nullable<std::int32_t> operator-(const Nullable<Date>& a, const Nullable<Date>& b) {
  if (a.is_null() || b.is_null()) return Nullable<std::int32_t>::null();
  if (!a.is_known() || !b.is_known()) return Nullable<std::int32_t>::unknown();
  const auto days =
      detail::compute<detail::Operation::subtract, std::int32_t>((*a).days, (*b).days);
  return days ? Nullable<std::int32_t>(*days) : Nullable<std::int32_t>::unknown();
}

}  // namespace sqlxc::rules
