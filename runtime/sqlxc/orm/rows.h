#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include <sqlxc/orm/condition.h>
#include <sqlxc/query/query.h>

// Which rows are asked for, and what goes along with each: values that know no database.
namespace sqlxc::orm {

/// A row with what was asked for along with it: `row->title`, `row[posts.author]`.
template <typename Table, typename... Loads>
struct Loaded {
  typename Table::Row row;
  std::tuple<typename Loads::Relation::template Holder<typename Loads::Item>...> related;

  const typename Table::Row* operator->() const { return &row; }
  const typename Table::Row& operator*() const { return row; }

  /// What the relation leads to: a std::optional, or a std::vector.
  template <typename Relation>
  const auto& operator[](const Relation&) const {
    constexpr std::size_t kPlace = place_of<Relation>();
    static_assert(kPlace < sizeof...(Loads), "the question did not ask for this relation: .with()");
    return std::get<kPlace>(related);
  }

 private:
  template <typename Relation>
  static constexpr std::size_t place_of() {
    constexpr bool kIs[] = {std::is_same_v<typename Loads::Relation, Relation>..., true};
    std::size_t place = 0;
    while (!kIs[place]) ++place;
    return place;
  }
};

/// What comes of a row: the row alone, or with what was loaded.
template <typename Table, typename... Loads>
struct ItemOf {
  using Type = Loaded<Table, Loads...>;
};
template <typename Table>
struct ItemOf<Table> {
  using Type = typename Table::Row;
};

/// Rows of a table: of all of it (`Of` is void), or those that a relation leads to.
template <typename Of, typename Table, typename... Loads>
class Rows {
 public:
  using Relation = Of;
  using Item = typename ItemOf<Table, Loads...>::Type;

  Rows() { query_.entity = Table::kEntity; }
  explicit Rows(query::Query query) : query_(std::move(query)) {}

  /// Those that meet the condition, and what was asked before.
  Rows where(const Condition<Table>& condition) const {
    Rows rows = *this;
    rows.query_.filter.children.push_back(condition.filter());
    return rows;
  }
  /// By these, the first before all; in place of the table's own order.
  template <typename... Orders>
    requires(std::same_as<Orders, Order<Table>> && ...)
  Rows order_by(const Orders&... orders) const {
    Rows rows = *this;
    (rows.query_.order.push_back(orders.sort()), ...);
    return rows;
  }
  Rows limit(std::uint32_t count) const {
    Rows rows = *this;
    rows.query_.limit = count;
    return rows;
  }
  Rows offset(std::uint32_t count) const {
    Rows rows = *this;
    rows.query_.offset = count;
    return rows;
  }
  /// Each with the rows that these relations lead to, in the same statement.
  template <typename... More>
  auto with(const More&... more) const {
    query::Query query = query_;
    (add(query, more.rows()), ...);
    return Rows<Of, Table, Loads..., typename More::Load...>(std::move(query));
  }

  const query::Query& query() const { return query_; }

  // As a load of another question.
  using Load = Rows;
  const Rows& rows() const { return *this; }

 private:
  template <typename Related>
  static void add(query::Query& query, const Related& related) {
    query::Embed& embed = query.embeds.emplace_back();
    embed.relation = Related::Relation::kRelation;
    embed.query = related.query();
  }

  query::Query query_;
};

/// All rows of a table.
template <typename Table>
Rows<void, Table> from(const Table&) {
  return {};
}

}  // namespace sqlxc::orm
