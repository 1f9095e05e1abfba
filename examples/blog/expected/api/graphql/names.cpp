#include <sqlxc/query/graphql_names.h>

#include "server/model.h"

// What everything is called in GraphQL, in the order of the model: the schema (schema.graphql, beside this) is
// printed from the same names.
namespace blog {
namespace {

using namespace sqlxc::query;

namespace users {
constexpr std::string_view kFields[] = {
    "id",
    "email",
    "name",
    "age",
    "bio",
    "createdAt",
};
constexpr std::string_view kRelations[] = {
    "posts",
    "comments",
};
constexpr std::string_view kUniques[] = {
    "userByEmail",
};
}  // namespace users

namespace posts {
constexpr std::string_view kFields[] = {
    "id",
    "authorId",
    "title",
    "content",
    "status",
    "rating",
    "publishedAt",
    "createdAt",
};
constexpr std::string_view kRelations[] = {
    "author",
    "authorAuthorActivity",
    "comments",
    "postTags",
    "tags",
};
}  // namespace posts

namespace comments {
constexpr std::string_view kFields[] = {
    "id",
    "postId",
    "authorId",
    "body",
    "createdAt",
};
constexpr std::string_view kRelations[] = {
    "post",
    "author",
    "authorAuthorActivity",
};
}  // namespace comments

namespace tags {
constexpr std::string_view kFields[] = {
    "id",
    "name",
};
constexpr std::string_view kRelations[] = {
    "postTags",
    "posts",
};
constexpr std::string_view kUniques[] = {
    "tagByName",
};
}  // namespace tags

namespace post_tags {
constexpr std::string_view kFields[] = {
    "postId",
    "tagId",
};
constexpr std::string_view kRelations[] = {
    "post",
    "tag",
};
}  // namespace post_tags

namespace author_activity {
constexpr std::string_view kFields[] = {
    "id",
    "name",
    "posts",
    "lastPublishedAt",
};
constexpr std::string_view kRelations[] = {
    "authorAuthorActivityPosts",
    "comments",
};
}  // namespace author_activity

namespace result_top_authors {
constexpr std::string_view kFields[] = {
    "id",
    "name",
    "posts",
    "lastPublishedAt",
};
}  // namespace result_top_authors

constexpr std::string_view kArguments1[] = {
    "minPosts",
    "since",
};

constexpr GraphqlEntity kEntities[] = {
    {
        .type = "User",
        .types = "Users",
        .one = "user",
        .many = "users",
        .fields = users::kFields,
        .relations = users::kRelations,
        .uniques = users::kUniques,
    },
    {
        .type = "Post",
        .types = "Posts",
        .one = "post",
        .many = "posts",
        .fields = posts::kFields,
        .relations = posts::kRelations,
    },
    {
        .type = "Comment",
        .types = "Comments",
        .one = "comment",
        .many = "comments",
        .fields = comments::kFields,
        .relations = comments::kRelations,
    },
    {
        .type = "Tag",
        .types = "Tags",
        .one = "tag",
        .many = "tags",
        .fields = tags::kFields,
        .relations = tags::kRelations,
        .uniques = tags::kUniques,
    },
    {
        .type = "PostTag",
        .types = "PostTags",
        .one = "postTag",
        .many = "postTags",
        .fields = post_tags::kFields,
        .relations = post_tags::kRelations,
    },
    {
        .type = "AuthorActivity",
        .types = "AuthorActivities",
        .many = "authorActivities",
        .fields = author_activity::kFields,
        .relations = author_activity::kRelations,
    },
    {
        .type = "TopAuthorsResult",
        .fields = result_top_authors::kFields,
    },
};

constexpr GraphqlFunction kFunctions[] = {
    {
        .name = "topAuthors",
        .arguments = kArguments1,
    },
};

}  // namespace

const GraphqlNames& graphql_names() {
  static const GraphqlNames kNames = {
      .sdl = graphql_schema(),
      .node_id = "nodeId",
      .entities = kEntities,
      .functions = kFunctions,
  };
  return kNames;
}

}  // namespace blog
