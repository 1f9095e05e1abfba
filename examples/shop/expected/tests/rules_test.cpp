#include <sqlxc/proof/prove.h>

#include "api/rest/rest.h"
#include "server/model.h"

// Rows by the thousand go through the rules of the service and into a real database; the two must agree.
namespace shop {
namespace {

namespace at = rest::at;
using sqlxc::proof::Verdict;

// What the compiler claims of each condition.
constexpr sqlxc::proof::Claim kClaims[] = {
    {at::customers, "customers_id_range", Verdict::exact},
    {at::customers, "customers_email_format", Verdict::service_only},
    {at::addresses, "addresses_id_range", Verdict::exact},
    {at::addresses, "addresses_customer_id_range", Verdict::exact},
    {at::staff, "staff_id_range", Verdict::exact},
    {at::staff, "staff_reports_to_range", Verdict::exact},
    {at::categories, "categories_id_range", Verdict::exact},
    {at::categories, "categories_parent_id_range", Verdict::exact},
    {at::products, "products_price", Verdict::exact},
    {at::products, "products_stock", Verdict::exact},
    {at::products, "products_discount", Verdict::exact},
    {at::products, "products_id_range", Verdict::exact},
    {at::product_categories, "product_categories_product_id_range", Verdict::exact},
    {at::product_categories, "product_categories_category_id_range", Verdict::exact},
    {at::orders, "orders_shipped", Verdict::exact},
    {at::orders, "orders_id_range", Verdict::exact},
    {at::orders, "orders_customer_id_range", Verdict::exact},
    {at::orders, "orders_billing_address_id_range", Verdict::exact},
    {at::orders, "orders_shipping_address_id_range", Verdict::exact},
    {at::orders, "orders_staff_id_range", Verdict::exact},
    {at::order_items, "order_items_quantity", Verdict::exact},
    {at::order_items, "order_items_order_id_range", Verdict::exact},
    {at::order_items, "order_items_line_range", Verdict::exact},
    {at::order_items, "order_items_product_id_range", Verdict::exact},
    {at::payments, "payments_amount", Verdict::exact},
    {at::payments, "payments_id_range", Verdict::exact},
    {at::payments, "payments_order_id_range", Verdict::exact},
    {at::reviews, "reviews_stars", Verdict::exact},
    {at::reviews, "reviews_id_range", Verdict::exact},
    {at::reviews, "reviews_product_id_range", Verdict::exact},
    {at::reviews, "reviews_customer_id_range", Verdict::exact},
    {at::reviews, "reviews_stars_range", Verdict::exact},
};

}  // namespace
}  // namespace shop

int main(int argc, char** argv) {
  return sqlxc::proof::prove(argc, argv, shop::model(), shop::kClaims);
}
