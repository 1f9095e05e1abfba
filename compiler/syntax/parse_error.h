#pragma once

#include <string>

#include "compiler/syntax/tree.h"

// A place where the grammar could not go on -> words of SQL. Private to compiler/syntax.
namespace sqlxc::syntax {

/// "`nul`", "the end of the statement": what stands at a token.
std::string seen(std::string_view text, const Token& token);

/// "a column name or `)`": what could stand there.
std::string expected(const ParseFailure& failure);

/// "did you mean `null`?", or empty.
std::string hint(std::string_view text, const ParseTree& tree, const ParseFailure& failure);

}  // namespace sqlxc::syntax
