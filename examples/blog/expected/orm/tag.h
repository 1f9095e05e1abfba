#pragma once

#include <sqlxc/orm/table.h>

#include <cstdint>
#include <string>

namespace blog {

namespace orm = sqlxc::orm;

/// Words that posts are found by.
struct Tag {
  std::int32_t id = 0;
  std::string name;

  bool operator==(const Tag&) const = default;
};

namespace input {

struct Post;
struct PostTag;

/// What a write says of a row of `tags`.
struct Tag {
  orm::Set<std::int32_t> id{};
  orm::Set<std::string> name{};
  orm::Along<PostTag> post_tags{};
  orm::Along<Post> posts{};
};

}  // namespace input

namespace table {

struct Post;
struct PostTag;

/// The columns and relations of `tags`.
struct Tag {
  using Row = blog::Tag;
  using Input = input::Tag;
  using Key = std::int32_t;

  static constexpr sqlxc::query::EntityIndex kEntity = 3;

  static constexpr orm::Column<Tag, std::int32_t> id{0};
  static constexpr orm::Column<Tag, std::string> name{1};
  static constexpr orm::ToMany<Tag, PostTag, 0> post_tags{};
  static constexpr orm::ToMany<Tag, Post, 1> posts{};

  static void each_column(auto& row, auto&& take) {
    take(row.id);
    take(row.name);
  }

  static void each_input(const Input& input, auto&& take) {
    take(Tag::id, input.id);
    take(Tag::name, input.name);
    take(Tag::post_tags, input.post_tags);
    take(Tag::posts, input.posts);
  }
};

}  // namespace table

inline constexpr table::Tag tags;

table::Tag table_of(const Tag&);

}  // namespace blog
