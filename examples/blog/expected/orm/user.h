#pragma once

#include <sqlxc/orm/table.h>

#include <cstdint>
#include <optional>
#include <string>

namespace blog {

namespace orm = sqlxc::orm;

/// People who write and comment.
struct User {
  std::int64_t id = 0;
  std::string email;
  std::string name;
  std::optional<std::int32_t> age;
  /// A few words about the person.
  std::optional<std::string> bio;
  orm::Timestamptz created_at;

  bool operator==(const User&) const = default;
};

namespace input {

struct Comment;
struct Post;

/// What a write says of a row of `users`.
struct User {
  orm::Set<std::int64_t> id{};
  orm::Set<std::string> email{};
  orm::Set<std::string> name{};
  orm::Set<std::int32_t> age{};
  orm::Set<std::string> bio{};
  orm::Along<Post> posts{};
  orm::Along<Comment> comments{};
};

}  // namespace input

namespace table {

struct Comment;
struct Post;

/// The columns and relations of `users`.
struct User {
  using Row = blog::User;
  using Input = input::User;
  using Key = std::int64_t;

  static constexpr sqlxc::query::EntityIndex kEntity = 0;

  static constexpr orm::Column<User, std::int64_t> id{0};
  static constexpr orm::Column<User, std::string> email{1};
  static constexpr orm::Column<User, std::string> name{2};
  static constexpr orm::Column<User, std::int32_t> age{3};
  static constexpr orm::Column<User, std::string> bio{4};
  static constexpr orm::Column<User, orm::Timestamptz> created_at{5};
  static constexpr orm::ToMany<User, Post, 0> posts{};
  static constexpr orm::ToMany<User, Comment, 1> comments{};

  static void each_column(auto& row, auto&& take) {
    take(row.id);
    take(row.email);
    take(row.name);
    take(row.age);
    take(row.bio);
    take(row.created_at);
  }

  static void each_input(const Input& input, auto&& take) {
    take(User::id, input.id);
    take(User::email, input.email);
    take(User::name, input.name);
    take(User::age, input.age);
    take(User::bio, input.bio);
    take(User::posts, input.posts);
    take(User::comments, input.comments);
  }
};

}  // namespace table

inline constexpr table::User users;

table::User table_of(const User&);

}  // namespace blog
