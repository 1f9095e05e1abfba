#pragma once

#include <sqlxc/orm/table.h>

#include <cstdint>
#include <tuple>

namespace blog {

namespace orm = sqlxc::orm;

/// Which post carries which tag.
struct PostTag {
  std::int64_t post_id = 0;
  std::int32_t tag_id = 0;

  bool operator==(const PostTag&) const = default;
};

namespace input {

/// What a write says of a row of `post_tags`.
struct PostTag {
  orm::Set<std::int64_t> post_id{};
  orm::Set<std::int32_t> tag_id{};
};

}  // namespace input

namespace table {

struct Post;
struct Tag;

/// The columns and relations of `post_tags`.
struct PostTag {
  using Row = blog::PostTag;
  using Input = input::PostTag;
  using Key = std::tuple<std::int64_t, std::int32_t>;

  static constexpr sqlxc::query::EntityIndex kEntity = 4;

  static constexpr orm::Column<PostTag, std::int64_t> post_id{0};
  static constexpr orm::Column<PostTag, std::int32_t> tag_id{1};
  static constexpr orm::ToOne<PostTag, Post, 0> post{};
  static constexpr orm::ToOne<PostTag, Tag, 1> tag{};

  static void each_column(auto& row, auto&& take) {
    take(row.post_id);
    take(row.tag_id);
  }

  static void each_input(const Input& input, auto&& take) {
    take(PostTag::post_id, input.post_id);
    take(PostTag::tag_id, input.tag_id);
  }
};

}  // namespace table

inline constexpr table::PostTag post_tags;

table::PostTag table_of(const PostTag&);

}  // namespace blog
