#pragma once

#include <span>
#include <string>
#include <vector>

#include <sqlxc/query/model.h>
#include <sqlxc/query/query.h>

// Which tables, and which rows of them, an answer is made of: more than these may be named, never
// less.
namespace sqlxc::graph {

/// A table that an operation reads: if it changes, the answer may, too.
struct Dependency {
  query::EntityIndex entity = 0;
  /// Where only rows with these values in these fields matter, before or after a change; none: any
  /// row may.
  std::vector<query::FieldIndex> fields = {};
  std::vector<std::string> values = {};  // of `fields`, as JSON

  bool operator==(const Dependency&) const = default;
};

/// Each table once, or once for all values of its fields that matter.
struct Dependencies {
  bool is_everything = false;  // a function's body may read any table; `tables` says nothing
  std::vector<Dependency> tables = {};
};

Dependencies dependencies_of(const query::Model& model, std::span<const query::Query> queries);

}  // namespace sqlxc::graph
