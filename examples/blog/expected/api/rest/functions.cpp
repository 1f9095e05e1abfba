#include "api/rest/rest.h"

// What can be called at /api/rpc, its parameters, and what it gives that is no table's row.
namespace blog::rest {

namespace result_top_authors {
namespace {

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
    .name = "top_authors",
    .is_result = true,
    .fields = kColumns,
};

}  // namespace result_top_authors

namespace {

namespace call_1 {
constexpr Parameter kParameters[] = {
    {
        .field = {
            .name = "min_posts",
            .sql = R"("min_posts")",
            .type = Type::int32,
            .pg_type = "integer",
        },
    },
    {
        .field = {
            .name = "since",
            .sql = R"("since")",
            .type = Type::timestamptz,
            .pg_type = "timestamp with time zone",
        },
        .is_optional = true,
    },
};
}  // namespace call_1

namespace call_1 {
constexpr Order kOrder[] = {
    {2, true},
    {0},
};
}  // namespace call_1

constexpr Function kFunctions[] = {
    {
        .name = "top_authors",
        .sql = R"sql(
        select
          u.id,
          u.name,
          count(*) as posts,
          max(p.published_at) as last_published_at
        from users as u
          join posts as p on p.author_id = u.id
        where $2 is null or p.published_at >= $2
        group by u.id, u.name
        having count(*) >= $1
        order by count(*) desc nulls first, u.id
        )sql",
        .pg_sql = R"sql(
        select
          u.id,
          u.name,
          count(*) as posts,
          max(p.published_at) as last_published_at
        from users as u
          join posts as p on p.author_id = u.id
        where $2 is null or p.published_at >= $2
        group by u.id, u.name
        having count(*) >= $1
        order by count(*) desc, u.id
        )sql",
        .is_query = true,
        .reads = kEntities<at::users, at::posts>,
        .volatility = Volatility::stable,
        .parameters = call_1::kParameters,
        .returns = Function::Returns::rows,
        .result = at::result_top_authors,
        .order = call_1::kOrder,
        .description = "Who wrote at least so many posts, the busiest first.",
    },
};

}  // namespace

std::span<const Function> functions() { return kFunctions; }

}  // namespace blog::rest
