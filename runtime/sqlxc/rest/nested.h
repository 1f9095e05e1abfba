#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include <sqlxc/query/query.h>
#include <sqlxc/rest/body.h>

// A row with the rows that hang on it, written together: `{"name": "Ada", "posts": [{"title":
// "..."}]}` becomes inserts in an order in which every foreign key finds its row.
namespace sqlxc::rest {

/// One of the writes: the inserts of rows, or the change of one that stands.
struct NestedStep {
  /// A value that an earlier step gives: of its row `from_row` the column `from_column` of
  /// `returning`.
  struct Fill {
    std::size_t row = 0;
    query::FieldIndex field = 0;
    std::size_t step = 0;
    std::size_t from_row = 0;
    std::size_t from_column = 0;
  };

  query::Insert insert;
  /// The row is no new one: the only row that this finds gets the values of the insert's.
  std::optional<query::Filter> where;
  std::vector<Fill> fills;
  std::vector<query::FieldIndex> returning;  // what later steps need of the rows

  // What the run found: one value for each of `returning`, a row at a time.
  std::vector<std::vector<value::Value>> found;
};

/// The inserts of the body's rows, in their order. The rows of the body itself are those of
/// `root`; their primary key is returned.
struct NestedPlan {
  std::vector<NestedStep> steps;
  std::size_t root = 0;
};
NestedPlan plan_nested(const query::Model& model, query::EntityIndex entity, Body body);

/// Sets the values that earlier steps gave.
void fill(std::vector<NestedStep>& steps, std::size_t step);

}  // namespace sqlxc::rest
