#pragma once

#include <utility>

#include <sqlxc/query/query.h>

// What must hold of a row of one table. Columns and relations make conditions (column.h,
// relation.h); here they are put together.
namespace sqlxc::orm {

template <typename Table>
class Condition {
 public:
  /// Values in `filter` are JSON still, but for patterns: the database is asked what they are.
  explicit Condition(query::Filter filter) : filter_(std::move(filter)) {}

  const query::Filter& filter() const { return filter_; }

  friend Condition operator&&(Condition a, Condition b) {
    return join(query::Filter::Kind::all, std::move(a), std::move(b));
  }
  friend Condition operator||(Condition a, Condition b) {
    return join(query::Filter::Kind::any, std::move(a), std::move(b));
  }
  /// Holds where the condition is false; neither holds where it is unknown.
  friend Condition operator!(Condition condition) {
    query::Filter filter{.kind = query::Filter::Kind::all, .is_negated = true};
    filter.children.push_back(std::move(condition.filter_));
    return Condition(std::move(filter));
  }

 private:
  static Condition join(query::Filter::Kind kind, Condition a, Condition b) {
    query::Filter filter{.kind = kind};
    filter.children.push_back(std::move(a.filter_));
    filter.children.push_back(std::move(b.filter_));
    return Condition(std::move(filter));
  }

  query::Filter filter_;
};

/// A condition that all rows meet: for writes that are to touch every row.
template <typename Table>
Condition<Table> every_row(const Table&) {
  return Condition<Table>(query::Filter{});
}

/// How rows are sorted by one column.
template <typename Table>
class Order {
 public:
  explicit Order(query::Sort sort) : sort_(std::move(sort)) {}

  const query::Sort& sort() const { return sort_; }
  Order nulls_first() const { return with(query::Nulls::first); }
  Order nulls_last() const { return with(query::Nulls::last); }

 private:
  Order with(query::Nulls nulls) const {
    Order order = *this;
    order.sort_.nulls = nulls;
    return order;
  }

  query::Sort sort_;
};

}  // namespace sqlxc::orm
