#pragma once

#include <sqlxc/rules/functions.h>
#include <sqlxc/rules/row.h>

// What `reviews` asks of a row beyond its types; the database checks it again.
namespace shop::validation::reviews {

using namespace sqlxc::rules;

inline constexpr Column<std::int64_t> id{0};
inline constexpr Column<std::int64_t> product_id{1};
inline constexpr Column<std::int64_t> customer_id{2};
inline constexpr Column<std::int16_t> stars{3};

inline constexpr Rule kRules[] = {
    {
        .name = "reviews_stars",
        .sql = "stars between 1 and 5",
        .fields = kFields<stars>,
        .holds = [](const Row& review) { return between(review[stars], 1, 5); },
    },
    {
        .name = "reviews_id_range",
        .sql = "id >= 0",
        .fields = kFields<id>,
        .holds = [](const Row& review) { return review[id] >= 0; },
    },
    {
        .name = "reviews_product_id_range",
        .sql = "product_id >= 0",
        .fields = kFields<product_id>,
        .holds = [](const Row& review) { return review[product_id] >= 0; },
    },
    {
        .name = "reviews_customer_id_range",
        .sql = "customer_id >= 0",
        .fields = kFields<customer_id>,
        .holds = [](const Row& review) { return review[customer_id] >= 0; },
    },
    {
        .name = "reviews_stars_range",
        .sql = "stars between -128 and 127",
        .fields = kFields<stars>,
        .holds = [](const Row& review) { return between(review[stars], -128, 127); },
    },
};

}  // namespace shop::validation::reviews
