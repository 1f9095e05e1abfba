#include <sqlxc/rules/documents.h>

#include <sqlxc/json/reader.h>

namespace sqlxc::rules::detail {
namespace {

using json::Reader;
using json::Token;

// A document of a column has been read already: what cannot be read here is left to the database.
template <typename T>
Nullable<T> unknown() {
  return Nullable<T>::unknown();
}

}  // namespace

Nullable<bool> is_json(std::string_view text) {
  Reader reader(text);
  reader.next();
  reader.raw();
  if (reader.token() == Token::error) {
    // Engines take what RFC 8259 does not, and deeper documents.
    return unknown<bool>();
  }
  return reader.next() == Token::end ? Nullable<bool>(true) : unknown<bool>();
}

Nullable<std::string> type_of_json(std::string_view document) {
  Reader reader(document);
  switch (reader.next()) {
    case Token::begin_object:
      return std::string("object");
    case Token::begin_array:
      return std::string("array");
    case Token::string:
      return std::string("string");
    case Token::number:
      return std::string("number");
    case Token::true_value:
    case Token::false_value:
      return std::string("boolean");
    case Token::null_value:
      return std::string("null");
    default:
      return unknown<std::string>();
  }
}

Nullable<Json> member_of(std::string_view document, std::string_view key) {
  Reader reader(document);
  if (reader.next() != Token::begin_object) return Nullable<Json>::null();
  std::optional<std::string_view> found;
  while (reader.next() == Token::key) {
    if (reader.is_duplicate()) return unknown<Json>();
    const bool is_it = reader.text() == key;
    reader.next();
    const std::string_view value = reader.raw();
    if (is_it) found = value;
  }
  if (reader.token() != Token::end_object) return unknown<Json>();
  return found ? Nullable<Json>(Json{*found}) : Nullable<Json>::null();
}

Nullable<Json> element_of(std::string_view document, std::int64_t index) {
  Reader reader(document);
  if (reader.next() != Token::begin_array) return Nullable<Json>::null();
  if (index < 0) return unknown<Json>();
  for (std::int64_t i = 0; reader.next() != Token::end_array; ++i) {
    const std::string_view value = reader.raw();
    if (reader.token() == Token::error) return unknown<Json>();
    if (i == index) return Json{value};
  }
  return Nullable<Json>::null();
}

// How a number is spelled is the type's affair (jsonb rewrites it), and so is that of an object.
Nullable<std::string> text_of_json(std::string_view document) {
  Reader reader(document);
  switch (reader.next()) {
    case Token::string:
      return std::string(reader.text());
    case Token::true_value:
      return std::string("true");
    case Token::false_value:
      return std::string("false");
    case Token::null_value:
      return Nullable<std::string>::null();
    default:
      return unknown<std::string>();
  }
}

// Of what is no array PostgreSQL makes an error.
Nullable<std::int32_t> length_of_json(std::string_view document) {
  Reader reader(document);
  if (reader.next() != Token::begin_array) return unknown<std::int32_t>();
  std::int32_t count = 0;
  while (reader.next() != Token::end_array) {
    reader.raw();
    if (reader.token() == Token::error) return unknown<std::int32_t>();
    ++count;
  }
  return count;
}

// A key of an object, a string among the elements of an array, or the string itself.
Nullable<bool> has_key(std::string_view document, std::string_view key) {
  Reader reader(document);
  switch (reader.next()) {
    case Token::begin_object:
      while (reader.next() == Token::key) {
        if (reader.text() == key) return true;
        reader.next();
        reader.raw();
      }
      return reader.token() == Token::end_object ? Nullable<bool>(false) : unknown<bool>();
    case Token::begin_array:
      while (reader.next() != Token::end_array) {
        if (reader.token() == Token::string && reader.text() == key) return true;
        reader.raw();
        if (reader.token() == Token::error) return unknown<bool>();
      }
      return false;
    case Token::string:
      return reader.text() == key;
    default:
      return false;
  }
}

std::optional<std::vector<Element>> elements_of(std::string_view array) {
  Reader reader(array);
  if (reader.next() != Token::begin_array) return std::nullopt;
  std::vector<Element> elements;
  for (;;) {
    switch (reader.next()) {
      case Token::end_array:
        return elements;
      case Token::string:
      case Token::number:
        elements.push_back({.text = std::string(reader.text())});
        break;
      case Token::true_value:
        elements.push_back({.text = "true"});
        break;
      case Token::false_value:
        elements.push_back({.text = "false"});
        break;
      case Token::null_value:
        elements.push_back({.is_null = true, .text = {}});
        break;
      default:
        return std::nullopt;
    }
  }
}

Tri contains(const std::vector<Element>& elements, const Nullable<std::string>& value) {
  if (elements.empty()) return Tri::no;
  if (value.is_null()) return Tri::null;
  if (!value.is_known()) return Tri::unknown;
  Tri result = Tri::no;
  for (const Element& element : elements) {
    if (element.is_null) {
      result = Tri::null;
    } else if (element.text == *value) {
      return Tri::yes;
    }
  }
  return result;
}

Nullable<std::int32_t> place_in(const std::vector<Element>& elements,
                                const Nullable<std::string>& value) {
  if (!value.is_known() && !value.is_null()) return Nullable<std::int32_t>::unknown();
  for (std::size_t i = 0; i < elements.size(); ++i) {
    const bool is_it =
        value.is_null() ? elements[i].is_null : !elements[i].is_null && elements[i].text == *value;
    if (is_it) return static_cast<std::int32_t>(i) + 1;
  }
  return Nullable<std::int32_t>::null();
}

}  // namespace sqlxc::rules::detail
