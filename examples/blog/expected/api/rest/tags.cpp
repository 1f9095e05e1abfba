#include "api/rest/rest.h"

#include "validation/tags.h"

// Words that posts are found by.
namespace blog::rest::tags {
namespace {

enum : FieldIndex {
  id,
  name,
};

constexpr Field kColumns[] = {
    {
        .name = "id",
        .sql = R"("id")",
        .type = Type::int32,
        .nullable = false,
        .has_default = true,
        .pg_type = "integer",
    },
    {
        .name = "name",
        .sql = R"("name")",
        .type = Type::text,
        .max_length = 50,
        .nullable = false,
        .pg_type = "character varying(50)",
    },
};

constexpr Key kUniques[] = {
    {"tags_name_key", kFields<name>},
};

constexpr Key kIndexes[] = {
    {"tags_pkey", kFields<id>},
    {"tags_name_key", kFields<name>},
};

constexpr Relation kRelations[] = {
    // tags.id = post_tags.tag_id
    {
        .name = "post_tags",
        .cardinality = Cardinality::to_many,
        .target = at::post_tags,
        .constraint = "post_tags_tag_id_fkey",
        .from = kFields<id>,
        .to = kFields<1>,
    },
    // tags.id = post_tags.tag_id and post_tags.post_id = posts.id
    {
        .name = "posts",
        .cardinality = Cardinality::many_to_many,
        .target = at::posts,
        .constraint = "post_tags",
        .from = kFields<id>,
        .to = kFields<0>,
        .via = at::post_tags,
        .via_from = kFields<1>,
        .via_to = kFields<0>,
    },
};

constexpr Order kOrder[] = {
    {id},
};

}  // namespace

const Entity entity = {
    .name = "tags",
    .sql = R"("tags")",
    .fields = kColumns,
    .primary_key = {"tags_pkey", kFields<id>},
    .uniques = kUniques,
    .indexes = kIndexes,
    .relations = kRelations,
    .rules = validation::tags::kRules,
    .default_order = kOrder,
    .description = "Words that posts are found by.",
    .places = &places,
};

}  // namespace blog::rest::tags
