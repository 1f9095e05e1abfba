#pragma once

#include <sqlxc/rules/functions.h>
#include <sqlxc/rules/row.h>

// What `product_categories` asks of a row beyond its types; the database checks it again.
namespace shop::validation::product_categories {

using namespace sqlxc::rules;

inline constexpr Column<std::int64_t> product_id{0};
inline constexpr Column<std::int64_t> category_id{1};

inline constexpr Rule kRules[] = {
    {
        .name = "product_categories_product_id_range",
        .sql = "product_id >= 0",
        .fields = kFields<product_id>,
        .holds = [](const Row& product_category) { return product_category[product_id] >= 0; },
    },
    {
        .name = "product_categories_category_id_range",
        .sql = "category_id between 0 and 4294967295",
        .fields = kFields<category_id>,
        .holds = [](const Row& product_category) {
          return between(product_category[category_id], 0, 4294967295);
        },
    },
};

}  // namespace shop::validation::product_categories
