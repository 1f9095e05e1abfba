#include "api/rest/rest.h"

// How much each person has written.
namespace blog::rest::author_activity {
namespace {

enum : FieldIndex {
  id,
  name,
  posts,
  last_published_at,
};

constexpr Field kColumns[] = {
    {
        .name = "id",
        .sql = R"("id")",
        .type = Type::int64,
        .nullable = false,
        .pg_type = "bigint",
    },
    {
        .name = "name",
        .sql = R"("name")",
        .type = Type::text,
        .max_length = 100,
        .nullable = false,
        .pg_type = "character varying(100)",
    },
    {
        .name = "posts",
        .sql = R"("posts")",
        .type = Type::int64,
        .nullable = false,
        .pg_type = "bigint",
    },
    {
        .name = "last_published_at",
        .sql = R"("last_published_at")",
        .type = Type::timestamptz,
        .pg_type = "timestamp with time zone",
    },
};

constexpr Relation kRelations[] = {
    // author_activity.id = posts.author_id
    {
        .name = "author_author_activity_posts",
        .cardinality = Cardinality::to_many,
        .target = at::posts,
        .constraint = "posts_author_id_fkey",
        .from = kFields<id>,
        .to = kFields<1>,
    },
    // author_activity.id = comments.author_id
    {
        .name = "comments",
        .cardinality = Cardinality::to_many,
        .target = at::comments,
        .constraint = "comments_author_id_fkey",
        .from = kFields<id>,
        .to = kFields<2>,
    },
};

}  // namespace

const Entity entity = {
    .name = "author_activity",
    .sql = R"("author_activity")",
    .is_view = true,
    .fields = kColumns,
    .relations = kRelations,
    .reads = kEntities<at::users, at::posts>,
    .description = "How much each person has written.",
    .places = &places,
};

}  // namespace blog::rest::author_activity
