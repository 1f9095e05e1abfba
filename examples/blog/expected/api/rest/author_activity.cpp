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

}  // namespace

const Entity entity = {
    .name = "author_activity",
    .sql = R"("author_activity")",
    .is_view = true,
    .fields = kColumns,
    .description = "How much each person has written.",
    .places = &places,
};

}  // namespace blog::rest::author_activity
