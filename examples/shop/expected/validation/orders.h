#pragma once

#include <sqlxc/rules/functions.h>
#include <sqlxc/rules/row.h>

// What `orders` asks of a row beyond its types; the database checks it again.
namespace shop::validation::orders {

using namespace sqlxc::rules;

inline constexpr Column<std::int64_t> id{0};
inline constexpr Column<std::int64_t> customer_id{1};
inline constexpr Column<std::int64_t> billing_address_id{2};
inline constexpr Column<std::int64_t> shipping_address_id{3};
inline constexpr Column<std::int64_t> staff_id{4};
inline constexpr Column<Text> status{5};
inline constexpr Column<Timestamp> shipped_at{7};

inline constexpr Rule kRules[] = {
    {
        .name = "orders_shipped",
        .sql = "status <> 'shipped' or shipped_at is not null",
        .fields = kFields<status, shipped_at>,
        .holds = [](const Row& order) {
          return order[status] != "shipped" || is_not_null(order[shipped_at]);
        },
    },
    {
        .name = "orders_id_range",
        .sql = "id >= 0",
        .fields = kFields<id>,
        .holds = [](const Row& order) { return order[id] >= 0; },
    },
    {
        .name = "orders_customer_id_range",
        .sql = "customer_id >= 0",
        .fields = kFields<customer_id>,
        .holds = [](const Row& order) { return order[customer_id] >= 0; },
    },
    {
        .name = "orders_billing_address_id_range",
        .sql = "billing_address_id >= 0",
        .fields = kFields<billing_address_id>,
        .holds = [](const Row& order) { return order[billing_address_id] >= 0; },
    },
    {
        .name = "orders_shipping_address_id_range",
        .sql = "shipping_address_id >= 0",
        .fields = kFields<shipping_address_id>,
        .holds = [](const Row& order) { return order[shipping_address_id] >= 0; },
    },
    {
        .name = "orders_staff_id_range",
        .sql = "staff_id between 0 and 4294967295",
        .fields = kFields<staff_id>,
        .holds = [](const Row& order) { return between(order[staff_id], 0, 4294967295); },
    },
};

}  // namespace shop::validation::orders
