#pragma once

#include <string>
#include <vector>

#include <sqlxc/rules/functions.h>

// What rules ask of JSON documents and of arrays. What PostgreSQL and the service could read
// differently (a key that stands twice, numbers as texts) is unknown.
namespace sqlxc::rules {

namespace detail {

Nullable<bool> is_json(std::string_view text);
Nullable<std::string> type_of_json(std::string_view document);
Nullable<Json> member_of(std::string_view document, std::string_view key);
Nullable<Json> element_of(std::string_view document, std::int64_t index);
Nullable<std::string> text_of_json(std::string_view document);
Nullable<std::int32_t> length_of_json(std::string_view document);
Nullable<bool> has_key(std::string_view document, std::string_view key);

/// The elements of an array of scalars, each as its text; nothing where it is something else.
struct Element {
  bool is_null = false;
  std::string text;
};
std::optional<std::vector<Element>> elements_of(std::string_view array);

// An operand of an array's operators as the text that its elements have.
inline Nullable<std::string> as_element(const Nullable<bool>& value) {
  return value.map([](bool is_so) -> std::string { return is_so ? "true" : "false"; });
}
template <typename A>
Nullable<std::string> as_element(const A& value) {
  if constexpr (Integer<Lifted<A>>) {
    return lift(value).map([](auto number) { return std::to_string(number); });
  } else {
    return lift(value).map([](std::string_view text) { return std::string(text); });
  }
}

template <typename Function>
auto of_elements(const Nullable<Array>& array, Function function) {
  using Result = decltype(function(std::vector<Element>()));
  if (array.is_null()) return Result::null();
  const auto elements = array.is_known() ? elements_of((*array).view) : std::nullopt;
  return elements ? function(*elements) : Result::unknown();
}

Tri contains(const std::vector<Element>& elements, const Nullable<std::string>& value);
Nullable<std::int32_t> place_in(const std::vector<Element>& elements,
                                const Nullable<std::string>& value);

}  // namespace detail

// ---- documents

/// Whether a text is JSON.
template <typename A>
  requires detail::String<detail::Lifted<A>>
Tri json_valid(const A& text) {
  const auto& value = detail::lift(text);
  if (value.is_null()) return Tri::null;
  return value.is_known() ? Tri(detail::is_json(*value)) : Tri::unknown;
}
inline Tri json_valid(const Nullable<Json>& document) {
  return document.is_null() ? Tri::null : document.is_known() ? Tri::yes : Tri::unknown;
}

namespace detail {
template <typename Function>
auto of_document(const Nullable<Json>& document, Function function) {
  using Result = decltype(function(std::string_view()));
  if (document.is_null()) return Result::null();
  return document.is_known() ? function((*document).view) : Result::unknown();
}
}  // namespace detail

/// object, array, string, number, boolean or null.
inline Nullable<std::string> json_typeof(const Nullable<Json>& document) {
  return detail::of_document(document, detail::type_of_json);
}
/// `document -> key` and `document -> index`.
inline Nullable<Json> json_get(const Nullable<Json>& document, std::string_view key) {
  return detail::of_document(document,
                             [key](std::string_view view) { return detail::member_of(view, key); });
}
inline Nullable<Json> json_get(const Nullable<Json>& document, std::int64_t index) {
  return detail::of_document(
      document, [index](std::string_view view) { return detail::element_of(view, index); });
}
/// A scalar as text, as `->>` gives it.
inline Nullable<std::string> json_text(const Nullable<Json>& document) {
  return detail::of_document(document, detail::text_of_json);
}
inline Nullable<std::int32_t> json_array_length(const Nullable<Json>& document) {
  return detail::of_document(document, detail::length_of_json);
}
/// `document ? key`.
inline Tri json_has_key(const Nullable<Json>& document, std::string_view key) {
  return detail::of_document(document,
                             [key](std::string_view view) { return detail::has_key(view, key); });
}

// ---- arrays

inline Nullable<std::int32_t> cardinality(const Nullable<Array>& array) {
  return detail::of_elements(array, [](const std::vector<detail::Element>& elements) {
    return Nullable<std::int32_t>(static_cast<std::int32_t>(elements.size()));
  });
}
/// Null where there is no element.
inline Nullable<std::int32_t> array_length(const Nullable<Array>& array, int dimension) {
  if (dimension != 1) return Nullable<std::int32_t>::unknown();
  const auto length = cardinality(array);
  return length.is_known() && *length == 0 ? Nullable<std::int32_t>::null() : length;
}
/// Where the first such element stands, from 1; null is found, too.
template <typename A>
Nullable<std::int32_t> array_position(const Nullable<Array>& array, const A& value) {
  return detail::of_elements(array, [&](const std::vector<detail::Element>& elements) {
    return detail::place_in(elements, detail::as_element(value));
  });
}
inline Nullable<std::int32_t> array_position(const Nullable<Array>& array, std::nullptr_t) {
  return array_position(array, Nullable<std::string>::null());
}
/// `value = any (array)`.
template <typename A>
Tri in_array(const A& value, const Nullable<Array>& array) {
  return detail::of_elements(array, [&](const std::vector<detail::Element>& elements) {
    return detail::lift(detail::contains(elements, detail::as_element(value)));
  });
}
/// `array @> array[values...]`, `array && array[values...]` and `array <@ array[values...]`: a null
/// element is equal to nothing.
template <typename... T>
Tri array_has_all(const Nullable<Array>& array, const T&... values) {
  return detail::of_elements(array, [&](const std::vector<detail::Element>& elements) {
    return detail::lift(
        (Tri::yes && ... && is_true(detail::contains(elements, detail::as_element(values)))));
  });
}
template <typename... T>
Tri array_has_any(const Nullable<Array>& array, const T&... values) {
  return detail::of_elements(array, [&](const std::vector<detail::Element>& elements) {
    return detail::lift(
        (Tri::no || ... || is_true(detail::contains(elements, detail::as_element(values)))));
  });
}
template <typename... T>
Tri array_has_only(const Nullable<Array>& array, const T&... values) {
  return detail::of_elements(array, [&](const std::vector<detail::Element>& elements) {
    const auto is_listed = [&](const detail::Element& element) {
      return !element.is_null && ((*detail::as_element(values) == element.text) || ...);
    };
    for (const detail::Element& element : elements) {
      if (!is_listed(element)) return Nullable<bool>(false);
    }
    return Nullable<bool>(true);
  });
}

}  // namespace sqlxc::rules
