#include "api/rest/rest.h"

#include "validation/order_items.h"

// `order_items`
namespace shop::rest::order_items {
namespace {

enum : FieldIndex {
  order_id,
  line,
  product_id,
  quantity,
  unit_price,
  amount,
};

constexpr Field kColumns[] = {
    {
        .name = "order_id",
        .sql = R"("order_id")",
        .type = Type::int64,
        .nullable = false,
        .pg_type = "bigint",
    },
    {
        .name = "line",
        .sql = R"("line")",
        .type = Type::int32,
        .nullable = false,
        .pg_type = "integer",
    },
    {
        .name = "product_id",
        .sql = R"("product_id")",
        .type = Type::int64,
        .nullable = false,
        .pg_type = "bigint",
    },
    {
        .name = "quantity",
        .sql = R"("quantity")",
        .type = Type::int32,
        .nullable = false,
        .pg_type = "integer",
    },
    {
        .name = "unit_price",
        .sql = R"("unit_price")",
        .type = Type::decimal,
        .precision = 10,
        .scale = 2,
        .nullable = false,
        .pg_type = "numeric(10,2)",
    },
    {
        .name = "amount",
        .sql = R"("amount")",
        .type = Type::decimal,
        .precision = 12,
        .scale = 2,
        .generated = true,
        .readonly = true,
        .pg_type = "numeric(12,2)",
    },
};

constexpr Key kIndexes[] = {
    {"", kFields<order_id, line>},
    {"order_items_product", kFields<product_id>},
};

constexpr Relation kRelations[] = {
    // order_items.order_id = orders.id
    {
        .name = "order",
        .target = at::orders,
        .constraint = "order_items_order_fk",
        .from = kFields<order_id>,
        .to = kFields<0>,
    },
    // order_items.product_id = products.id
    {
        .name = "product",
        .target = at::products,
        .constraint = "order_items_product_fk",
        .from = kFields<product_id>,
        .to = kFields<0>,
    },
};

constexpr Order kOrder[] = {
    {order_id},
    {line},
};

}  // namespace

const Entity entity = {
    .name = "order_items",
    .sql = R"("order_items")",
    .fields = kColumns,
    .primary_key = {"", kFields<order_id, line>},
    .indexes = kIndexes,
    .relations = kRelations,
    .rules = validation::order_items::kRules,
    .default_order = kOrder,
    .places = &places,
};

}  // namespace shop::rest::order_items
