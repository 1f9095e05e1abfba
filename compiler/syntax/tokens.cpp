#include "compiler/syntax/tokens.h"

#include <algorithm>
#include <array>

#include "compiler/syntax/retag.h"

namespace sqlxc::syntax {

namespace {

struct Keyword {
  std::string_view word;
  std::uint16_t token;
  std::array<WordClass, 3> classes;  // by Dialect
};

constexpr Keyword kKeywords[] = {
#define SQLXC_KEYWORD(TOKEN, WORD, POSTGRES, MYSQL, SQLITE) \
  {WORD, sym::TOKEN, {WordClass::POSTGRES, WordClass::MYSQL, WordClass::SQLITE}},
#include "compiler/syntax/keywords.def"
#undef SQLXC_KEYWORD
};

constexpr std::size_t kSlots = 1024;
constexpr std::size_t kLongest = 18;

constexpr char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

constexpr std::uint32_t hash(std::string_view word) {
  std::uint32_t h = 2166136261U;
  for (const char c : word) {
    h = (h ^ static_cast<std::uint32_t>(static_cast<unsigned char>(lower(c)))) * 16777619U;
  }
  return h ^ (h >> 13);
}

// Open addressing: slot -> index into kKeywords, plus one.
constexpr std::array<std::uint16_t, kSlots> make_slots() {
  std::array<std::uint16_t, kSlots> slots{};
  for (std::size_t i = 0; i < std::size(kKeywords); ++i) {
    std::size_t at = hash(kKeywords[i].word) % kSlots;
    while (slots[at] != 0) at = (at + 1) % kSlots;
    slots[at] = static_cast<std::uint16_t>(i + 1);
  }
  return slots;
}
constexpr std::array<std::uint16_t, kSlots> kSlotOfWord = make_slots();

const Keyword* find_keyword(std::string_view word) {
  if (word.size() > kLongest) return nullptr;
  for (std::size_t at = hash(word) % kSlots; kSlotOfWord[at] != 0; at = (at + 1) % kSlots) {
    const Keyword& keyword = kKeywords[kSlotOfWord[at] - 1U];
    if (is_word(word, keyword.word)) return &keyword;
  }
  return nullptr;
}

std::uint16_t token_of(Shape shape) {
  switch (shape) {
    case Shape::end:
      return sym::END_OF_TEXT;
    case Shape::word:
      return sym::IDENTIFIER;
    case Shape::quoted:
      return sym::QUOTED_IDENTIFIER;
    case Shape::string:
      return sym::STRING;
    case Shape::bit_string:
      return sym::BIT_STRING;
    case Shape::number:
      return sym::NUMBER;
    case Shape::parameter:
      return sym::PARAMETER;
    case Shape::lparen:
      return sym::LPAREN;
    case Shape::rparen:
      return sym::RPAREN;
    case Shape::lbracket:
      return sym::LBRACKET;
    case Shape::rbracket:
      return sym::RBRACKET;
    case Shape::comma:
      return sym::COMMA;
    case Shape::dot:
      return sym::DOT;
    case Shape::semicolon:
      return sym::SEMICOLON;
    case Shape::colon:
      return sym::COLON;
    case Shape::typecast:
      return sym::TYPECAST;
    case Shape::assign:
      return sym::ASSIGN;
    case Shape::arrow:
      return sym::ARROW;
    case Shape::eq:
      return sym::EQ;
    case Shape::star:
      return sym::STAR;
    case Shape::plus:
      return sym::PLUS;
    case Shape::minus:
      return sym::MINUS;
    case Shape::op:
      return sym::OP;
    case Shape::other:
      return sym::OTHER_CHAR;
  }
  return sym::OTHER_CHAR;
}

}  // namespace

bool is_word(std::string_view word, std::string_view lower_case) {
  if (word.size() != lower_case.size()) return false;
  for (std::size_t i = 0; i < word.size(); ++i) {
    if (lower(word[i]) != lower_case[i]) return false;
  }
  return true;
}

std::string_view text_of(std::string_view source, const Token& token) {
  return source.substr(token.begin, token.end - token.begin);
}

TokenList lex(std::string_view text, std::uint32_t begin, std::uint32_t end,
              const LexOptions& options) {
  Scanner scanner(text, options.dialect, begin, end);
  scanner.set_ansi_quotes(options.ansi_quotes);
  scanner.set_named_parameters(options.has_named_parameters);
  scanner.set_server(options.server);
  std::vector<RawToken> raw;
  raw.reserve((end - begin) / 5 + 8);
  while (true) {
    const Lexeme lexeme = scanner.next();
    RawToken token;
    token.type = token_of(lexeme.shape);
    token.begin = lexeme.begin;
    token.end = lexeme.end;
    if (lexeme.shape == Shape::word) {
      const Keyword* keyword = find_keyword(text.substr(lexeme.begin, lexeme.end - lexeme.begin));
      if (keyword != nullptr) {
        token.keyword = keyword->token;
        token.word_class = keyword->classes[static_cast<std::size_t>(options.dialect)];
      }
    }
    raw.push_back(token);
    if (lexeme.shape == Shape::end) break;
  }
  TokenList list = retag(text, raw, options.dialect);
  list.comments = scanner.comments();
  list.unterminated = scanner.unterminated();
  return list;
}

}  // namespace sqlxc::syntax
