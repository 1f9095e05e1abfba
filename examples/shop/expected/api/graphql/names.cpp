#include <sqlxc/query/graphql_names.h>

#include "server/model.h"

// What everything is called in GraphQL, in the order of the model: the schema (schema.graphql, beside this) is
// printed from the same names.
namespace shop {
namespace {

using namespace sqlxc::query;

namespace countries {
constexpr std::string_view kFields[] = {
    "code",
    "name",
};
constexpr std::string_view kRelations[] = {
    "addresses",
};
constexpr std::string_view kUniques[] = {
    "countryByName",
};
}  // namespace countries

namespace customers {
constexpr std::string_view kFields[] = {
    "id",
    "email",
    "firstName",
    "lastName",
    "phone",
    "company",
    "newsletter",
    "createdAt",
    "updatedAt",
};
constexpr std::string_view kRelations[] = {
    "addresses",
    "orders",
    "reviews",
};
constexpr std::string_view kUniques[] = {
    "customerByEmail",
};
}  // namespace customers

namespace addresses {
constexpr std::string_view kFields[] = {
    "id",
    "customerId",
    "kind",
    "street",
    "city",
    "postalCode",
    "countryCode",
};
constexpr std::string_view kRelations[] = {
    "customer",
    "country",
    "billedOrders",
    "shippedOrders",
};
}  // namespace addresses

namespace staff {
constexpr std::string_view kFields[] = {
    "id",
    "name",
    "title",
    "reportsTo",
    "hiredOn",
};
constexpr std::string_view kRelations[] = {
    "manager",
    "reports",
    "orders",
};
}  // namespace staff

namespace categories {
constexpr std::string_view kFields[] = {
    "id",
    "parentId",
    "name",
    "position",
};
constexpr std::string_view kRelations[] = {
    "parent",
    "children",
    "productCategories",
    "products",
};
constexpr std::string_view kUniques[] = {
    "categoryByParentIdAndName",
};
}  // namespace categories

namespace products {
constexpr std::string_view kFields[] = {
    "id",
    "sku",
    "name",
    "description",
    "price",
    "listPrice",
    "stock",
    "weight",
    "attributes",
    "isActive",
    "createdAt",
};
constexpr std::string_view kRelations[] = {
    "productCategories",
    "orderItems",
    "reviews",
    "categories",
};
constexpr std::string_view kUniques[] = {
    "productBySku",
};
}  // namespace products

namespace product_categories {
constexpr std::string_view kFields[] = {
    "productId",
    "categoryId",
};
constexpr std::string_view kRelations[] = {
    "product",
    "category",
};
}  // namespace product_categories

namespace orders {
constexpr std::string_view kFields[] = {
    "id",
    "customerId",
    "billingAddressId",
    "shippingAddressId",
    "staffId",
    "status",
    "orderedAt",
    "shippedAt",
    "total",
};
constexpr std::string_view kRelations[] = {
    "customer",
    "billingAddress",
    "shippingAddress",
    "staff",
    "orderItems",
    "payments",
};
}  // namespace orders

namespace order_items {
constexpr std::string_view kFields[] = {
    "orderId",
    "line",
    "productId",
    "quantity",
    "unitPrice",
    "amount",
};
constexpr std::string_view kRelations[] = {
    "order",
    "product",
};
}  // namespace order_items

namespace payments {
constexpr std::string_view kFields[] = {
    "id",
    "orderId",
    "method",
    "amount",
    "reference",
    "paidAt",
};
constexpr std::string_view kRelations[] = {
    "order",
};
constexpr std::string_view kUniques[] = {
    "paymentByMethodAndReference",
};
}  // namespace payments

namespace reviews {
constexpr std::string_view kFields[] = {
    "id",
    "productId",
    "customerId",
    "stars",
    "title",
    "body",
    "createdAt",
};
constexpr std::string_view kRelations[] = {
    "product",
    "customer",
};
constexpr std::string_view kUniques[] = {
    "reviewByProductIdAndCustomerId",
};
}  // namespace reviews

constexpr GraphqlEntity kEntities[] = {
    {
        .type = "Country",
        .types = "Countries",
        .one = "country",
        .many = "countries",
        .fields = countries::kFields,
        .relations = countries::kRelations,
        .uniques = countries::kUniques,
    },
    {
        .type = "Customer",
        .types = "Customers",
        .one = "customer",
        .many = "customers",
        .fields = customers::kFields,
        .relations = customers::kRelations,
        .uniques = customers::kUniques,
    },
    {
        .type = "Address",
        .types = "Addresses",
        .one = "address",
        .many = "addresses",
        .fields = addresses::kFields,
        .relations = addresses::kRelations,
    },
    {
        .type = "Staff",
        .types = "StaffList",
        .one = "staffItem",
        .many = "staff",
        .fields = staff::kFields,
        .relations = staff::kRelations,
    },
    {
        .type = "Category",
        .types = "Categories",
        .one = "category",
        .many = "categories",
        .fields = categories::kFields,
        .relations = categories::kRelations,
        .uniques = categories::kUniques,
    },
    {
        .type = "Product",
        .types = "Products",
        .one = "product",
        .many = "products",
        .fields = products::kFields,
        .relations = products::kRelations,
        .uniques = products::kUniques,
    },
    {
        .type = "ProductCategory",
        .types = "ProductCategories",
        .one = "productCategory",
        .many = "productCategories",
        .fields = product_categories::kFields,
        .relations = product_categories::kRelations,
    },
    {
        .type = "Order",
        .types = "Orders",
        .one = "order",
        .many = "orders",
        .fields = orders::kFields,
        .relations = orders::kRelations,
    },
    {
        .type = "OrderItem",
        .types = "OrderItems",
        .one = "orderItem",
        .many = "orderItems",
        .fields = order_items::kFields,
        .relations = order_items::kRelations,
    },
    {
        .type = "Payment",
        .types = "Payments",
        .one = "payment",
        .many = "payments",
        .fields = payments::kFields,
        .relations = payments::kRelations,
        .uniques = payments::kUniques,
    },
    {
        .type = "Review",
        .types = "Reviews",
        .one = "review",
        .many = "reviews",
        .fields = reviews::kFields,
        .relations = reviews::kRelations,
        .uniques = reviews::kUniques,
    },
};

}  // namespace

const GraphqlNames& graphql_names() {
  static const GraphqlNames kNames = {
      .sdl = graphql_schema(),
      .node_id = "nodeId",
      .entities = kEntities,
  };
  return kNames;
}

}  // namespace shop
