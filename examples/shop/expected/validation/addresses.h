#pragma once

#include <sqlxc/rules/functions.h>
#include <sqlxc/rules/row.h>

// What `addresses` asks of a row beyond its types; the database checks it again.
namespace shop::validation::addresses {

using namespace sqlxc::rules;

inline constexpr Column<std::int64_t> id{0};
inline constexpr Column<std::int64_t> customer_id{1};

inline constexpr Rule kRules[] = {
    {
        .name = "addresses_id_range",
        .sql = "id >= 0",
        .fields = kFields<id>,
        .holds = [](const Row& address) { return address[id] >= 0; },
    },
    {
        .name = "addresses_customer_id_range",
        .sql = "customer_id >= 0",
        .fields = kFields<customer_id>,
        .holds = [](const Row& address) { return address[customer_id] >= 0; },
    },
};

}  // namespace shop::validation::addresses
