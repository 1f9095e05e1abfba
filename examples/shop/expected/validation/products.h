#pragma once

#include <sqlxc/rules/functions.h>
#include <sqlxc/rules/row.h>

// What `products` asks of a row beyond its types; the database checks it again.
namespace shop::validation::products {

using namespace sqlxc::rules;

inline constexpr Column<std::int64_t> id{0};
inline constexpr Column<Decimal> price{4};
inline constexpr Column<Decimal> list_price{5};
inline constexpr Column<std::int32_t> stock{6};

inline constexpr Rule kRules[] = {
    {
        .name = "products_price",
        .sql = "price >= 0",
        .fields = kFields<price>,
        .holds = [](const Row& product) { return product[price] >= 0; },
    },
    {
        .name = "products_stock",
        .sql = "stock >= 0",
        .fields = kFields<stock>,
        .holds = [](const Row& product) { return product[stock] >= 0; },
    },
    {
        .name = "products_discount",
        .sql = "list_price is null or list_price >= price",
        .fields = kFields<list_price, price>,
        .holds = [](const Row& product) {
          return is_null(product[list_price]) || product[list_price] >= product[price];
        },
    },
    {
        .name = "products_id_range",
        .sql = "id >= 0",
        .fields = kFields<id>,
        .holds = [](const Row& product) { return product[id] >= 0; },
    },
};

}  // namespace shop::validation::products
