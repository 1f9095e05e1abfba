#pragma once

#include <sqlxc/orm/table.h>

#include <cstdint>
#include <optional>
#include <string>

namespace blog {

namespace orm = sqlxc::orm;

/// How much each person has written.
struct AuthorActivity {
  std::int64_t id = 0;
  std::string name;
  std::int64_t posts = 0;
  std::optional<orm::Timestamptz> last_published_at;

  bool operator==(const AuthorActivity&) const = default;
};

namespace table {

struct Comment;
struct Post;

/// The columns and relations of `author_activity`.
struct AuthorActivity {
  using Row = blog::AuthorActivity;

  static constexpr sqlxc::query::EntityIndex kEntity = 5;

  static constexpr orm::Column<AuthorActivity, std::int64_t> id{0};
  static constexpr orm::Column<AuthorActivity, std::string> name{1};
  static constexpr orm::Column<AuthorActivity, std::int64_t> posts{2};
  static constexpr orm::Column<AuthorActivity, orm::Timestamptz> last_published_at{3};
  static constexpr orm::ToMany<AuthorActivity, Post, 0> author_author_activity_posts{};
  static constexpr orm::ToMany<AuthorActivity, Comment, 1> comments{};

  static void each_column(auto& row, auto&& take) {
    take(row.id);
    take(row.name);
    take(row.posts);
    take(row.last_published_at);
  }
};

}  // namespace table

inline constexpr table::AuthorActivity author_activity;

table::AuthorActivity table_of(const AuthorActivity&);

}  // namespace blog
