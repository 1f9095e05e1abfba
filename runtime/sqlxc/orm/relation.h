#pragma once

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include <sqlxc/orm/condition.h>
#include <sqlxc/orm/rows.h>
#include <sqlxc/query/query.h>

// Relations of a table: to ask by, and to load what they lead to.
namespace sqlxc::orm {

namespace detail {

// "A row that `relation` leads to meets `inner`."
template <typename Table, typename Target>
Condition<Table> related(query::RelationIndex relation, const Condition<Target>& inner,
                         bool is_negated = false) {
  query::Filter filter{
      .kind = query::Filter::Kind::related, .is_negated = is_negated, .relation = relation};
  filter.children.push_back(inner.filter());
  return Condition<Table>(std::move(filter));
}

}  // namespace detail

/// To the row that a row refers to.
template <typename Table, typename To, query::RelationIndex relation>
struct ToOne {
  using Target = To;
  template <typename Item>
  using Holder = std::optional<Item>;
  using Load = Rows<ToOne, Target>;
  static constexpr query::RelationIndex kRelation = relation;

  /// There is such a row, and it meets the condition.
  Condition<Table> is(const Condition<Target>& condition) const {
    return detail::related<Table>(relation, condition);
  }
  Condition<Table> exists() const { return is(every_row(Target())); }

  /// To sort by a column of that row: `posts.author.by(users.name.asc())`.
  Order<Table> by(const Order<Target>& order) const {
    query::Sort sort = order.sort();
    sort.relations.insert(sort.relations.begin(), relation);
    return Order<Table>(std::move(sort));
  }

  Load rows() const { return {}; }
  template <typename... More>
  auto with(const More&... more) const {
    return rows().with(more...);
  }
};

/// To the rows that refer to a row, directly or through a table between.
template <typename Table, typename To, query::RelationIndex relation>
struct ToMany {
  using Target = To;
  template <typename Item>
  using Holder = std::vector<Item>;
  using Load = Rows<ToMany, Target>;
  static constexpr query::RelationIndex kRelation = relation;

  /// At least one of them meets the condition.
  Condition<Table> some(const Condition<Target>& condition) const {
    return detail::related<Table>(relation, condition);
  }
  /// None does.
  Condition<Table> none(const Condition<Target>& condition) const {
    return detail::related<Table>(relation, condition, true);
  }
  /// There is none for which it is false or unknown.
  Condition<Table> every(const Condition<Target>& condition) const {
    query::Filter failing{.kind = query::Filter::Kind::not_true};
    failing.children.push_back(condition.filter());
    return none(Condition<Target>(std::move(failing)));
  }
  Condition<Table> exists() const { return some(every_row(Target())); }

  Load rows() const { return {}; }
  Load where(const Condition<Target>& condition) const { return rows().where(condition); }
  template <typename... Orders>
  Load order_by(const Orders&... orders) const {
    return rows().order_by(orders...);
  }
  Load limit(std::uint32_t count) const { return rows().limit(count); }
  Load offset(std::uint32_t count) const { return rows().offset(count); }
  template <typename... More>
  auto with(const More&... more) const {
    return rows().with(more...);
  }
};

}  // namespace sqlxc::orm
