#include <sqlxc/query/default_order.h>

namespace sqlxc::query {

void add_default_order(const Entity& entity, Query& query) {
  if (!query.order.empty()) return;
  for (const Order& order : entity.default_order) {
    query.order.push_back({.field = order.field, .descending = order.descending});
  }
}

}  // namespace sqlxc::query
