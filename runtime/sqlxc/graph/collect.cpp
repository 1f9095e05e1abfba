#include <sqlxc/graph/collect.h>

#include <utility>

#include <sqlxc/graph/write_rows.h>
#include <sqlxc/rest/postgres_row.h>
#include <sqlxc/rest/sqlite_row.h>

namespace sqlxc::graph {

using Shape = Compiled::Shape;

void Collector::start(std::span<const query::Column> columns) {
  columns_ = columns;
  json_.clear();
  has_row_ = false;
}

template <typename Row>
void Collector::take_row(const Row& row) {
  const bool is_list = shape_ == Shape::list || shape_ == Shape::values;
  if (has_row_ && !is_list) return;
  if (is_list) json_ += has_row_ ? ',' : '[';
  has_row_ = true;
  if (shape_ == Shape::nothing) return;
  DriverRow source(row, columns_);
  if (shape_ == Shape::list || shape_ == Shape::one) {
    if (members_->empty()) json_ += '{';
    write_members(json_, *members_, source);
    json_ += '}';
  } else {
    write_node(json_, members_->front(), source);
  }
}

std::string Collector::take_json() {
  switch (shape_) {
    case Shape::list:
    case Shape::values:
      json_ += has_row_ ? "]" : "[]";
      break;
    case Shape::nothing:
      json_ = "true";
      break;
    case Shape::one:
    case Shape::value:
    case Shape::together:
      if (!has_row_) json_ = "null";
      break;
  }
  return std::move(json_);
}

}  // namespace sqlxc::graph
