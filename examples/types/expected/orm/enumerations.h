#pragma once

#include <cstdint>
#include <string_view>

// The enums of the schema, and what their values are called in it.
namespace types {

enum class Mood : std::uint16_t {
  sad,
  ok,
  happy,
};

constexpr std::string_view to_string(Mood value) {
  switch (value) {
    case Mood::sad:
      return "sad";
    case Mood::ok:
      return "ok";
    case Mood::happy:
      return "happy";
  }
  return {};
}

/// False, and nothing happens, if the text is no value's.
constexpr bool from_string(std::string_view text, Mood& value) {
  for (std::uint16_t i = 0; i != 3; ++i) {
    if (text != to_string(Mood{i})) continue;
    value = Mood{i};
    return true;
  }
  return false;
}

}  // namespace types
