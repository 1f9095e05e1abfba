#pragma once

#include <sqlxc/orm/table.h>

#include <cstdint>
#include <optional>
#include <string>

#include "orm/enumerations.h"

namespace blog {

namespace orm = sqlxc::orm;

/// What people write. A published post has a date of publication.
struct Post {
  std::int64_t id = 0;
  std::int64_t author_id = 0;
  std::string title;
  std::string content;
  PostStatus status{};
  /// What readers gave it on average, from 0 to 10.
  std::optional<orm::Decimal> rating;
  std::optional<orm::Timestamptz> published_at;
  orm::Timestamptz created_at;

  bool operator==(const Post&) const = default;
};

namespace input {

struct Comment;
struct PostTag;
struct Tag;

/// What a write says of a row of `posts`.
struct Post {
  orm::Set<std::int64_t> id{};
  orm::Set<std::int64_t> author_id{};
  orm::Set<std::string> title{};
  orm::Set<std::string> content{};
  orm::Set<PostStatus> status{};
  orm::Set<orm::Decimal> rating{};
  orm::Set<orm::Timestamptz> published_at{};
  orm::Along<Comment> comments{};
  orm::Along<PostTag> post_tags{};
  orm::Along<Tag> tags{};
};

}  // namespace input

namespace table {

struct AuthorActivity;
struct Comment;
struct PostTag;
struct Tag;
struct User;

/// The columns and relations of `posts`.
struct Post {
  using Row = blog::Post;
  using Input = input::Post;
  using Key = std::int64_t;

  static constexpr sqlxc::query::EntityIndex kEntity = 1;

  static constexpr orm::Column<Post, std::int64_t> id{0};
  static constexpr orm::Column<Post, std::int64_t> author_id{1};
  static constexpr orm::Column<Post, std::string> title{2};
  static constexpr orm::Column<Post, std::string> content{3};
  static constexpr orm::Column<Post, PostStatus> status{4};
  static constexpr orm::Column<Post, orm::Decimal> rating{5};
  static constexpr orm::Column<Post, orm::Timestamptz> published_at{6};
  static constexpr orm::Column<Post, orm::Timestamptz> created_at{7};
  static constexpr orm::ToOne<Post, User, 0> author{};
  static constexpr orm::ToOne<Post, AuthorActivity, 1> author_author_activity{};
  static constexpr orm::ToMany<Post, Comment, 2> comments{};
  static constexpr orm::ToMany<Post, PostTag, 3> post_tags{};
  static constexpr orm::ToMany<Post, Tag, 4> tags{};

  static void each_column(auto& row, auto&& take) {
    take(row.id);
    take(row.author_id);
    take(row.title);
    take(row.content);
    take(row.status);
    take(row.rating);
    take(row.published_at);
    take(row.created_at);
  }

  static void each_input(const Input& input, auto&& take) {
    take(Post::id, input.id);
    take(Post::author_id, input.author_id);
    take(Post::title, input.title);
    take(Post::content, input.content);
    take(Post::status, input.status);
    take(Post::rating, input.rating);
    take(Post::published_at, input.published_at);
    take(Post::comments, input.comments);
    take(Post::post_tags, input.post_tags);
    take(Post::tags, input.tags);
  }
};

}  // namespace table

inline constexpr table::Post posts;

table::Post table_of(const Post&);

}  // namespace blog
