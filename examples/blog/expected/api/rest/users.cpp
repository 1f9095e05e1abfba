#include "api/rest/rest.h"

#include "validation/users.h"

// People who write and comment.
namespace blog::rest::users {
namespace {

enum : FieldIndex {
  id,
  email,
  name,
  age,
  bio,
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
        .name = "email",
        .sql = R"("email")",
        .type = Type::text,
        .max_length = 255,
        .nullable = false,
        .pg_type = "character varying(255)",
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
        .name = "age",
        .sql = R"("age")",
        .type = Type::int32,
        .pg_type = "integer",
    },
    {
        .name = "bio",
        .sql = R"("bio")",
        .type = Type::text,
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

constexpr Key kUniques[] = {
    {"users_email_key", kFields<email>},
};

constexpr Key kIndexes[] = {
    {"users_pkey", kFields<id>},
    {"users_email_key", kFields<email>},
};

constexpr Relation kRelations[] = {
    // users.id = posts.author_id
    {
        .name = "posts",
        .cardinality = Cardinality::to_many,
        .target = at::posts,
        .constraint = "posts_author_id_fkey",
        .from = kFields<id>,
        .to = kFields<1>,
    },
    // users.id = comments.author_id
    {
        .name = "comments",
        .cardinality = Cardinality::to_many,
        .target = at::comments,
        .constraint = "comments_author_id_fkey",
        .from = kFields<id>,
        .to = kFields<2>,
    },
};

constexpr Order kOrder[] = {
    {id},
};

}  // namespace

const Entity entity = {
    .name = "users",
    .sql = R"("users")",
    .fields = kColumns,
    .primary_key = {"users_pkey", kFields<id>},
    .uniques = kUniques,
    .indexes = kIndexes,
    .relations = kRelations,
    .rules = validation::users::kRules,
    .default_order = kOrder,
    .description = "People who write and comment.",
    .places = &places,
};

}  // namespace blog::rest::users
