#pragma once

#include <string>
#include <vector>

// A value of a generated row, as a client would send it.
namespace sqlxc::proof {

struct Cell {
  enum class Kind : std::uint8_t {
    absent,  // the row does not name the field
    null,
    text,  // a JSON string of these characters
    bare,  // JSON as it is: a number, true, an array
  };

  Kind kind = Kind::absent;
  std::string text = {};

  static Cell null() { return {.kind = Kind::null}; }
  static Cell of_text(std::string text) { return {.kind = Kind::text, .text = std::move(text)}; }
  static Cell bare(std::string json) { return {.kind = Kind::bare, .text = std::move(json)}; }

  bool operator==(const Cell&) const = default;
};

/// One cell a field of the entity.
using Cells = std::vector<Cell>;

}  // namespace sqlxc::proof
