#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include <sqlxc/orm/json.h>
#include <sqlxc/query/query.h>

// What a write says of a row: of each column nothing, a value, NULL or DEFAULT.
namespace sqlxc::orm {

struct Null {};
struct UseDefault {};

/// `{.rating = null}`: the column becomes NULL.
inline constexpr Null null;
/// `{.created_at = use_default}`: the column becomes what a new row has.
inline constexpr UseDefault use_default;

enum class Said : std::uint8_t { nothing, set_null, set_default, value };

/// What a write says of one column.
template <typename T>
class Set {
 public:
  Set() = default;
  Set(Null) : said_(Said::set_null) {}
  Set(UseDefault) : said_(Said::set_default) {}
  template <typename Value>
    requires std::convertible_to<Value&&, T>
  Set(Value&& value) : said_(Said::value), value_(std::forward<Value>(value)) {}
  Set(std::nullopt_t) : said_(Said::set_null) {}
  /// An empty optional is NULL.
  Set(const std::optional<T>& value) : said_(value ? Said::value : Said::set_null) {
    if (value) value_ = *value;
  }

  Said said() const { return said_; }
  /// The value, where one is said.
  const T& value() const { return value_; }

 private:
  Said said_ = Said::nothing;
  T value_{};
};

/// Rows of another table that are written along with a row. Their type may be declared later than
/// the type that holds them, which a std::vector does not bear as a default in Clang.
template <typename Input>
class Along {
 public:
  Along() {}
  Along(std::initializer_list<Input> rows) : rows_(rows) {}
  Along(std::vector<Input> rows) : rows_(std::move(rows)) {}

  const std::vector<Input>& rows() const { return rows_; }

 private:
  std::vector<Input> rows_;
};

/// An input without its types.
struct Values {
  struct Column {
    query::FieldIndex field = 0;
    Said said = Said::nothing;
    std::string json = {};
  };
  struct Rows {
    query::RelationIndex relation = 0;
    std::vector<Values> rows = {};
  };

  std::vector<Column> columns;
  std::vector<Rows> nested;  // rows of other tables that go along
};

template <typename Table>
Values values_of(const typename Table::Input& input) {
  Values values;
  Table::each_input(input, [&]<typename Place>(Place place, const auto& said) {
    if constexpr (requires { place.field; }) {
      if (said.said() == Said::nothing) return;
      Values::Column& column = values.columns.emplace_back(place.field, said.said());
      if (said.said() == Said::value) append_json(column.json, said.value());
    } else {
      if (said.rows().empty()) return;
      Values::Rows& rows = values.nested.emplace_back(Place::kRelation);
      for (const auto& row : said.rows()) {
        rows.rows.push_back(values_of<typename Place::Target>(row));
      }
    }
  });
  return values;
}

}  // namespace sqlxc::orm
