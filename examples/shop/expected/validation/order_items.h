#pragma once

#include <sqlxc/rules/functions.h>
#include <sqlxc/rules/row.h>

// What `order_items` asks of a row beyond its types; the database checks it again.
namespace shop::validation::order_items {

using namespace sqlxc::rules;

inline constexpr Column<std::int64_t> order_id{0};
inline constexpr Column<std::int32_t> line{1};
inline constexpr Column<std::int64_t> product_id{2};
inline constexpr Column<std::int32_t> quantity{3};

inline constexpr Rule kRules[] = {
    {
        .name = "order_items_quantity",
        .sql = "quantity between 1 and 1000",
        .fields = kFields<quantity>,
        .holds = [](const Row& order_item) { return between(order_item[quantity], 1, 1000); },
    },
    {
        .name = "order_items_order_id_range",
        .sql = "order_id >= 0",
        .fields = kFields<order_id>,
        .holds = [](const Row& order_item) { return order_item[order_id] >= 0; },
    },
    {
        .name = "order_items_line_range",
        .sql = "line between 0 and 65535",
        .fields = kFields<line>,
        .holds = [](const Row& order_item) { return between(order_item[line], 0, 65535); },
    },
    {
        .name = "order_items_product_id_range",
        .sql = "product_id >= 0",
        .fields = kFields<product_id>,
        .holds = [](const Row& order_item) { return order_item[product_id] >= 0; },
    },
};

}  // namespace shop::validation::order_items
