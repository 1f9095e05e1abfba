#include "api/rest/rest.h"

#include "validation/comments.h"

// What readers say about a post.
namespace blog::rest::comments {
namespace {

enum : FieldIndex {
  id,
  post_id,
  author_id,
  body,
  created_at,
};

constexpr Field kColumns[] = {
    {
        .name = "id",
        .sql = R"("id")",
        .type = Type::int64,
        .nullable = false,
        .has_default = true,
        .pg_type = "bigint",
    },
    {
        .name = "post_id",
        .sql = R"("post_id")",
        .type = Type::int64,
        .nullable = false,
        .pg_type = "bigint",
    },
    {
        .name = "author_id",
        .sql = R"("author_id")",
        .type = Type::int64,
        .nullable = false,
        .pg_type = "bigint",
    },
    {
        .name = "body",
        .sql = R"("body")",
        .type = Type::text,
        .nullable = false,
        .pg_type = "text",
    },
    {
        .name = "created_at",
        .sql = R"("created_at")",
        .type = Type::timestamptz,
        .nullable = false,
        .has_default = true,
        .readonly = true,
        .pg_type = "timestamp with time zone",
    },
};

constexpr Key kIndexes[] = {
    {"comments_pkey", kFields<id>},
    {"comments_post_id", kFields<post_id>},
    {"comments_author_id", kFields<author_id>},
};

constexpr Relation kRelations[] = {
    // comments.post_id = posts.id
    {
        .name = "post",
        .target = at::posts,
        .constraint = "comments_post_id_fkey",
        .from = kFields<post_id>,
        .to = kFields<0>,
    },
    // comments.author_id = users.id
    {
        .name = "author",
        .target = at::users,
        .constraint = "comments_author_id_fkey",
        .from = kFields<author_id>,
        .to = kFields<0>,
    },
    // comments.author_id = author_activity.id
    {
        .name = "author_author_activity",
        .target = at::author_activity,
        .constraint = "comments_author_id_fkey",
        .from = kFields<author_id>,
        .to = kFields<0>,
    },
};

constexpr Order kOrder[] = {
    {id},
};

}  // namespace

const Entity entity = {
    .name = "comments",
    .sql = R"("comments")",
    .fields = kColumns,
    .primary_key = {"comments_pkey", kFields<id>},
    .indexes = kIndexes,
    .relations = kRelations,
    .rules = validation::comments::kRules,
    .default_order = kOrder,
    .description = "What readers say about a post.",
    .places = &places,
};

}  // namespace blog::rest::comments
