#include "api/rest/rest.h"

#include "validation/orders.h"

// `orders`
namespace shop::rest::orders {
namespace {

enum : FieldIndex {
  id,
  customer_id,
  billing_address_id,
  shipping_address_id,
  staff_id,
  status,
  ordered_at,
  shipped_at,
  total,
};

constexpr std::string_view kStatusLabels[] = {"open", "paid", "shipped", "cancelled"};

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
        .name = "billing_address_id",
        .sql = R"("billing_address_id")",
        .type = Type::int64,
        .nullable = false,
        .pg_type = "bigint",
    },
    {
        .name = "shipping_address_id",
        .sql = R"("shipping_address_id")",
        .type = Type::int64,
        .nullable = false,
        .pg_type = "bigint",
    },
    {
        .name = "staff_id",
        .sql = R"("staff_id")",
        .type = Type::int64,
        .pg_type = "bigint",
    },
    {
        .name = "status",
        .sql = R"("status")",
        .type = Type::enumeration,
        .nullable = false,
        .has_default = true,
        .labels = kStatusLabels,
        .pg_type = "orders_status",
    },
    {
        .name = "ordered_at",
        .sql = R"("ordered_at")",
        .type = Type::timestamp,
        .nullable = false,
        .has_default = true,
        .pg_type = "timestamp(0) without time zone",
    },
    {
        .name = "shipped_at",
        .sql = R"("shipped_at")",
        .type = Type::timestamp,
        .pg_type = "timestamp(0) without time zone",
    },
    {
        .name = "total",
        .sql = R"("total")",
        .type = Type::decimal,
        .precision = 12,
        .scale = 2,
        .nullable = false,
        .has_default = true,
        .pg_type = "numeric(12,2)",
    },
};

constexpr Key kIndexes[] = {
    {"", kFields<id>},
    {"orders_customer", kFields<customer_id, ordered_at>},
    {"orders_billing", kFields<billing_address_id>},
    {"orders_shipping", kFields<shipping_address_id>},
    {"orders_staff", kFields<staff_id>},
};

constexpr Relation kRelations[] = {
    // orders.customer_id = customers.id
    {
        .name = "customer",
        .target = at::customers,
        .constraint = "orders_customer_fk",
        .from = kFields<customer_id>,
        .to = kFields<0>,
    },
    // orders.billing_address_id = addresses.id
    {
        .name = "billing_address",
        .target = at::addresses,
        .constraint = "orders_billing_fk",
        .from = kFields<billing_address_id>,
        .to = kFields<0>,
    },
    // orders.shipping_address_id = addresses.id
    {
        .name = "shipping_address",
        .target = at::addresses,
        .constraint = "orders_shipping_fk",
        .from = kFields<shipping_address_id>,
        .to = kFields<0>,
    },
    // orders.staff_id = staff.id
    {
        .name = "staff",
        .target = at::staff,
        .constraint = "orders_staff_fk",
        .from = kFields<staff_id>,
        .to = kFields<0>,
    },
    // orders.id = order_items.order_id
    {
        .name = "order_items",
        .cardinality = Cardinality::to_many,
        .target = at::order_items,
        .constraint = "order_items_order_fk",
        .from = kFields<id>,
        .to = kFields<0>,
    },
    // orders.id = payments.order_id
    {
        .name = "payments",
        .cardinality = Cardinality::to_many,
        .target = at::payments,
        .constraint = "payments_order_fk",
        .from = kFields<id>,
        .to = kFields<1>,
    },
};

constexpr Order kOrder[] = {
    {id},
};

}  // namespace

const Entity entity = {
    .name = "orders",
    .sql = R"("orders")",
    .fields = kColumns,
    .primary_key = {"", kFields<id>},
    .indexes = kIndexes,
    .relations = kRelations,
    .rules = validation::orders::kRules,
    .default_order = kOrder,
    .places = &places,
};

}  // namespace shop::rest::orders
