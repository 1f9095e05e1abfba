#include "api/rest/rest.h"

// Which post carries which tag.
namespace blog::rest::post_tags {
namespace {

enum : FieldIndex {
  post_id,
  tag_id,
};

constexpr Field kColumns[] = {
    {
        .name = "post_id",
        .sql = R"("post_id")",
        .type = Type::int64,
        .nullable = false,
        .pg_type = "bigint",
    },
    {
        .name = "tag_id",
        .sql = R"("tag_id")",
        .type = Type::int32,
        .nullable = false,
        .pg_type = "integer",
    },
};

constexpr Key kIndexes[] = {
    {"post_tags_pkey", kFields<post_id, tag_id>},
    {"post_tags_tag_id", kFields<tag_id>},
};

constexpr Relation kRelations[] = {
    // post_tags.post_id = posts.id
    {
        .name = "post",
        .target = at::posts,
        .constraint = "post_tags_post_id_fkey",
        .from = kFields<post_id>,
        .to = kFields<0>,
    },
    // post_tags.tag_id = tags.id
    {
        .name = "tag",
        .target = at::tags,
        .constraint = "post_tags_tag_id_fkey",
        .from = kFields<tag_id>,
        .to = kFields<0>,
    },
};

constexpr Order kOrder[] = {
    {post_id},
    {tag_id},
};

}  // namespace

const Entity entity = {
    .name = "post_tags",
    .sql = R"("post_tags")",
    .fields = kColumns,
    .primary_key = {"post_tags_pkey", kFields<post_id, tag_id>},
    .indexes = kIndexes,
    .relations = kRelations,
    .default_order = kOrder,
    .description = "Which post carries which tag.",
    .places = &places,
};

}  // namespace blog::rest::post_tags
