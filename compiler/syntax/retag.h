#pragma once

#include <string_view>
#include <vector>

#include "compiler/syntax/tokens.h"

// What a word is by its neighbours. Private to tokens.cpp and retag*.cpp.
namespace sqlxc::syntax {

/// The classes of keywords.def.
enum class WordClass : std::uint8_t { N, R, S, F, A, B, P, V, X };

struct RawToken {
  std::uint16_t type = 0;     // IDENTIFIER for every word
  std::uint16_t keyword = 0;  // what it is if it is the keyword
  WordClass word_class = WordClass::N;
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
};

TokenList retag(std::string_view text, const std::vector<RawToken>& raw, Dialect dialect);

}  // namespace sqlxc::syntax
