#include "api/rest/rest.h"

#include "validation/products.h"

// `products`
namespace shop::rest::products {
namespace {

enum : FieldIndex {
  id,
  sku,
  name,
  description,
  price,
  list_price,
  stock,
  weight,
  attributes,
  is_active,
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
        .name = "sku",
        .sql = R"("sku")",
        .type = Type::text,
        .max_length = 32,
        .nullable = false,
        .pg_type = "character varying(32)",
    },
    {
        .name = "name",
        .sql = R"("name")",
        .type = Type::text,
        .max_length = 160,
        .nullable = false,
        .pg_type = "character varying(160)",
    },
    {
        .name = "description",
        .sql = R"("description")",
        .type = Type::text,
        .pg_type = "text",
    },
    {
        .name = "price",
        .sql = R"("price")",
        .type = Type::decimal,
        .precision = 10,
        .scale = 2,
        .nullable = false,
        .pg_type = "numeric(10,2)",
    },
    {
        .name = "list_price",
        .sql = R"("list_price")",
        .type = Type::decimal,
        .precision = 10,
        .scale = 2,
        .pg_type = "numeric(10,2)",
    },
    {
        .name = "stock",
        .sql = R"("stock")",
        .type = Type::int32,
        .nullable = false,
        .has_default = true,
        .pg_type = "integer",
    },
    {
        .name = "weight",
        .sql = R"("weight")",
        .type = Type::float64,
        .pg_type = "double precision",
    },
    {
        .name = "attributes",
        .sql = R"("attributes")",
        .type = Type::json,
        .pg_type = "jsonb",
    },
    {
        .name = "is_active",
        .sql = R"("is_active")",
        .type = Type::boolean,
        .nullable = false,
        .has_default = true,
        .pg_type = "boolean",
    },
    {
        .name = "created_at",
        .sql = R"("created_at")",
        .type = Type::timestamp,
        .nullable = false,
        .has_default = true,
        .pg_type = "timestamp(0) without time zone",
    },
};

constexpr Key kUniques[] = {
    {"products_sku", kFields<sku>},
};

constexpr Key kIndexes[] = {
    {"", kFields<id>},
    {"products_sku", kFields<sku>},
    {"products_name", kFields<name>},
};

constexpr Relation kRelations[] = {
    // products.id = product_categories.product_id
    {
        .name = "product_categories",
        .cardinality = Cardinality::to_many,
        .target = at::product_categories,
        .constraint = "product_categories_product_fk",
        .from = kFields<id>,
        .to = kFields<0>,
    },
    // products.id = order_items.product_id
    {
        .name = "order_items",
        .cardinality = Cardinality::to_many,
        .target = at::order_items,
        .constraint = "order_items_product_fk",
        .from = kFields<id>,
        .to = kFields<2>,
    },
    // products.id = reviews.product_id
    {
        .name = "reviews",
        .cardinality = Cardinality::to_many,
        .target = at::reviews,
        .constraint = "reviews_product_fk",
        .from = kFields<id>,
        .to = kFields<1>,
    },
    // products.id = product_categories.product_id and product_categories.category_id = categories.id
    {
        .name = "categories",
        .cardinality = Cardinality::many_to_many,
        .target = at::categories,
        .constraint = "product_categories",
        .from = kFields<id>,
        .to = kFields<0>,
        .via = at::product_categories,
        .via_from = kFields<0>,
        .via_to = kFields<1>,
    },
};

constexpr Order kOrder[] = {
    {id},
};

}  // namespace

const Entity entity = {
    .name = "products",
    .sql = R"("products")",
    .fields = kColumns,
    .primary_key = {"", kFields<id>},
    .uniques = kUniques,
    .indexes = kIndexes,
    .relations = kRelations,
    .rules = validation::products::kRules,
    .default_order = kOrder,
    .places = &places,
};

}  // namespace shop::rest::products
