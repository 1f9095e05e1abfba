#pragma once

#include <sqlxc/orm/table.h>

#include <cstdint>
#include <string>

namespace blog {

namespace orm = sqlxc::orm;

/// What readers say about a post.
struct Comment {
  std::int64_t id = 0;
  std::int64_t post_id = 0;
  std::int64_t author_id = 0;
  std::string body;
  orm::Timestamptz created_at;

  bool operator==(const Comment&) const = default;
};

namespace input {

/// What a write says of a row of `comments`.
struct Comment {
  orm::Set<std::int64_t> id{};
  orm::Set<std::int64_t> post_id{};
  orm::Set<std::int64_t> author_id{};
  orm::Set<std::string> body{};
};

}  // namespace input

namespace table {

struct AuthorActivity;
struct Post;
struct User;

/// The columns and relations of `comments`.
struct Comment {
  using Row = blog::Comment;
  using Input = input::Comment;
  using Key = std::int64_t;

  static constexpr sqlxc::query::EntityIndex kEntity = 2;

  static constexpr orm::Column<Comment, std::int64_t> id{0};
  static constexpr orm::Column<Comment, std::int64_t> post_id{1};
  static constexpr orm::Column<Comment, std::int64_t> author_id{2};
  static constexpr orm::Column<Comment, std::string> body{3};
  static constexpr orm::Column<Comment, orm::Timestamptz> created_at{4};
  static constexpr orm::ToOne<Comment, Post, 0> post{};
  static constexpr orm::ToOne<Comment, User, 1> author{};
  static constexpr orm::ToOne<Comment, AuthorActivity, 2> author_author_activity{};

  static void each_column(auto& row, auto&& take) {
    take(row.id);
    take(row.post_id);
    take(row.author_id);
    take(row.body);
    take(row.created_at);
  }

  static void each_input(const Input& input, auto&& take) {
    take(Comment::id, input.id);
    take(Comment::post_id, input.post_id);
    take(Comment::author_id, input.author_id);
    take(Comment::body, input.body);
  }
};

}  // namespace table

inline constexpr table::Comment comments;

table::Comment table_of(const Comment&);

}  // namespace blog
