#pragma once

#include <sqlxc/rules/functions.h>
#include <sqlxc/rules/row.h>

// What `numbers` asks of a row beyond its types; the database checks it again.
namespace types::validation::numbers {

using namespace sqlxc::rules;

inline constexpr Column<Decimal> money{4};
inline constexpr Column<std::int32_t> domained{10};

inline constexpr Rule kRules[] = {
    {
        .name = "numbers_money_check",
        .sql = "money >= 0",
        .fields = kFields<money>,
        .holds = [](const Row& number) { return number[money] >= 0; },
    },
    {
        .name = "positive_check",
        .sql = "domained > 0",
        .fields = kFields<domained>,
        .holds = [](const Row& number) { return number[domained] > 0; },
    },
};

}  // namespace types::validation::numbers
