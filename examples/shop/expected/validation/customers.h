#pragma once

#include <sqlxc/rules/functions.h>
#include <sqlxc/rules/row.h>

// What `customers` asks of a row beyond its types; the database checks it again.
namespace shop::validation::customers {

using namespace sqlxc::rules;

inline constexpr Column<std::int64_t> id{0};

inline constexpr Rule kRules[] = {
    {
        .name = "customers_id_range",
        .sql = "id >= 0",
        .fields = kFields<id>,
        .holds = [](const Row& customer) { return customer[id] >= 0; },
    },
};

}  // namespace shop::validation::customers
