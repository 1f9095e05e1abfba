#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "compiler/base/dialect.h"
#include "compiler/syntax/tokens.h"

// What an engine or its client reads and this grammar does not, by the place where the grammar
// could not go on. Such a statement is skipped with its construct's name; it is no mistake of the
// user's. Private to compiler/syntax.
namespace sqlxc::syntax {

/// The construct that the token at `at` belongs to, or empty: then it is a syntax error.
std::string_view beyond(std::string_view text, const std::vector<Token>& tokens, std::size_t at,
                        Dialect dialect);

}  // namespace sqlxc::syntax
