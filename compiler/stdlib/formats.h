#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/base/diagnostic.h"

// The formats that `--@ format(name)` knows, as rows of stdlib/formats: what a text of each looks
// like. The rule that is made of one is the same in every language that a service speaks.
namespace sqlxc::stdlib {

struct FormatRow {
  std::string name;
  std::string pattern;           // as PostgreSQL's `~` has it
  std::uint32_t max_length = 0;  // in characters; 0: unbounded
  bool is_standard = false;      // JSON Schema has a format of that name
  std::string doc;
};

/// Every row; read at the first call.
std::span<const FormatRow> formats();

/// The row of a name, or null.
const FormatRow* find_format(std::string_view name);

}  // namespace sqlxc::stdlib
