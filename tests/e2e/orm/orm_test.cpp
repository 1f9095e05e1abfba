#define CATCH_CONFIG_MAIN
#include <catch2/catch.hpp>

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <string>
#include <thread>
#include <vector>

#include "orm/orm.h"

// The typed ORM of examples/blog/blog.sql on a database that is empty at first: $ORM_DATABASE.
namespace {

using namespace blog;

orm::Database& db() {
  static orm::Database database = [] {
    auto opened = open(std::getenv("ORM_DATABASE"));
    if (!opened) throw std::runtime_error(opened.error().message);
    return std::move(*opened);
  }();
  return database;
}

// What was asked for, or the test ends with the reason.
template <typename T>
T got(orm::Result<T> result) {
  if (!result) FAIL(result.error().code + ": " + result.error().message);
  return std::move(*result);
}

User make_user(const std::string& name) {
  return got(db().insert(users, {.email = name + "@example.com", .name = name}));
}

std::vector<std::string> titles(const std::vector<Post>& rows) {
  std::vector<std::string> all;
  for (const Post& row : rows) all.push_back(row.title);
  return all;
}

using Titles = std::vector<std::string>;

TEST_CASE("an inserted row comes back as the database has it") {
  const User user = make_user("insert");
  const Post post = got(db().insert(
      posts, {.author_id = user.id, .title = "T", .content = "C", .rating = orm::Decimal{"9.5"}}));
  CHECK(post.id > 0);
  CHECK(post.status == PostStatus::draft);
  CHECK(post.rating == orm::Decimal{"9.5"});
  CHECK_FALSE(post.published_at);
  CHECK(post.created_at.micros > 0);
  CHECK(got(db().find(posts, post.id)) == post);
  CHECK_FALSE(got(db().find(posts, -1)));
}

TEST_CASE("what a write says nothing of is left, null is null, and DEFAULT is the default") {
  const User user = make_user("update");
  const Post post = got(db().insert(posts, {.author_id = user.id,
                                            .title = "T",
                                            .content = "C",
                                            .status = PostStatus::archived,
                                            .rating = orm::Decimal{"1.0"}}));
  const auto renamed = got(db().update(posts, post.id, {.title = "New"}));
  REQUIRE(renamed);
  CHECK(renamed->title == "New");
  CHECK(renamed->rating == orm::Decimal{"1.0"});
  CHECK(renamed->status == PostStatus::archived);
  CHECK_FALSE(got(db().update(posts, post.id, {.rating = null}))->rating);
  const auto fresh = got(db().insert(posts, {.author_id = user.id,
                                             .title = "D",
                                             .content = "C",
                                             .status = use_default,
                                             .rating = std::nullopt}));
  CHECK(fresh.status == PostStatus::draft);
  const auto reset = db().update(posts, post.id, {.status = use_default});
  if (reset) {
    CHECK((*reset)->status == PostStatus::draft);
  } else {
    // SQLite has no word for it, and says so.
    CHECK(reset.error().code == "0A000");
  }
  CHECK_FALSE(got(db().update(posts, -1, {.title = "Nobody"})));
}

TEST_CASE("questions are values that can be refined") {
  const User user = make_user("ask");
  got(db().insert_all(
      posts,
      {{.author_id = user.id, .title = "a", .content = "1", .rating = orm::Decimal{"1.0"}},
       {.author_id = user.id, .title = "b", .content = "2"},
       {.author_id = user.id, .title = "ab%", .content = "3", .status = PostStatus::archived}}));
  const auto own = from(posts).where(posts.author_id == user.id).order_by(posts.title.asc());
  const auto ask = [&](const auto& condition) {
    return titles(got(db().all(own.where(condition))));
  };
  CHECK(titles(got(db().all(own))) == Titles{"a", "ab%", "b"});
  CHECK(titles(got(db().all(own.limit(1).offset(1)))) == Titles{"ab%"});
  CHECK(ask(posts.title.like("a%")) == Titles{"a", "ab%"});
  CHECK(ask(posts.title.like("%\\%")) == Titles{"ab%"});
  CHECK(ask(posts.title.like("*")).empty());
  CHECK(ask(posts.title.ilike("A_%")) == Titles{"ab%"});
  CHECK(ask(posts.title.matches("^a$")) == Titles{"a"});
  CHECK(ask(posts.title.in({"b", "c"})) == Titles{"b"});
  CHECK(ask(posts.title.in({})).empty());
  CHECK(ask(posts.title.not_in({"a", "b"})) == Titles{"ab%"});
  CHECK(ask(posts.status == PostStatus::archived) == Titles{"ab%"});
  CHECK(ask(posts.rating.is_null() && posts.status != PostStatus::archived) == Titles{"b"});
  CHECK(ask(posts.rating > orm::Decimal{"0.5"} || posts.title == "b") == Titles{"a", "b"});
  CHECK(ask(!(posts.title == "a")) == Titles{"ab%", "b"});
  // What is unknown of a null is neither it nor its contrary.
  CHECK(ask(!(posts.rating > orm::Decimal{"0.5"})).empty());
  CHECK(ask(posts.created_at <= orm::Timestamptz::parse("2020-01-01T00:00:00Z").value()).empty());
  CHECK(got(db().count(own.limit(1))) == 3);
  CHECK(!got(db().first(own.limit(0))).has_value());
  CHECK(got(db().first(own.where(posts.title > "a")))->title == "ab%");
  CHECK_FALSE(got(db().first(own.where(posts.title == "z"))));
  const auto wrong = db().all(own.where(posts.title.like("a\\")));
  REQUIRE_FALSE(wrong);
  CHECK(wrong.error().status == 400);
}

TEST_CASE("rows come with what they are related to, in one question") {
  const User ada = make_user("ada");
  const User eve = make_user("eve");
  const Post post = got(db().insert(posts, {.author_id = ada.id,
                                            .title = "Loaded",
                                            .content = "C",
                                            .comments = {{.author_id = eve.id, .body = "one"},
                                                         {.author_id = ada.id, .body = "two"}}}));
  const auto question =
      from(posts)
          .where(posts.id == post.id)
          .with(posts.author, posts.comments.order_by(comments.id.desc()).with(comments.author),
                posts.tags);
  const auto rows = got(db().all(question));
  REQUIRE(rows.size() == 1);
  CHECK(*rows[0] == post);
  CHECK(rows[0]->title == "Loaded");
  CHECK(rows[0][posts.author]->name == "ada");
  REQUIRE(rows[0][posts.comments].size() == 2);
  CHECK(rows[0][posts.comments][0]->body == "two");
  CHECK(rows[0][posts.comments][1][comments.author]->name == "eve");
  CHECK(rows[0][posts.tags].empty());
  const auto commented = [&](const auto& condition) {
    return got(db().count(from(posts).where(posts.id == post.id && condition))) == 1;
  };
  CHECK(commented(posts.comments.some(comments.author.is(users.name == "eve"))));
  CHECK_FALSE(commented(posts.comments.none(comments.body == "one")));
  CHECK(commented(posts.comments.every(comments.body.like("%o%"))));
  CHECK_FALSE(commented(posts.comments.every(comments.body == "one")));
  CHECK(commented(posts.author.exists() && !posts.tags.exists()));
  const auto by_author = from(posts)
                             .where(posts.author_id.in({ada.id, eve.id}))
                             .order_by(posts.author.by(users.name.desc()));
  CHECK(titles(got(db().all(by_author))) == Titles{"Loaded"});
}

TEST_CASE("every broken rule is told, with its place in the schema, and nothing is written") {
  const auto before = got(db().count(from(posts)));
  const auto refused =
      db().insert(posts, {.author_id = 1, .title = "", .rating = orm::Decimal{"11"}});
  REQUIRE_FALSE(refused);
  CHECK(refused.error().status == 422);
  std::vector<std::string> rules;
  for (const orm::Violation& violation : refused.error().violations) {
    rules.push_back(violation.rule);
    CHECK_FALSE(violation.message.empty());
    CHECK(violation.source.starts_with("blog.sql:"));
  }
  std::ranges::sort(rules);
  CHECK(rules == std::vector<std::string>{"not_null", "posts_rating_check", "posts_title_check"});
  const auto orphan = db().insert(posts, {.author_id = 987654, .title = "T", .content = "C"});
  REQUIRE_FALSE(orphan);
  CHECK(orphan.error().status == 409);
  CHECK(orphan.error().violations.at(0).fields == std::vector<std::string>{"author_id"});
  make_user("twice");
  const auto twice = db().insert(users, {.email = "twice@example.com", .name = "Twice"});
  REQUIRE_FALSE(twice);
  CHECK(twice.error().violations.at(0).rule == "unique");
  CHECK(got(db().count(from(posts))) == before);
}

TEST_CASE("many rows are changed and removed by a condition, and shown") {
  const User user = make_user("many");
  got(db().insert_all(posts, {{.author_id = user.id, .title = "x", .content = "1"},
                              {.author_id = user.id, .title = "y", .content = "2"}}));
  CHECK(got(db().update(posts, posts.author_id == user.id, {.content = "same"})).size() == 2);
  CHECK(got(db().update(posts, posts.author_id == user.id, {})).empty());
  CHECK(titles(got(db().remove(posts, posts.author_id == user.id && posts.title == "x"))) ==
        Titles{"x"});
  const Post left = got(db().first(from(posts).where(posts.author_id == user.id))).value();
  CHECK(got(db().remove(posts, left.id)) == left);
  CHECK_FALSE(got(db().remove(posts, left.id)));
}

TEST_CASE("a row is inserted, or the one with its key updated") {
  const User user = make_user("upsert");
  const Post made = got(
      db().upsert(posts, {.id = 70001, .author_id = user.id, .title = "first", .content = "C"}));
  CHECK(made.id == 70001);
  const Post changed = got(
      db().upsert(posts, {.id = 70001, .author_id = user.id, .title = "second", .content = "C"}));
  CHECK(changed.title == "second");
  CHECK(got(db().count(from(posts).where(posts.id == 70001))) == 1);
}

TEST_CASE("a key of two columns is a tuple") {
  const User user = make_user("tuple");
  const Post post = got(db().insert(posts, {.author_id = user.id, .title = "T", .content = "C"}));
  const Tag tag = got(db().insert(tags, {.name = "tuple"}));
  const PostTag pair = got(db().insert(post_tags, {.post_id = post.id, .tag_id = tag.id}));
  CHECK(got(db().find(post_tags, {post.id, tag.id})) == pair);
  CHECK(got(db().first(from(posts).where(posts.tags.some(tags.name == "tuple"))))->id == post.id);
  CHECK(got(db().remove(post_tags, {post.id, tag.id})) == pair);
  CHECK_FALSE(got(db().find(post_tags, {post.id, tag.id})));
}

TEST_CASE("many threads work with one database at once") {
  const User user = make_user("threads");
  std::atomic<int> failed = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&, i] {
      for (int j = 0; j < 20; ++j) {
        const std::string title = std::to_string(i) + "-" + std::to_string(j);
        const auto post =
            db().insert(posts, {.author_id = user.id, .title = title, .content = "C"});
        const auto found = post ? db().find(posts, post->id) : orm::Result<std::optional<Post>>();
        if (!found || !*found || (*found)->title != title) ++failed;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  CHECK(failed == 0);
  CHECK(got(db().count(from(posts).where(posts.author_id == user.id))) == 160);
}

TEST_CASE("a row is JSON in the forms of REST") {
  const User user = make_user("json");
  const std::string json = to_json(db(), user);
  CHECK(json.starts_with("{\"id\":" + std::to_string(user.id) +
                         ",\"email\":\"json@example.com\",\"name\":\"json\","));
}

TEST_CASE("a database that is not there is an error, not an abort") {
  const auto missing = open("postgresql://127.0.0.1:1/nothing");
  REQUIRE_FALSE(missing);
  CHECK(missing.error().status == 503);
  CHECK_FALSE(missing.error().message.empty());
}

}  // namespace
