#pragma once

#include <string>

#include <sqlxc/rules/nullable.h>

// The functions and predicates of SQL that a rule may use; each means what PostgreSQL means, or is
// unknown where only the database can say (letters beyond ASCII under a locale). Those of one kind
// of value stand apart: text.h, numbers.h, moments.h, documents.h.
namespace sqlxc::rules {

// ---- null

/// Whether a condition is null.
constexpr Tri is_null(Tri value) {
  return value == Tri::unknown ? Tri::unknown : to_tri(value == Tri::null);
}
template <typename T>
Tri is_null(const Nullable<T>& value) {
  if (value.is_known()) return Tri::no;
  return value.is_null() ? Tri::yes : Tri::unknown;
}
template <typename T>
Tri is_not_null(const T& value) {
  return !is_null(value);
}

/// IS TRUE and IS FALSE: a null condition is neither.
constexpr Tri is_true(Tri value) { return value == Tri::null ? Tri::no : value; }
constexpr Tri is_false(Tri value) { return is_true(!value); }

/// A condition as a value, to be compared with another; as 1 or 0, to be counted.
inline Nullable<bool> boolean(Tri value) { return detail::lift(value); }
inline Nullable<std::int32_t> as_integer(Tri value) {
  return detail::lift(value).map([](bool is_so) { return std::int32_t{is_so}; });
}

namespace detail {

// The type that holds both: the wider number, a text of its own, or the one they share.
template <typename A, typename B>
struct Joined {
  static_assert(std::same_as<A, B>, "the branches have no common type");
  using Type = A;
};
template <Number A, Number B>
struct Joined<A, B> {
  using Type = typename Common<A, B>::Type;
};
template <String A, String B>
struct Joined<A, B> {
  using Type = std::string;
};

template <typename To, typename From>
Nullable<To> convert(const Nullable<From>& from) {
  return from.map([](const From& value) -> To {
    if constexpr (std::same_as<To, Decimal>) {
      return to_decimal(value);
    } else if constexpr (std::same_as<To, double>) {
      return to_double(value);
    } else {
      return To(value);
    }
  });
}

}  // namespace detail

template <typename A>
auto coalesce(const A& value) {
  return Nullable<detail::Lifted<A>>(detail::lift(value));
}
/// The first value that is not null.
template <typename A, typename... Rest>
  requires(sizeof...(Rest) > 0)
auto coalesce(const A& first, const Rest&... rest) {
  const auto& head = detail::lift(first);
  const auto tail = coalesce(rest...);
  using Tail = typename std::remove_cvref_t<decltype(tail)>::Type;
  using Result = typename detail::Joined<detail::Lifted<A>, Tail>::Type;
  return head.is_null() ? detail::convert<Result>(tail) : detail::convert<Result>(head);
}

template <typename A, typename B>
auto nullif(const A& a, const B& b) {
  using Result = Nullable<detail::Lifted<A>>;
  const auto& value = detail::lift(a);
  if (value.is_null()) return Result::null();
  switch (value == detail::lift(b)) {
    case Tri::yes:
      return Result::null();
    case Tri::no:
    case Tri::null:
      return Result(value);
    case Tri::unknown:
      break;
  }
  return Result::unknown();
}

/// How many of the arguments are not null, and how many are (as PostgreSQL's functions).
template <typename... T>
Nullable<std::int32_t> num_nonnulls(const Nullable<T>&... values) {
  if (((is_null(values) == Tri::unknown) || ...)) return Nullable<std::int32_t>::unknown();
  return std::int32_t{((values.is_null() ? 0 : 1) + ... + 0)};
}
template <typename... T>
Nullable<std::int32_t> num_nulls(const Nullable<T>&... values) {
  return num_nonnulls(values...).map(
      [](std::int32_t count) { return static_cast<std::int32_t>(sizeof...(T)) - count; });
}

namespace detail {
template <bool is_least, typename A, typename B>
auto extreme(const A& a, const B& b) {
  using Result = typename Joined<Lifted<A>, Lifted<B>>::Type;
  const auto left = convert<Result>(lift(a));
  const auto right = convert<Result>(lift(b));
  if (left.is_null()) return right;
  if (right.is_null()) return left;
  const Tri is_first = is_least ? lift(a) <= lift(b) : lift(a) >= lift(b);
  if (is_first == Tri::unknown) return Nullable<Result>::unknown();
  return is_first == Tri::yes ? left : right;
}
}  // namespace detail

/// The greatest and the least of the arguments that are not null; null if none is.
template <typename A>
auto greatest(const A& value) {
  return Nullable<detail::Lifted<A>>(detail::lift(value));
}
template <typename A, typename... Rest>
  requires(sizeof...(Rest) > 0)
auto greatest(const A& first, const Rest&... rest) {
  return detail::extreme<false>(first, greatest(rest...));
}
template <typename A>
auto least(const A& value) {
  return Nullable<detail::Lifted<A>>(detail::lift(value));
}
template <typename A, typename... Rest>
  requires(sizeof...(Rest) > 0)
auto least(const A& first, const Rest&... rest) {
  return detail::extreme<true>(first, least(rest...));
}

// ---- comparison

template <typename A, typename... List>
Tri in(const A& value, const List&... list) {
  return (Tri::no || ... || (value == list));
}

template <typename A, typename Low, typename High>
Tri between(const A& value, const Low& low, const High& high) {
  return value >= low && value <= high;
}

/// IS DISTINCT FROM: nulls are equal to each other.
template <typename A, typename B>
Tri is_distinct(const A& a, const B& b) {
  const auto& left = detail::lift(a);
  const auto& right = detail::lift(b);
  if (left.is_known() && right.is_known()) return left != right;
  if (is_null(left) == Tri::unknown || is_null(right) == Tri::unknown) return Tri::unknown;
  return to_tri(left.is_null() != right.is_null());
}

/// Each is what the other is, or is not: `equal(is_null(a), is_null(b))`.
inline Tri equal(Tri a, Tri b) { return detail::lift(a) == detail::lift(b); }
inline Tri unequal(Tri a, Tri b) { return !equal(a, b); }

/// CASE WHEN condition THEN a ELSE b END, of values and of conditions.
inline Tri case_when(Tri condition, Tri a, Tri b) {
  if (condition == Tri::unknown) return a == b ? a : Tri::unknown;
  return condition == Tri::yes ? a : b;
}
template <typename A, typename B>
  requires(!std::same_as<A, Tri> || !std::same_as<B, Tri>)
auto case_when(Tri condition, const A& a, const B& b) {
  using Result = typename detail::Joined<detail::Lifted<A>, detail::Lifted<B>>::Type;
  if (condition == Tri::unknown) return Nullable<Result>::unknown();
  return condition == Tri::yes ? detail::convert<Result>(detail::lift(a))
                               : detail::convert<Result>(detail::lift(b));
}

// ---- literals: what does not read as one is unknown

Nullable<Decimal> decimal(std::string_view text);
Nullable<Date> date(std::string_view text);
Nullable<Time> time(std::string_view text);
Nullable<Timestamp> timestamp(std::string_view text);
Nullable<Timestamptz> timestamptz(std::string_view text);

}  // namespace sqlxc::rules

#include <sqlxc/rules/numbers.h>
#include <sqlxc/rules/text.h>
