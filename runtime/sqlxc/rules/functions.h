#pragma once

#include <string>

#include <sqlxc/rules/nullable.h>

// The functions and predicates of SQL that a rule may use; each means what PostgreSQL means, or is
// unknown where only the database can say (letters beyond ASCII under a locale).
namespace sqlxc::rules {

// ---- null

template <typename T>
Tri is_null(const Nullable<T>& value) {
  if (value.is_known()) return Tri::no;
  return value.is_null() ? Tri::yes : Tri::unknown;
}
template <typename T>
Tri is_not_null(const Nullable<T>& value) {
  return !is_null(value);
}

/// IS TRUE and IS FALSE; an unknown condition stays unknown, since it may be one that only the
/// database can tell.
constexpr Tri is_true(Tri value) { return value; }
constexpr Tri is_false(Tri value) { return !value; }

/// A condition as a value, to be compared with another.
inline Nullable<bool> boolean(Tri value) { return detail::lift(value); }

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
      return Result(value);
    case Tri::unknown:
      break;
  }
  return detail::lift(b).is_null() ? Result(value) : Result::unknown();
}

/// How many of the arguments are not null (PostgreSQL's num_nonnulls).
template <typename... T>
Nullable<std::int32_t> num_nonnulls(const Nullable<T>&... values) {
  if (((is_null(values) == Tri::unknown) || ...)) return Nullable<std::int32_t>::unknown();
  return std::int32_t{((values.is_null() ? 0 : 1) + ... + 0)};
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

/// CASE WHEN condition THEN a ELSE b END.
template <typename A, typename B>
auto case_when(Tri condition, const A& a, const B& b) {
  using Result = typename detail::Joined<detail::Lifted<A>, detail::Lifted<B>>::Type;
  if (condition == Tri::unknown) return Nullable<Result>::unknown();
  return condition == Tri::yes ? detail::convert<Result>(detail::lift(a))
                               : detail::convert<Result>(detail::lift(b));
}

// ---- numbers

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

// ---- text

namespace detail {
std::int32_t count_characters(std::string_view text);
bool is_ascii(std::string_view text);
std::string to_lower(std::string_view text);
std::string to_upper(std::string_view text);
/// SQL pattern matching; empty if the pattern ends in its escape character.
std::optional<bool> matches_like(std::string_view text, std::string_view pattern, char escape,
                                 bool ignores_case);
Nullable<std::string> substring(std::string_view text, std::int64_t start, std::int64_t length);

template <typename A>
concept Strings = String<Lifted<A>>;

template <typename A, typename B, typename Function>
auto both(const A& a, const B& b, Function function) {
  using Result = decltype(function(*lift(a), *lift(b)));
  const auto& left = lift(a);
  const auto& right = lift(b);
  if (left.is_null() || right.is_null()) return Result::null();
  if (!left.is_known() || !right.is_known()) return Result::unknown();
  return function(*left, *right);
}
}  // namespace detail

/// Characters (code points), not bytes.
template <detail::Strings A>
Nullable<std::int32_t> length(const A& text) {
  return detail::lift(text).map([](auto view) { return detail::count_characters(view); });
}
template <detail::Strings A>
Nullable<std::int32_t> char_length(const A& text) {
  return length(text);
}
template <detail::Strings A>
Nullable<std::int32_t> octet_length(const A& text) {
  return detail::lift(text).map(
      [](std::string_view view) { return static_cast<std::int32_t>(view.size()); });
}
inline Nullable<std::int32_t> length(const Nullable<Bytes>& bytes) {
  return bytes.map([](Bytes value) { return static_cast<std::int32_t>(value.view.size()); });
}
inline Nullable<std::int32_t> octet_length(const Nullable<Bytes>& bytes) { return length(bytes); }

/// Of ASCII text; of any other, unknown.
template <detail::Strings A>
Nullable<std::string> lower(const A& text) {
  const auto& value = detail::lift(text);
  if (value.is_known() && !detail::is_ascii(*value)) return Nullable<std::string>::unknown();
  return value.map([](std::string_view view) { return detail::to_lower(view); });
}
template <detail::Strings A>
Nullable<std::string> upper(const A& text) {
  const auto& value = detail::lift(text);
  if (value.is_known() && !detail::is_ascii(*value)) return Nullable<std::string>::unknown();
  return value.map([](std::string_view view) { return detail::to_upper(view); });
}

/// Without spaces (only U+0020, as in SQL) at both ends, the left, the right.
template <detail::Strings A>
Nullable<std::string> trim(const A& text) {
  return ltrim(rtrim(text));
}
template <detail::Strings A>
Nullable<std::string> btrim(const A& text) {
  return trim(text);
}
template <detail::Strings A>
Nullable<std::string> ltrim(const A& text) {
  return detail::lift(text).map([](std::string_view view) {
    const auto start = view.find_first_not_of(' ');
    return std::string(start == view.npos ? std::string_view() : view.substr(start));
  });
}
template <detail::Strings A>
Nullable<std::string> rtrim(const A& text) {
  return detail::lift(text).map([](std::string_view view) {
    return std::string(view.substr(0, view.find_last_not_of(' ') + 1));
  });
}

/// Where `part` starts in `text`, in characters from 1; 0 if nowhere.
template <detail::Strings A, detail::Strings B>
Nullable<std::int32_t> position(const A& part, const B& text) {
  return detail::both(part, text, [](std::string_view needle, std::string_view view) {
    const auto at = view.find(needle);
    return Nullable<std::int32_t>(
        at == view.npos ? 0 : detail::count_characters(view.substr(0, at)) + 1);
  });
}
template <detail::Strings A, detail::Strings B>
Nullable<std::int32_t> strpos(const A& text, const B& part) {
  return position(part, text);
}

/// `a || b`.
template <detail::Strings A, detail::Strings B>
Nullable<std::string> concat(const A& a, const B& b) {
  return detail::both(a, b, [](std::string_view left, std::string_view right) {
    return Nullable<std::string>(std::string(left).append(right));
  });
}

/// From character `start` (from 1), `count` characters or all that follow.
template <detail::Strings A>
Nullable<std::string> substr(const A& text, std::int64_t start, std::int64_t count = INT32_MAX) {
  const auto& value = detail::lift(text);
  if (value.is_null()) return Nullable<std::string>::null();
  if (!value.is_known()) return Nullable<std::string>::unknown();
  return detail::substring(*value, start, count);
}
template <detail::Strings A>
Nullable<std::string> left(const A& text, std::int32_t count) {
  return count < 0 ? Nullable<std::string>::unknown() : substr(text, 1, count);
}

/// LIKE with PostgreSQL's meaning: case matters, `_` is one character. `escape` '\0' is no escape.
template <detail::Strings A, detail::Strings B>
Tri like(const A& text, const B& pattern, char escape = '\\') {
  return detail::both(text, pattern, [escape](std::string_view view, std::string_view like) {
    const auto result = detail::matches_like(view, like, escape, false);
    return result ? Nullable<bool>(*result) : Nullable<bool>::unknown();
  });
}
/// LIKE without regard to case; unknown for what is not ASCII.
template <detail::Strings A, detail::Strings B>
Tri ilike(const A& text, const B& pattern, char escape = '\\') {
  return detail::both(text, pattern, [escape](std::string_view view, std::string_view like) {
    if (!detail::is_ascii(view) || !detail::is_ascii(like)) return Nullable<bool>::unknown();
    const auto result = detail::matches_like(view, like, escape, true);
    return result ? Nullable<bool>(*result) : Nullable<bool>::unknown();
  });
}
template <detail::Strings A, detail::Strings B>
Tri starts_with(const A& text, const B& prefix) {
  return detail::both(text, prefix, [](std::string_view view, std::string_view start) {
    return Nullable<bool>(view.starts_with(start));
  });
}

// ---- literals: what does not read as one is unknown

Nullable<Decimal> decimal(std::string_view text);
Nullable<Date> date(std::string_view text);
Nullable<Time> time(std::string_view text);
Nullable<Timestamp> timestamp(std::string_view text);
Nullable<Timestamptz> timestamptz(std::string_view text);

}  // namespace sqlxc::rules
