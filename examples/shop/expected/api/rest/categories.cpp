#include "api/rest/rest.h"

#include "validation/categories.h"

// `categories`
namespace shop::rest::categories {
namespace {

enum : FieldIndex {
  id,
  parent_id,
  name,
  position,
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
        .name = "parent_id",
        .sql = R"("parent_id")",
        .type = Type::int64,
        .pg_type = "bigint",
    },
    {
        .name = "name",
        .sql = R"("name")",
        .type = Type::text,
        .max_length = 60,
        .nullable = false,
        .pg_type = "character varying(60)",
    },
    {
        .name = "position",
        .sql = R"("position")",
        .type = Type::int16,
        .nullable = false,
        .has_default = true,
        .pg_type = "smallint",
    },
};

constexpr Key kUniques[] = {
    {"categories_name", kFields<parent_id, name>},
};

constexpr Key kIndexes[] = {
    {"", kFields<id>},
    {"categories_name", kFields<parent_id, name>},
};

constexpr Relation kRelations[] = {
    // categories.parent_id = categories.id
    {
        .name = "parent",
        .target = at::categories,
        .constraint = "categories_parent_fk",
        .from = kFields<parent_id>,
        .to = kFields<0>,
    },
    // categories.id = categories.parent_id
    {
        .name = "children",
        .cardinality = Cardinality::to_many,
        .target = at::categories,
        .constraint = "categories_parent_fk",
        .from = kFields<id>,
        .to = kFields<1>,
    },
    // categories.id = product_categories.category_id
    {
        .name = "product_categories",
        .cardinality = Cardinality::to_many,
        .target = at::product_categories,
        .constraint = "product_categories_category_fk",
        .from = kFields<id>,
        .to = kFields<1>,
    },
    // categories.id = product_categories.category_id and product_categories.product_id = products.id
    {
        .name = "products",
        .cardinality = Cardinality::many_to_many,
        .target = at::products,
        .constraint = "product_categories",
        .from = kFields<id>,
        .to = kFields<0>,
        .via = at::product_categories,
        .via_from = kFields<1>,
        .via_to = kFields<0>,
    },
};

constexpr Order kOrder[] = {
    {id},
};

}  // namespace

const Entity entity = {
    .name = "categories",
    .sql = R"("categories")",
    .fields = kColumns,
    .primary_key = {"", kFields<id>},
    .uniques = kUniques,
    .indexes = kIndexes,
    .relations = kRelations,
    .rules = validation::categories::kRules,
    .default_order = kOrder,
    .places = &places,
};

}  // namespace shop::rest::categories
