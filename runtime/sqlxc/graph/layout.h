#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

// How the values of a row become a part of the response: a tree beside the query, in the order of
// the response. A node takes the row's next values, one after another, so that rows are written
// while they are read; only pages and aggregates look at theirs twice.
namespace sqlxc::graph {

struct Node {
  enum class Kind : std::uint8_t {
    constant,  // `text`: takes nothing
    value,     // of a column
    object,    // of members that take values of the same row
    one,       // an object of another row, or null
    rows,      // a list of them
    node_id,   // the global id: takes the `values` values of the key
    page,      // takes the rows and, with `values` 2, their number
    edges,     // of a page: `members` are of an edge
    nodes,     // of a page: `members` are of a row. Of both, `member` is their first value
    cursor,    // of an edge
    has_next,  // of a page's PageInfo, as the others
    has_previous,
    start_cursor,
    end_cursor,
    total,      // of a page
    aggregate,  // takes the one row of what is computed, if `values` says so, and its groups
    groups,     // of an aggregate: `member` says which of its values
  };

  Kind kind = Kind::constant;
  std::string key = {};   // with what separates it: `{"id":`, `,"id":`
  std::string text = {};  // of a constant: JSON; of node_id: the type
  std::vector<Node> members = {};
  std::size_t values = 1;
  std::size_t member = 0;
  std::span<const std::string_view> labels = {};  // of an enumeration, and what they are called
  std::span<const std::string_view> names = {};
  // Of a page.
  std::size_t shown = 0;  // values of a row that `nodes` and `edges` show; the cursor's follow
  std::size_t limit = SIZE_MAX;   // rows that are shown; if there are more, one more has come
  bool is_backward = false;       // the rows came from their end
  bool has_others = false;        // rows lie on the side that the page starts from
  std::string cursor_order = {};  // what a cursor says first: the order that it is of
};

/// Sets the keys of an object's members.
void set_keys(std::vector<Node>& members, const std::vector<std::string_view>& keys);

}  // namespace sqlxc::graph
