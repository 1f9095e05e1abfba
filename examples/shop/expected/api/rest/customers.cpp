#include "api/rest/rest.h"

#include "validation/customers.h"

// `customers`
namespace shop::rest::customers {
namespace {

enum : FieldIndex {
  id,
  email,
  first_name,
  last_name,
  phone,
  company,
  newsletter,
  created_at,
  updated_at,
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
        .name = "first_name",
        .sql = R"("first_name")",
        .type = Type::text,
        .max_length = 40,
        .nullable = false,
        .pg_type = "character varying(40)",
    },
    {
        .name = "last_name",
        .sql = R"("last_name")",
        .type = Type::text,
        .max_length = 40,
        .nullable = false,
        .pg_type = "character varying(40)",
    },
    {
        .name = "phone",
        .sql = R"("phone")",
        .type = Type::text,
        .max_length = 24,
        .pg_type = "character varying(24)",
    },
    {
        .name = "company",
        .sql = R"("company")",
        .type = Type::text,
        .max_length = 80,
        .pg_type = "character varying(80)",
    },
    {
        .name = "newsletter",
        .sql = R"("newsletter")",
        .type = Type::boolean,
        .nullable = false,
        .has_default = true,
        .pg_type = "boolean",
    },
    {
        .name = "created_at",
        .sql = R"("created_at")",
        .type = Type::timestamptz,
        .nullable = false,
        .has_default = true,
        .pg_type = "timestamp(0) with time zone",
    },
    {
        .name = "updated_at",
        .sql = R"("updated_at")",
        .type = Type::timestamptz,
        .nullable = false,
        .has_default = true,
        .pg_type = "timestamp(0) with time zone",
    },
};

constexpr Key kUniques[] = {
    {"customers_email", kFields<email>},
};

constexpr Key kIndexes[] = {
    {"", kFields<id>},
    {"customers_email", kFields<email>},
    {"customers_name", kFields<last_name, first_name>},
};

constexpr Relation kRelations[] = {
    // customers.id = addresses.customer_id
    {
        .name = "addresses",
        .cardinality = Cardinality::to_many,
        .target = at::addresses,
        .constraint = "addresses_customer_fk",
        .from = kFields<id>,
        .to = kFields<1>,
    },
    // customers.id = orders.customer_id
    {
        .name = "orders",
        .cardinality = Cardinality::to_many,
        .target = at::orders,
        .constraint = "orders_customer_fk",
        .from = kFields<id>,
        .to = kFields<1>,
    },
    // customers.id = reviews.customer_id
    {
        .name = "reviews",
        .cardinality = Cardinality::to_many,
        .target = at::reviews,
        .constraint = "reviews_customer_fk",
        .from = kFields<id>,
        .to = kFields<2>,
    },
};

constexpr Order kOrder[] = {
    {id},
};

}  // namespace

const Entity entity = {
    .name = "customers",
    .sql = R"("customers")",
    .has_triggers = true,
    .fields = kColumns,
    .primary_key = {"", kFields<id>},
    .uniques = kUniques,
    .indexes = kIndexes,
    .relations = kRelations,
    .rules = validation::customers::kRules,
    .default_order = kOrder,
    .places = &places,
};

}  // namespace shop::rest::customers
