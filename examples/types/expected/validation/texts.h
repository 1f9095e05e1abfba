#pragma once

#include <sqlxc/rules/functions.h>
#include <sqlxc/rules/row.h>

// What `texts` asks of a row beyond its types; the database checks it again.
namespace types::validation::texts {

using namespace sqlxc::rules;

inline constexpr Column<Text> postal{5};

inline constexpr Rule kRules[] = {
    {
        .name = "postal_code_check",
        .sql = "length(postal) >= 3",
        .fields = kFields<postal>,
        .holds = [](const Row& text) { return length(text[postal]) >= 3; },
    },
};

}  // namespace types::validation::texts
