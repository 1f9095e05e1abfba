#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

// A value that a client sent, as a literal or in a variable, once it is coerced to the type it is
// for (October 2021, section 6.1.2 and 6.4.1): defaults filled in, lists made of single values. It
// owns its text.
namespace sqlxc::graphql {

enum class InputKind : std::uint8_t {
  null,
  boolean,
  int_value,    // text: digits
  float_value,  // text: digits
  string,
  enum_value,
  list,    // items
  object,  // items, each with its name; absent fields are absent
};

struct Input {
  InputKind kind = InputKind::null;
  bool boolean = false;
  std::uint32_t leaf = 0;  // its number among those of the variables (variation.h); 0: none
  std::string name = {};   // of an object's field
  std::string text = {};
  std::vector<Input> items = {};

  bool is_null() const { return kind == InputKind::null; }
  /// The field of an object, or nullptr.
  const Input* find(std::string_view field) const {
    for (const Input& item : items) {
      if (item.name == field) return &item;
    }
    return nullptr;
  }
  bool operator==(const Input&) const = default;
};

/// Appends the value as JSON; enum values are strings, numbers keep their digits.
void append_json(std::string& out, const Input& value);

/// The value as errors show it, cut where it goes on for long: `{ a: [1, "x"] }`.
std::string inspect(const Input& value);

}  // namespace sqlxc::graphql
