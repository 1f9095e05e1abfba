#pragma once

#include <cstdint>
#include <string>
#include <string_view>

// Characters of a source as graphql-js sees them: a lone surrogate, which is no character, still
// has a number that an error can name.
namespace sqlxc::graphql {

struct Character {
  std::uint32_t code = 0;
  unsigned size = 1;       // in bytes
  bool is_scalar = false;  // a Unicode scalar value, well encoded
};

/// The character that starts at `text`, which is not empty. A byte that starts none is U+FFFD.
Character character_of(std::string_view text);

void append_utf8(std::string& out, std::uint32_t code);

}  // namespace sqlxc::graphql
