#pragma once

#include <string_view>

#include "compiler/base/dialect.h"

// The words that a dialect keeps to itself. Two lists: what its parser refuses as a name, which is
// as short as the most lenient version has it, and what is quoted when it is printed (is_reserved
// of print.h), which is as long as the strictest one's.
namespace sqlxc::syntax {

/// Whether no column, table or alias of the dialect can be called so without quotes. Of the words
/// that the grammar knows as reserved keywords (keywords.def) nothing is said.
bool cannot_name(std::string_view word, Dialect dialect);

}  // namespace sqlxc::syntax
