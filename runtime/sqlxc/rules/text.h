#pragma once

#include <string>

#include <sqlxc/rules/functions.h>

// Functions and patterns of text.
namespace sqlxc::rules {

namespace detail {

std::int32_t count_characters(std::string_view text);
bool is_ascii(std::string_view text);
std::string to_lower(std::string_view text);
std::string to_upper(std::string_view text);
/// SQL pattern matching; empty if the pattern ends in its escape character.
std::optional<bool> matches_like(std::string_view text, std::string_view pattern, char escape,
                                 bool ignores_case);
/// Characters from `start` (from 1) on; unknown for a negative length, which is an error.
Nullable<std::string> substring(std::string_view text, std::int64_t start, std::int64_t length);
/// The first `count` characters; all but the last -count where it is negative.
std::string first_of(std::string_view text, std::int64_t count);
std::string last_of(std::string_view text, std::int64_t count);
std::string replaced(std::string_view text, std::string_view part, std::string_view by);
std::string reversed(std::string_view text);
Nullable<std::string> part_of(std::string_view text, std::string_view separator, std::int64_t n);
/// Without the characters of `set` at the left, the right.
std::string_view trimmed(std::string_view text, std::string_view set, bool left, bool right);
std::string spelled(std::int64_t number);

template <typename A>
concept Strings = String<Lifted<A>>;
template <typename A>
concept Integers = Integer<Lifted<A>>;

/// A function that is null where an argument is, of what all of them are.
template <typename Function, typename... A>
auto strict(Function function, const A&... args) {
  using Result = decltype(function(*lift(args)...));
  if ((lift(args).is_null() || ...)) return Result::null();
  if ((!lift(args).is_known() || ...)) return Result::unknown();
  return function(*lift(args)...);
}

}  // namespace detail

// ---- lengths

/// Characters (code points), not bytes.
template <detail::Strings A>
Nullable<std::int32_t> length(const A& text) {
  return detail::lift(text).map([](auto view) { return detail::count_characters(view); });
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
template <typename A>
Nullable<std::int32_t> bit_length(const A& value) {
  return octet_length(value) * 8;
}

// ---- letters

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

/// Only the letters of ASCII, as SQLite does it.
template <detail::Strings A>
Nullable<std::string> ascii_lower(const A& text) {
  return detail::lift(text).map([](std::string_view view) { return detail::to_lower(view); });
}
template <detail::Strings A>
Nullable<std::string> ascii_upper(const A& text) {
  return detail::lift(text).map([](std::string_view view) { return detail::to_upper(view); });
}

/// Without the characters of `set` at both ends, the left, the right; spaces (only U+0020, as in
/// SQL) where none is given.
template <detail::Strings A, detail::Strings B = const char*>
Nullable<std::string> trim(const A& text, const B& set = " ") {
  return detail::strict(
      [](std::string_view view, std::string_view without) {
        return Nullable<std::string>(std::string(detail::trimmed(view, without, true, true)));
      },
      text, set);
}
template <detail::Strings A, detail::Strings B = const char*>
Nullable<std::string> ltrim(const A& text, const B& set = " ") {
  return detail::strict(
      [](std::string_view view, std::string_view without) {
        return Nullable<std::string>(std::string(detail::trimmed(view, without, true, false)));
      },
      text, set);
}
template <detail::Strings A, detail::Strings B = const char*>
Nullable<std::string> rtrim(const A& text, const B& set = " ") {
  return detail::strict(
      [](std::string_view view, std::string_view without) {
        return Nullable<std::string>(std::string(detail::trimmed(view, without, false, true)));
      },
      text, set);
}

// ---- parts

/// Where `part` starts in `text`, in characters from 1; 0 if nowhere.
template <detail::Strings A, detail::Strings B>
Nullable<std::int32_t> strpos(const A& text, const B& part) {
  return detail::strict(
      [](std::string_view view, std::string_view needle) {
        const auto at = view.find(needle);
        return Nullable<std::int32_t>(
            at == view.npos ? 0 : detail::count_characters(view.substr(0, at)) + 1);
      },
      text, part);
}
template <detail::Strings A, detail::Strings B>
Nullable<std::int32_t> position(const A& part, const B& text) {
  return strpos(text, part);
}

/// `a || b`: null if either is.
template <detail::Strings A, detail::Strings B>
Nullable<std::string> concat(const A& a, const B& b) {
  return detail::strict(
      [](std::string_view left, std::string_view right) {
        return Nullable<std::string>(std::string(left).append(right));
      },
      a, b);
}

/// From character `start` (from 1), `count` characters or all that follow.
template <detail::Strings A, detail::Integers B, detail::Integers C = std::int32_t>
Nullable<std::string> substr(const A& text, const B& start, const C& count = INT32_MAX) {
  return detail::strict([](std::string_view view, std::int64_t from,
                           std::int64_t size) { return detail::substring(view, from, size); },
                        text, start, count);
}
template <detail::Strings A, detail::Integers B>
Nullable<std::string> left(const A& text, const B& count) {
  return detail::strict(
      [](std::string_view view, std::int64_t n) {
        return Nullable<std::string>(detail::first_of(view, n));
      },
      text, count);
}
template <detail::Strings A, detail::Integers B>
Nullable<std::string> right(const A& text, const B& count) {
  return detail::strict(
      [](std::string_view view, std::int64_t n) {
        return Nullable<std::string>(detail::last_of(view, n));
      },
      text, count);
}
template <detail::Strings A, detail::Strings B, detail::Strings C>
Nullable<std::string> replace(const A& text, const B& part, const C& by) {
  return detail::strict(
      [](std::string_view view, std::string_view from, std::string_view to) {
        return Nullable<std::string>(detail::replaced(view, from, to));
      },
      text, part, by);
}
template <detail::Strings A>
Nullable<std::string> reverse(const A& text) {
  return detail::lift(text).map([](std::string_view view) { return detail::reversed(view); });
}
/// The nth part between separators, from 1; from the end where n is negative.
template <detail::Strings A, detail::Strings B, detail::Integers C>
Nullable<std::string> split_part(const A& text, const B& separator, const C& n) {
  return detail::strict([](std::string_view view, std::string_view between,
                           std::int64_t index) { return detail::part_of(view, between, index); },
                        text, separator, n);
}
template <detail::Strings A, detail::Strings B>
Tri starts_with(const A& text, const B& prefix) {
  return detail::strict(
      [](std::string_view view, std::string_view start) {
        return Nullable<bool>(view.starts_with(start));
      },
      text, prefix);
}

// ---- patterns

/// LIKE with PostgreSQL's meaning: case matters, `_` is one character. `escape` '\0' is no escape.
template <detail::Strings A, detail::Strings B>
Tri like(const A& text, const B& pattern, char escape = '\\') {
  return detail::strict(
      [escape](std::string_view view, std::string_view like) {
        const auto result = detail::matches_like(view, like, escape, false);
        return result ? Nullable<bool>(*result) : Nullable<bool>::unknown();
      },
      text, pattern);
}
/// LIKE without regard to case; unknown for what is not ASCII.
template <detail::Strings A, detail::Strings B>
Tri ilike(const A& text, const B& pattern, char escape = '\\') {
  return detail::strict(
      [escape](std::string_view view, std::string_view like) {
        if (!detail::is_ascii(view) || !detail::is_ascii(like)) return Nullable<bool>::unknown();
        const auto result = detail::matches_like(view, like, escape, true);
        return result ? Nullable<bool>(*result) : Nullable<bool>::unknown();
      },
      text, pattern);
}

// ---- collations

namespace detail {
/// Whether any collation tells the two apart: no where none of them does, unknown where one may.
Tri same_text(std::string_view a, std::string_view b);
}  // namespace detail

/// Equal to one of the list under whatever collation: yes for the same bytes, no for ASCII texts
/// that differ in more than case and spaces at the end.
template <detail::Strings A, detail::Strings... List>
Tri alike(const A& text, const List&... list) {
  const auto same = [](const auto& a, const auto& b) -> Tri {
    return detail::strict([](std::string_view x,
                             std::string_view y) { return detail::lift(detail::same_text(x, y)); },
                          a, b);
  };
  return (Tri::no || ... || same(text, list));
}

// ---- casts to text

template <detail::Integer T>
Nullable<std::string> as_text(const Nullable<T>& number) {
  return number.map([](T value) { return detail::spelled(value); });
}
inline Nullable<std::string> as_text(Tri condition) {
  return detail::lift(condition).map(
      [](bool is_so) -> std::string { return is_so ? "true" : "false"; });
}
template <detail::Strings A>
Nullable<std::string> as_text(const A& text) {
  return detail::lift(text).map([](std::string_view view) { return std::string(view); });
}

}  // namespace sqlxc::rules
