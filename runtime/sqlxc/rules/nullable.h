#pragma once

#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include <sqlxc/rules/rule.h>
#include <sqlxc/value/calendar.h>
#include <sqlxc/value/decimal.h>

// A value of a rule's expression: known, null, or unknown because only the database will know it
// (an absent column, a DEFAULT, a result that SQL would refuse). Comparisons and arithmetic follow
// SQL: null and unknown are contagious, and a result that does not fit its type is unknown, so the
// database decides. Functions of SQL are in functions.h.
namespace sqlxc::rules {

using value::Decimal;
using Text = std::string_view;

struct Bytes {
  std::string_view view;
};
struct Date {
  std::int32_t days = 0;  // from 1970-01-01
  auto operator<=>(const Date&) const = default;
};
struct Time {
  std::int64_t micros = 0;  // from midnight
  auto operator<=>(const Time&) const = default;
};
struct Timestamp {
  std::int64_t micros = 0;  // from 1970-01-01 00:00
  auto operator<=>(const Timestamp&) const = default;
};
struct Timestamptz {
  std::int64_t micros = 0;  // from 1970-01-01 00:00 UTC
  auto operator<=>(const Timestamptz&) const = default;
};
/// A span; two are compared by PostgreSQL's measure: a month is 30 days, a day 24 hours.
struct Interval {
  value::Interval span;
  __int128 micros() const;
  friend auto operator<=>(const Interval& a, const Interval& b) {
    return a.micros() <=> b.micros();
  }
  friend bool operator==(const Interval& a, const Interval& b) { return a.micros() == b.micros(); }
};
/// A JSON document, or a part of one, as text.
struct Json {
  std::string_view view;
};
/// An array as the JSON that stands for it.
struct Array {
  std::string_view view;
};

template <typename T>
class Nullable {
 public:
  using Type = T;

  Nullable(T value) : state_(State::known), value_(std::move(value)) {}  // NOLINT: SQL converts
  static Nullable null() { return Nullable(State::null); }
  static Nullable unknown() { return Nullable(State::unknown); }

  bool is_known() const { return state_ == State::known; }
  bool is_null() const { return state_ == State::null; }
  const T& operator*() const { return value_; }

  /// A boolean column is a condition.
  operator Tri() const  // NOLINT: SQL converts
    requires std::same_as<T, bool>
  {
    if (is_known()) return to_tri(value_);
    return is_null() ? Tri::null : Tri::unknown;
  }

  /// The same state, or `map` of the value.
  template <typename Map>
  auto map(Map map) const -> Nullable<decltype(map(std::declval<const T&>()))> {
    using Result = Nullable<decltype(map(value_))>;
    if (is_known()) return Result(map(value_));
    return is_null() ? Result::null() : Result::unknown();
  }

 private:
  enum class State : std::uint8_t { known, null, unknown };
  explicit Nullable(State state) : state_(state) {}

  State state_;
  T value_{};
};

namespace detail {

template <typename T>
struct IsNullable : std::false_type {};
template <typename T>
struct IsNullable<Nullable<T>> : std::true_type {};

// What an operand of an expression is as a Nullable: a literal becomes one.
inline Nullable<std::int32_t> lift(int value) { return value; }
inline Nullable<std::int64_t> lift(long value) { return std::int64_t{value}; }
inline Nullable<std::int64_t> lift(long long value) { return std::int64_t{value}; }
inline Nullable<double> lift(double value) { return value; }
inline Nullable<bool> lift(bool value) { return value; }
inline Nullable<Text> lift(const char* value) { return Text(value); }
inline Nullable<Text> lift(Text value) { return value; }
inline Nullable<Decimal> lift(Decimal value) { return value; }
inline Nullable<bool> lift(Tri value) {
  if (value == Tri::unknown) return Nullable<bool>::unknown();
  return value == Tri::null ? Nullable<bool>::null() : Nullable<bool>(value == Tri::yes);
}
template <typename T>
const Nullable<T>& lift(const Nullable<T>& value) {
  return value;
}

template <typename T>
using Lifted = typename std::remove_cvref_t<decltype(lift(std::declval<const T&>()))>::Type;

template <typename T>
concept Integer = std::integral<T> && !std::same_as<T, bool>;
template <typename T>
concept Number = Integer<T> || std::floating_point<T> || std::same_as<T, Decimal>;
template <typename T>
concept String = std::convertible_to<T, std::string_view>;

inline Decimal to_decimal(Decimal value) { return value; }
template <Integer T>
Decimal to_decimal(T value) {
  return {.units = value, .scale = 0};
}
inline double to_double(Decimal value) { return value.to_double(); }
template <typename T>
  requires std::is_arithmetic_v<T>
double to_double(T value) {
  return static_cast<double>(value);
}

// -1, 0 or 1; empty where no order can be told.
template <typename A, typename B>
std::optional<int> order(const A& a, const B& b) {
  if constexpr (Integer<A> && Integer<B>) {
    return std::cmp_less(a, b) ? -1 : std::cmp_less(b, a) ? 1 : 0;
  } else if constexpr (std::floating_point<A> || std::floating_point<B>) {
    const double left = to_double(a);
    const double right = to_double(b);
    if (left != left || right != right) return std::nullopt;
    return left < right ? -1 : left > right ? 1 : 0;
  } else if constexpr (Number<A> && Number<B>) {
    const auto result = value::compare(to_decimal(a), to_decimal(b));
    if (!result) return std::nullopt;
    return *result < 0 ? -1 : *result > 0 ? 1 : 0;
  } else if constexpr (String<A> && String<B>) {
    const int result = std::string_view(a).compare(std::string_view(b));
    return result < 0 ? -1 : result > 0 ? 1 : 0;
  } else if constexpr (std::same_as<A, Bytes>) {
    const int result = a.view.compare(b.view);
    return result < 0 ? -1 : result > 0 ? 1 : 0;
  } else {
    return a < b ? -1 : b < a ? 1 : 0;
  }
}

template <typename A>
concept Plain = !std::same_as<A, Json> && !std::same_as<A, Array>;
template <typename A, typename B>
concept Ordered =
    (Number<A> && Number<B>) || (String<A> && String<B>) || (std::same_as<A, B> && Plain<A>);

template <typename A, typename B>
concept Operands = (IsNullable<A>::value || IsNullable<B>::value) && Ordered<Lifted<A>, Lifted<B>>;
template <typename A, typename B>
concept Numbers =
    (IsNullable<A>::value || IsNullable<B>::value) && Number<Lifted<A>> && Number<Lifted<B>>;

template <typename A, typename B, typename Test>
Tri compare(const A& a, const B& b, Test test) {
  const auto& left = lift(a);
  const auto& right = lift(b);
  if (left.is_null() || right.is_null()) return Tri::null;
  if (!left.is_known() || !right.is_known()) return Tri::unknown;
  const auto result = order(*left, *right);
  return result ? to_tri(test(*result)) : Tri::unknown;
}

}  // namespace detail

template <typename A, typename B>
  requires detail::Operands<A, B>
Tri operator==(const A& a, const B& b) {
  return detail::compare(a, b, [](int order) { return order == 0; });
}
template <typename A, typename B>
  requires detail::Operands<A, B>
Tri operator!=(const A& a, const B& b) {
  return detail::compare(a, b, [](int order) { return order != 0; });
}
template <typename A, typename B>
  requires detail::Operands<A, B>
Tri operator<(const A& a, const B& b) {
  return detail::compare(a, b, [](int order) { return order < 0; });
}
template <typename A, typename B>
  requires detail::Operands<A, B>
Tri operator<=(const A& a, const B& b) {
  return detail::compare(a, b, [](int order) { return order <= 0; });
}
template <typename A, typename B>
  requires detail::Operands<A, B>
Tri operator>(const A& a, const B& b) {
  return detail::compare(a, b, [](int order) { return order > 0; });
}
template <typename A, typename B>
  requires detail::Operands<A, B>
Tri operator>=(const A& a, const B& b) {
  return detail::compare(a, b, [](int order) { return order >= 0; });
}

}  // namespace sqlxc::rules

#include <sqlxc/rules/arithmetic.h>
