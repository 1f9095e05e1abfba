#pragma once

#include <grammar/symbols.h>

#include <cstdint>
#include <string_view>
#include <vector>

#include "compiler/base/dialect.h"
#include "compiler/syntax/scan.h"

// A statement's bytes -> tokens of grammar/SqlParser.g4. Which token a word is depends on the
// dialect and on its neighbours; the grammar is told here, so that it needs to look ahead by one
// token only.
namespace sqlxc::syntax {

struct Token {
  std::uint16_t type = 0;
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
};

struct TokenList {
  std::vector<Token> tokens;  // the last one is END_OF_TEXT
  std::vector<CommentSpan> comments;
  Unterminated unterminated;
  std::uint32_t depth = 0;  // of nested brackets and CASEs at the deepest place
  std::uint32_t deepest_begin = 0;
};

struct LexOptions {
  Dialect dialect = Dialect::postgres;
  bool ansi_quotes = false;
  Server server;                      // MySQL: whose conditional comments are read
  bool has_named_parameters = false;  // `:x` is one in every dialect
};

TokenList lex(std::string_view text, std::uint32_t begin, std::uint32_t end,
              const LexOptions& options);

/// The word without regard to case; `lower` is in lower case.
bool is_word(std::string_view word, std::string_view lower);
std::string_view text_of(std::string_view source, const Token& token);

}  // namespace sqlxc::syntax
