#pragma once

#include <sqlxc/rules/functions.h>
#include <sqlxc/rules/row.h>

// What `payments` asks of a row beyond its types; the database checks it again.
namespace shop::validation::payments {

using namespace sqlxc::rules;

inline constexpr Column<std::int64_t> id{0};
inline constexpr Column<std::int64_t> order_id{1};
inline constexpr Column<Decimal> amount{3};

inline constexpr Rule kRules[] = {
    {
        .name = "payments_amount",
        .sql = "amount > 0",
        .fields = kFields<amount>,
        .holds = [](const Row& payment) { return payment[amount] > 0; },
    },
    {
        .name = "payments_id_range",
        .sql = "id >= 0",
        .fields = kFields<id>,
        .holds = [](const Row& payment) { return payment[id] >= 0; },
    },
    {
        .name = "payments_order_id_range",
        .sql = "order_id >= 0",
        .fields = kFields<order_id>,
        .holds = [](const Row& payment) { return payment[order_id] >= 0; },
    },
};

}  // namespace shop::validation::payments
