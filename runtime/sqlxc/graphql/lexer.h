#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>

#include <sqlxc/graphql/ast.h>

// GraphQL's tokens (October 2021, section 2.1), one at a time. Comments, commas and spaces are
// passed over.
namespace sqlxc::graphql {

enum class TokenKind : std::uint8_t {
  start,
  end,
  bang,
  dollar,
  amp,
  paren_open,
  paren_close,
  spread,
  colon,
  equals,
  at,
  bracket_open,
  bracket_close,
  brace_open,
  pipe,
  brace_close,
  name,
  int_value,
  float_value,
  string,
  block_string,
  error,  // see Lexer::error
};

struct Token {
  TokenKind kind = TokenKind::start;
  ast::Offset at = 0;
  ast::Offset end = 0;
  std::string_view text;  // a name, the digits of a number, an unescaped string
};

/// `Name`, `"{"`, `<EOF>`: how errors speak of a kind.
std::string_view describe(TokenKind kind);
/// `Name "x"`.
std::string describe(const Token& token);

class Lexer {
 public:
  struct Error {
    std::string message;
    ast::Offset at = 0;
  };

  /// `source` outlives the tokens; strings that need unescaping are kept in `unescaped`.
  Lexer(std::string_view source, std::deque<std::string>& unescaped)
      : source_(source), unescaped_(unescaped) {}

  /// After an error, or the end, the same again.
  Token next();
  const Error& error() const { return error_; }

 private:
  bool skip_ignored();
  Token punctuation(char c);
  Token make(TokenKind kind, std::size_t from, std::string_view text);
  Token fail(std::size_t at, std::string message);
  Token unexpected();
  Token name();
  Token number();
  bool digits();
  Token string();
  bool escape(std::string& out);
  bool unicode_escape(std::string& out);
  bool braced_escape(std::string& out);
  Token block_string();
  bool pass_character();
  int hex_at(std::size_t at) const;
  std::int32_t hex4_at(std::size_t at) const;
  std::string character_at(std::size_t at) const;
  std::string_view units_at(std::size_t at, std::size_t count) const;

  char at(std::size_t i) const { return i < source_.size() ? source_[i] : '\0'; }

  std::string_view source_;
  std::deque<std::string>& unescaped_;
  std::size_t at_ = 0;
  Error error_;
  bool has_failed_ = false;
};

}  // namespace sqlxc::graphql
