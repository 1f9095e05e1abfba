#include "api/rest/rest.h"

#include "validation/payments.h"

// `payments`
namespace shop::rest::payments {
namespace {

enum : FieldIndex {
  id,
  order_id,
  method,
  amount,
  reference,
  paid_at,
};

constexpr std::string_view kMethodLabels[] = {"card", "transfer", "cash"};

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
        .name = "order_id",
        .sql = R"("order_id")",
        .type = Type::int64,
        .nullable = false,
        .pg_type = "bigint",
    },
    {
        .name = "method",
        .sql = R"("method")",
        .type = Type::enumeration,
        .nullable = false,
        .labels = kMethodLabels,
        .pg_type = "payments_method",
    },
    {
        .name = "amount",
        .sql = R"("amount")",
        .type = Type::decimal,
        .precision = 12,
        .scale = 2,
        .nullable = false,
        .pg_type = "numeric(12,2)",
    },
    {
        .name = "reference",
        .sql = R"("reference")",
        .type = Type::text,
        .max_length = 64,
        .pg_type = "character varying(64)",
    },
    {
        .name = "paid_at",
        .sql = R"("paid_at")",
        .type = Type::timestamp,
        .nullable = false,
        .has_default = true,
        .pg_type = "timestamp(0) without time zone",
    },
};

constexpr Key kUniques[] = {
    {"payments_reference", kFields<method, reference>},
};

constexpr Key kIndexes[] = {
    {"", kFields<id>},
    {"payments_reference", kFields<method, reference>},
    {"payments_order", kFields<order_id>},
};

constexpr Relation kRelations[] = {
    // payments.order_id = orders.id
    {
        .name = "order",
        .target = at::orders,
        .constraint = "payments_order_fk",
        .from = kFields<order_id>,
        .to = kFields<0>,
    },
};

constexpr Order kOrder[] = {
    {id},
};

}  // namespace

const Entity entity = {
    .name = "payments",
    .sql = R"("payments")",
    .fields = kColumns,
    .primary_key = {"", kFields<id>},
    .uniques = kUniques,
    .indexes = kIndexes,
    .relations = kRelations,
    .rules = validation::payments::kRules,
    .default_order = kOrder,
    .places = &places,
};

}  // namespace shop::rest::payments
