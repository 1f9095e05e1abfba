#include "api/rest/rest.h"

#include "validation/reviews.h"

// `reviews`
namespace shop::rest::reviews {
namespace {

enum : FieldIndex {
  id,
  product_id,
  customer_id,
  stars,
  title,
  body,
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
        .name = "product_id",
        .sql = R"("product_id")",
        .type = Type::int64,
        .nullable = false,
        .pg_type = "bigint",
    },
    {
        .name = "customer_id",
        .sql = R"("customer_id")",
        .type = Type::int64,
        .nullable = false,
        .pg_type = "bigint",
    },
    {
        .name = "stars",
        .sql = R"("stars")",
        .type = Type::int16,
        .nullable = false,
        .pg_type = "smallint",
    },
    {
        .name = "title",
        .sql = R"("title")",
        .type = Type::text,
        .max_length = 120,
        .pg_type = "character varying(120)",
    },
    {
        .name = "body",
        .sql = R"("body")",
        .type = Type::text,
        .pg_type = "text",
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
    {"reviews_once", kFields<product_id, customer_id>},
};

constexpr Key kIndexes[] = {
    {"", kFields<id>},
    {"reviews_once", kFields<product_id, customer_id>},
    {"reviews_customer", kFields<customer_id>},
};

constexpr Relation kRelations[] = {
    // reviews.product_id = products.id
    {
        .name = "product",
        .target = at::products,
        .constraint = "reviews_product_fk",
        .from = kFields<product_id>,
        .to = kFields<0>,
    },
    // reviews.customer_id = customers.id
    {
        .name = "customer",
        .target = at::customers,
        .constraint = "reviews_customer_fk",
        .from = kFields<customer_id>,
        .to = kFields<0>,
    },
};

constexpr Order kOrder[] = {
    {id},
};

}  // namespace

const Entity entity = {
    .name = "reviews",
    .sql = R"("reviews")",
    .fields = kColumns,
    .primary_key = {"", kFields<id>},
    .uniques = kUniques,
    .indexes = kIndexes,
    .relations = kRelations,
    .rules = validation::reviews::kRules,
    .default_order = kOrder,
    .places = &places,
};

}  // namespace shop::rest::reviews
