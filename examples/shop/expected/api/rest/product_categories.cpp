#include "api/rest/rest.h"

#include "validation/product_categories.h"

// `product_categories`
namespace shop::rest::product_categories {
namespace {

enum : FieldIndex {
  product_id,
  category_id,
};

constexpr Field kColumns[] = {
    {
        .name = "product_id",
        .sql = R"("product_id")",
        .type = Type::int64,
        .nullable = false,
        .pg_type = "bigint",
    },
    {
        .name = "category_id",
        .sql = R"("category_id")",
        .type = Type::int64,
        .nullable = false,
        .pg_type = "bigint",
    },
};

constexpr Key kIndexes[] = {
    {"", kFields<product_id, category_id>},
    {"product_categories_category", kFields<category_id>},
};

constexpr Relation kRelations[] = {
    // product_categories.product_id = products.id
    {
        .name = "product",
        .target = at::products,
        .constraint = "product_categories_product_fk",
        .from = kFields<product_id>,
        .to = kFields<0>,
    },
    // product_categories.category_id = categories.id
    {
        .name = "category",
        .target = at::categories,
        .constraint = "product_categories_category_fk",
        .from = kFields<category_id>,
        .to = kFields<0>,
    },
};

constexpr Order kOrder[] = {
    {product_id},
    {category_id},
};

}  // namespace

const Entity entity = {
    .name = "product_categories",
    .sql = R"("product_categories")",
    .fields = kColumns,
    .primary_key = {"", kFields<product_id, category_id>},
    .indexes = kIndexes,
    .relations = kRelations,
    .rules = validation::product_categories::kRules,
    .default_order = kOrder,
    .places = &places,
};

}  // namespace shop::rest::product_categories
