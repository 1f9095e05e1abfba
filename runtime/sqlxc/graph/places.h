#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <sqlxc/query/query.h>
#include <sqlxc/value/value.h>

// Where the values of variables go in a query that is compiled to be run again: for each that is
// compared with a column a place is left (query/place.h), with what is needed to read another
// value for it.
namespace sqlxc::graph {

struct Place {
  std::uint32_t leaf = 0;  // the number of the variable's value
  query::EntityIndex entity = 0;
  query::FieldIndex field = 0;
  query::Comparison comparison = query::Comparison::eq;
  bool is_key_part = false;            // read as REST reads a path
  std::vector<std::string> path = {};  // of the response, below the root field: for errors
};

class Places {
 public:
  /// `wanted` says of which leaves, by their numbers.
  explicit Places(const std::vector<bool>& wanted) : wanted_(wanted) {}

  bool wants(std::uint32_t leaf) const {
    return leaf != 0 && leaf < wanted_.size() && wanted_[leaf];
  }
  /// A place of its own for each time that a value is read.
  value::Value add(Place place);
  const std::vector<Place>& all() const { return places_; }

  /// The compiler is within a field of the response.
  void enter(std::string_view key) { path_.emplace_back(key); }
  void leave() { path_.pop_back(); }

 private:
  const std::vector<bool>& wanted_;
  std::vector<Place> places_;
  std::vector<std::string> path_;
};

/// Whether what is read for `comparison` is one bind, and the statement the same for all values.
bool can_be_place(query::Comparison comparison);

}  // namespace sqlxc::graph
