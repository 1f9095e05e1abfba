#include "api/rest/rest.h"

#include "validation/addresses.h"

// `addresses`
namespace shop::rest::addresses {
namespace {

enum : FieldIndex {
  id,
  customer_id,
  kind,
  street,
  city,
  postal_code,
  country_code,
};

constexpr std::string_view kKindLabels[] = {"billing", "shipping"};

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
        .name = "customer_id",
        .sql = R"("customer_id")",
        .type = Type::int64,
        .nullable = false,
        .pg_type = "bigint",
    },
    {
        .name = "kind",
        .sql = R"("kind")",
        .type = Type::enumeration,
        .nullable = false,
        .has_default = true,
        .labels = kKindLabels,
        .pg_type = "addresses_kind",
    },
    {
        .name = "street",
        .sql = R"("street")",
        .type = Type::text,
        .max_length = 120,
        .nullable = false,
        .pg_type = "character varying(120)",
    },
    {
        .name = "city",
        .sql = R"("city")",
        .type = Type::text,
        .max_length = 60,
        .nullable = false,
        .pg_type = "character varying(60)",
    },
    {
        .name = "postal_code",
        .sql = R"("postal_code")",
        .type = Type::text,
        .max_length = 12,
        .pg_type = "character varying(12)",
    },
    {
        .name = "country_code",
        .sql = R"("country_code")",
        .type = Type::text,
        .max_length = 2,
        .nullable = false,
        .pg_type = "character varying(2)",
    },
};

constexpr Key kIndexes[] = {
    {"", kFields<id>},
    {"addresses_customer", kFields<customer_id>},
    {"addresses_country", kFields<country_code>},
};

constexpr Relation kRelations[] = {
    // addresses.customer_id = customers.id
    {
        .name = "customer",
        .target = at::customers,
        .constraint = "addresses_customer_fk",
        .from = kFields<customer_id>,
        .to = kFields<0>,
    },
    // addresses.country_code = countries.code
    {
        .name = "country",
        .target = at::countries,
        .constraint = "addresses_country_fk",
        .from = kFields<country_code>,
        .to = kFields<0>,
    },
    // addresses.id = orders.billing_address_id
    {
        .name = "billed_orders",
        .cardinality = Cardinality::to_many,
        .target = at::orders,
        .constraint = "orders_billing_fk",
        .from = kFields<id>,
        .to = kFields<2>,
    },
    // addresses.id = orders.shipping_address_id
    {
        .name = "shipped_orders",
        .cardinality = Cardinality::to_many,
        .target = at::orders,
        .constraint = "orders_shipping_fk",
        .from = kFields<id>,
        .to = kFields<3>,
    },
};

constexpr Order kOrder[] = {
    {id},
};

}  // namespace

const Entity entity = {
    .name = "addresses",
    .sql = R"("addresses")",
    .fields = kColumns,
    .primary_key = {"", kFields<id>},
    .indexes = kIndexes,
    .relations = kRelations,
    .rules = validation::addresses::kRules,
    .default_order = kOrder,
    .places = &places,
};

}  // namespace shop::rest::addresses
