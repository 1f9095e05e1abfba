#pragma once

#include <sqlxc/query/model.h>

// Every entity of the service, and its place in the model.
namespace shop::rest {

using namespace sqlxc::query;

namespace at {

enum : EntityIndex {
  countries,
  customers,
  addresses,
  staff,
  categories,
  products,
  product_categories,
  orders,
  order_items,
  payments,
  reviews,
};

}  // namespace at

namespace countries {
extern const Entity entity;
extern const Places places;
}
namespace customers {
extern const Entity entity;
extern const Places places;
}
namespace addresses {
extern const Entity entity;
extern const Places places;
}
namespace staff {
extern const Entity entity;
extern const Places places;
}
namespace categories {
extern const Entity entity;
extern const Places places;
}
namespace products {
extern const Entity entity;
extern const Places places;
}
namespace product_categories {
extern const Entity entity;
extern const Places places;
}
namespace orders {
extern const Entity entity;
extern const Places places;
}
namespace order_items {
extern const Entity entity;
extern const Places places;
}
namespace payments {
extern const Entity entity;
extern const Places places;
}
namespace reviews {
extern const Entity entity;
extern const Places places;
}

}  // namespace shop::rest
