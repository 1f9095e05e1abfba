#pragma once

#include <cstdint>
#include <string_view>

// The enums of the schema, and what their values are called in it.
namespace blog {

enum class PostStatus : std::uint16_t {
  draft,
  published,
  archived,
};

constexpr std::string_view to_string(PostStatus value) {
  switch (value) {
    case PostStatus::draft:
      return "draft";
    case PostStatus::published:
      return "published";
    case PostStatus::archived:
      return "archived";
  }
  return {};
}

/// False, and nothing happens, if the text is no value's.
constexpr bool from_string(std::string_view text, PostStatus& value) {
  for (std::uint16_t i = 0; i != 3; ++i) {
    if (text != to_string(PostStatus{i})) continue;
    value = PostStatus{i};
    return true;
  }
  return false;
}

}  // namespace blog
