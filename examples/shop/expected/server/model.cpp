#include "server/model.h"

#include <sqlxc/core/hash.h>

#include "api/rest/rest.h"

namespace shop {

const sqlxc::query::Model& model() {
  static const rest::Entity kEntities[] = {
      rest::countries::entity,
      rest::customers::entity,
      rest::addresses::entity,
      rest::staff::entity,
      rest::categories::entity,
      rest::products::entity,
      rest::product_categories::entity,
      rest::orders::entity,
      rest::order_items::entity,
      rest::payments::entity,
      rest::reviews::entity,
  };
  static constexpr std::string_view kSchemas[] = {"public"};
  static const rest::Model kModel = {
      .name = "shop",
      .fingerprint = "cc7c026c703a3252",
      .entities = kEntities,
      .find_entity = find_entity,
      .schemas = kSchemas,
      .sqlite_schema = sqlite_schema(),
      .postgres_schema = postgres_schema(),
      .openapi = openapi_json(),
      .docs_html = docs_page(),
      .graphql = &graphql_names(),
  };
  return kModel;
}

int find_entity(std::string_view name) {
  namespace at = rest::at;
  switch (sqlxc::hash(name)) {
    case sqlxc::hash("countries"):
      return name == "countries" ? at::countries : -1;
    case sqlxc::hash("customers"):
      return name == "customers" ? at::customers : -1;
    case sqlxc::hash("addresses"):
      return name == "addresses" ? at::addresses : -1;
    case sqlxc::hash("staff"):
      return name == "staff" ? at::staff : -1;
    case sqlxc::hash("categories"):
      return name == "categories" ? at::categories : -1;
    case sqlxc::hash("products"):
      return name == "products" ? at::products : -1;
    case sqlxc::hash("product_categories"):
      return name == "product_categories" ? at::product_categories : -1;
    case sqlxc::hash("orders"):
      return name == "orders" ? at::orders : -1;
    case sqlxc::hash("order_items"):
      return name == "order_items" ? at::order_items : -1;
    case sqlxc::hash("payments"):
      return name == "payments" ? at::payments : -1;
    case sqlxc::hash("reviews"):
      return name == "reviews" ? at::reviews : -1;
    default:
      return -1;
  }
}

}  // namespace shop
