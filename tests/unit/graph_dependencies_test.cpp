#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include <sqlxc/graph/dependencies.h>

#include "tests/unit/blog_model.h"

// What an answer is made of: the fewest rows that can be told from the query alone, and never less
// than it reads.
namespace sqlxc::graph {
namespace {

using query::Filter;
using query::Query;
using value::Value;

constexpr query::FieldIndex kId = 0;
constexpr query::FieldIndex kAuthor = 1;  // of a post
constexpr query::RelationIndex kPostsOfUser = 0;
constexpr query::RelationIndex kAuthorOfPost = 0;
constexpr query::RelationIndex kTagsOfPost = 2;

Query rows_of(query::EntityIndex entity) {
  Query query;
  query.entity = entity;
  return query;
}

Query row_of(query::EntityIndex entity, std::int64_t id) {
  Query query = rows_of(entity);
  query.key = {Value::of_integer(id)};
  return query;
}

Filter compare(query::FieldIndex field, query::Comparison comparison,
               const std::vector<std::int64_t>& values) {
  Filter filter{.kind = Filter::Kind::compare, .field = field, .comparison = comparison};
  for (const std::int64_t value : values) filter.values.push_back(Value::of_integer(value));
  return filter;
}

Filter equals(query::FieldIndex field, std::int64_t value) {
  return compare(field, query::Comparison::eq, {value});
}

Filter combine(Filter::Kind kind, std::vector<Filter> children) {
  return {.kind = kind, .children = std::move(children)};
}

void embed(Query& query, query::RelationIndex relation, Query rows) {
  query::Embed embed;
  embed.relation = relation;
  embed.query = std::move(rows);
  query.embeds.push_back(std::move(embed));
}

// "users" is any of them, "posts[1=5]" those with 5 in the second field.
std::vector<std::string> found_in(const Query& query, const query::Model& model = blog::kModel) {
  const Dependencies found = dependencies_of(model, std::span(&query, 1));
  if (found.is_everything) return {"everything"};
  std::vector<std::string> all;
  for (const Dependency& table : found.tables) {
    std::string& text = all.emplace_back(blog::kModel.entities[table.entity].name);
    for (std::size_t i = 0; i < table.fields.size(); ++i) {
      text += "[" + std::to_string(table.fields[i]) + "=" + table.values[i] + "]";
    }
  }
  return all;
}

using Names = std::vector<std::string>;

TEST_CASE("rows that others are sorted by matter, and those on the way to them") {
  Query posts = rows_of(blog::kPosts);
  query::Sort sort{.field = kId};
  sort.relations = {kAuthorOfPost};
  posts.order = {sort};
  CHECK(found_in(posts) == Names{"posts", "users"});
}

TEST_CASE("a row that is asked for by its key is all that matters of its table") {
  CHECK(found_in(rows_of(blog::kUsers)) == Names{"users"});
  CHECK(found_in(row_of(blog::kUsers, 7)) == Names{"users[0=7]"});
  Query filtered = rows_of(blog::kUsers);
  filtered.filter = combine(Filter::Kind::all, {equals(3, 40), equals(kId, 7)});
  CHECK(found_in(filtered) == Names{"users[0=7]"});
  filtered.filter = compare(kId, query::Comparison::in, {7, 9});
  CHECK(found_in(filtered) == Names{"users[0=7]", "users[0=9]"});
}

TEST_CASE("rows that are asked for by what they refer to matter, and no others") {
  Query posts = rows_of(blog::kPosts);
  posts.filter = equals(kAuthor, 5);
  CHECK(found_in(posts) == Names{"posts[1=5]"});
  Query user = row_of(blog::kUsers, 5);
  embed(user, kPostsOfUser, rows_of(blog::kPosts));
  CHECK(found_in(user) == Names{"users[0=5]", "posts[1=5]"});
  Query post = row_of(blog::kPosts, 3);
  embed(post, kTagsOfPost, rows_of(blog::kTags));
  CHECK(found_in(post) == Names{"posts[0=3]", "post_tags[0=3]", "tags"});
  // Whose row it is stands in the row.
  Query written = row_of(blog::kPosts, 3);
  embed(written, kAuthorOfPost, rows_of(blog::kUsers));
  CHECK(found_in(written) == Names{"posts[0=3]", "users"});
}

TEST_CASE("a filter that does not name the rows says nothing of them") {
  Query users = rows_of(blog::kUsers);
  users.filter = combine(Filter::Kind::any, {equals(kId, 7), equals(3, 40)});
  CHECK(found_in(users) == Names{"users"});
  users.filter = equals(kId, 7);
  users.filter.is_negated = true;
  CHECK(found_in(users) == Names{"users"});
  users.filter = combine(Filter::Kind::not_true, {equals(kId, 7)});
  CHECK(found_in(users) == Names{"users"});
  users.filter = compare(kId, query::Comparison::gt, {7});
  CHECK(found_in(users) == Names{"users"});
  users.filter = equals(3, 40);
  CHECK(found_in(users) == Names{"users"});
}

TEST_CASE("what a filter asks of related rows is read, too") {
  Query users = rows_of(blog::kUsers);
  Filter related{.kind = Filter::Kind::related, .relation = kPostsOfUser};
  related.children = {equals(kId, 3)};
  users.filter = std::move(related);
  CHECK(found_in(users) == Names{"users", "posts"});
}

TEST_CASE("a function may read everything, a named query what it says") {
  constexpr query::Function kFunctions[] = {
      {.name = "any"},
      {.name = "own", .is_query = true, .reads = query::kEntities<blog::kPosts, blog::kTags>},
  };
  query::Model model = blog::kModel;
  model.functions = kFunctions;
  Query call = rows_of(blog::kPosts);
  call.call = query::Call{.function = 0, .arguments = {}};
  CHECK(found_in(call, model) == Names{"everything"});
  call.call->function = 1;
  CHECK(found_in(call, model) == Names{"posts", "tags"});
}

TEST_CASE("a view is read where its tables are") {
  std::vector<query::Entity> entities(blog::kModel.entities.begin(), blog::kModel.entities.end());
  query::Model model = blog::kModel;
  model.entities = entities;
  CHECK(found_in(rows_of(blog::kTags), model) == Names{"tags"});
  entities[blog::kTags].reads = query::kEntities<blog::kPosts, blog::kUsers>;
  CHECK(found_in(rows_of(blog::kTags), model) == Names{"posts", "users"});
  CHECK(found_in(row_of(blog::kTags, 1), model) == Names{"posts", "users"});
}

}  // namespace
}  // namespace sqlxc::graph
