#include "api/rest/rest.h"

#include "validation/posts.h"

// What people write. A published post has a date of publication.
namespace blog::rest::posts {
namespace {

enum : FieldIndex {
  id,
  author_id,
  title,
  content,
  status,
  rating,
  published_at,
  created_at,
};

constexpr std::string_view kStatusLabels[] = {"draft", "published", "archived"};

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
        .name = "author_id",
        .sql = R"("author_id")",
        .type = Type::int64,
        .nullable = false,
        .pg_type = "bigint",
    },
    {
        .name = "title",
        .sql = R"("title")",
        .type = Type::text,
        .max_length = 200,
        .nullable = false,
        .pg_type = "character varying(200)",
    },
    {
        .name = "content",
        .sql = R"("content")",
        .type = Type::text,
        .nullable = false,
        .pg_type = "text",
    },
    {
        .name = "status",
        .sql = R"("status")",
        .type = Type::enumeration,
        .nullable = false,
        .has_default = true,
        .labels = kStatusLabels,
        .pg_type = "post_status",
    },
    {
        .name = "rating",
        .sql = R"("rating")",
        .type = Type::decimal,
        .precision = 3,
        .scale = 1,
        .pg_type = "numeric(3,1)",
    },
    {
        .name = "published_at",
        .sql = R"("published_at")",
        .type = Type::timestamptz,
        .pg_type = "timestamp with time zone",
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
    {"posts_pkey", kFields<id>},
    {"posts_author_id", kFields<author_id, created_at>},
    {"posts_created_at", kFields<created_at>},
};

constexpr Relation kRelations[] = {
    // posts.author_id = users.id
    {
        .name = "author",
        .target = at::users,
        .constraint = "posts_author_id_fkey",
        .from = kFields<author_id>,
        .to = kFields<0>,
    },
    // posts.author_id = author_activity.id
    {
        .name = "author_author_activity",
        .target = at::author_activity,
        .constraint = "posts_author_id_fkey",
        .from = kFields<author_id>,
        .to = kFields<0>,
    },
    // posts.id = comments.post_id
    {
        .name = "comments",
        .cardinality = Cardinality::to_many,
        .target = at::comments,
        .constraint = "comments_post_id_fkey",
        .from = kFields<id>,
        .to = kFields<1>,
    },
    // posts.id = post_tags.post_id
    {
        .name = "post_tags",
        .cardinality = Cardinality::to_many,
        .target = at::post_tags,
        .constraint = "post_tags_post_id_fkey",
        .from = kFields<id>,
        .to = kFields<0>,
    },
    // posts.id = post_tags.post_id and post_tags.tag_id = tags.id
    {
        .name = "tags",
        .cardinality = Cardinality::many_to_many,
        .target = at::tags,
        .constraint = "post_tags",
        .from = kFields<id>,
        .to = kFields<0>,
        .via = at::post_tags,
        .via_from = kFields<0>,
        .via_to = kFields<1>,
    },
};

constexpr Order kOrder[] = {
    {created_at, true},
    {id, true},
};

constexpr SearchField kSearch[] = {
    {title, 'A'},
    {content, 'D'},
};

}  // namespace

const Entity entity = {
    .name = "posts",
    .sql = R"("posts")",
    .fields = kColumns,
    .primary_key = {"posts_pkey", kFields<id>},
    .indexes = kIndexes,
    .relations = kRelations,
    .rules = validation::posts::kRules,
    .default_order = kOrder,
    .search = {kSearch, R"("_sqlxc_search_posts")", R"("id")"},
    .page = 20,
    .description = "What people write. A published post has a date of publication.",
    .places = &places,
};

}  // namespace blog::rest::posts
