#pragma once

#include <sqlxc/rules/functions.h>
#include <sqlxc/rules/row.h>

#include "server/formats.h"

// What `customers` asks of a row beyond its types; the database checks it again.
namespace shop::validation::customers {

using namespace sqlxc::rules;

inline constexpr Column<std::int64_t> id{0};
inline constexpr Column<Text> email{1};

inline constexpr Rule kRules[] = {
    {
        .name = "customers_id_range",
        .sql = "id >= 0",
        .fields = kFields<id>,
        .holds = [](const Row& customer) { return customer[id] >= 0; },
    },
    {
        .name = "customers_email_format",
        .sql = "format(email)",
        .fields = kFields<email>,
        .holds = [](const Row& customer) { return is_email(customer[email]); },
    },
};

}  // namespace shop::validation::customers
