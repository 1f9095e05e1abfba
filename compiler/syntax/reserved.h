#pragma once

#include <string_view>

#include "compiler/base/dialect.h"

// The words that no name may be without quotes, beyond those that the grammar knows as keywords
// (keywords.def): the engines reserve them for statements and phrases that are not read here.
namespace sqlxc::syntax {

/// Whether a column, table or alias of the dialect cannot be called so.
bool cannot_name(std::string_view word, Dialect dialect);

}  // namespace sqlxc::syntax
