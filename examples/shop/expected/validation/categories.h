#pragma once

#include <sqlxc/rules/functions.h>
#include <sqlxc/rules/row.h>

// What `categories` asks of a row beyond its types; the database checks it again.
namespace shop::validation::categories {

using namespace sqlxc::rules;

inline constexpr Column<std::int64_t> id{0};
inline constexpr Column<std::int64_t> parent_id{1};

inline constexpr Rule kRules[] = {
    {
        .name = "categories_id_range",
        .sql = "id between 0 and 4294967295",
        .fields = kFields<id>,
        .holds = [](const Row& category) { return between(category[id], 0, 4294967295); },
    },
    {
        .name = "categories_parent_id_range",
        .sql = "parent_id between 0 and 4294967295",
        .fields = kFields<parent_id>,
        .holds = [](const Row& category) { return between(category[parent_id], 0, 4294967295); },
    },
};

}  // namespace shop::validation::categories
