#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "compiler/base/dialect.h"
#include "compiler/syntax/server.h"

// Bytes -> lexemes, by the rules of quotes, comments and operators of a dialect. It knows no words:
// the splitter uses it to find where statements end, lex.h to make tokens of.
namespace sqlxc::syntax {

enum class Shape : std::uint8_t {
  end,
  word,
  quoted,      // "x", `x`, [x], U&"x"
  string,      // 'x', E'x', N'x', _utf8'x', $$x$$, MySQL's "x"
  bit_string,  // b'01', x'ff'
  number,
  parameter,  // ?, ?1, $1, :x, @x, @@x
  lparen,
  rparen,
  lbracket,
  rbracket,
  comma,
  dot,
  semicolon,
  colon,
  typecast,
  assign,
  arrow,
  eq,
  star,
  plus,
  minus,
  op,
  other,
};

struct Lexeme {
  Shape shape = Shape::end;
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
};

struct CommentSpan {
  std::uint32_t begin = 0;  // of the comment's first mark
  std::uint32_t end = 0;    // behind its last
};

/// What was begun and not ended before the text was over.
struct Unterminated {
  enum class What : std::uint8_t { nothing, string, quoted_name, comment, dollar_string };
  What what = What::nothing;
  std::uint32_t begin = 0;
};

class Scanner {
 public:
  Scanner(std::string_view text, Dialect dialect, std::uint32_t begin, std::uint32_t end);

  /// The next lexeme; comments on the way are appended to comments().
  Lexeme next();
  const std::vector<CommentSpan>& comments() const { return comments_; }
  const Unterminated& unterminated() const { return unterminated_; }
  std::uint32_t position() const { return at_; }
  void go_to(std::uint32_t position) { at_ = position; }
  /// MySQL's ANSI_QUOTES: "x" is a name.
  void set_ansi_quotes(bool on) { ansi_quotes_ = on; }
  /// MySQL: whose conditional comments are read.
  void set_server(const Server& server) { server_ = server; }
  /// `:x` is a parameter where it does not follow a value, as it does in a[i:x].
  void set_named_parameters(bool on) { has_named_parameters_ = on; }
  /// MySQL's DELIMITER: a word ends where it begins.
  void set_delimiter(std::string_view delimiter) { delimiter_ = delimiter; }
  /// Moves to the next lexeme without reading it.
  std::uint32_t skip() {
    skip_blanks();
    return at_;
  }
  /// The rest of the line is a comment.
  void skip_line_comment();

 private:
  void skip_blanks();
  bool skip_comment();
  void skip_block_comment(bool is_conditional);
  void open_conditional(bool is_for_mariadb);
  void report(Unterminated::What what, std::uint32_t begin) {
    if (unterminated_.what == Unterminated::What::nothing) unterminated_ = {what, begin};
  }
  Lexeme scan_word();
  Lexeme scan_number();
  Lexeme scan_quoted(std::uint32_t begin, char quote, Shape shape, bool backslashes);
  Lexeme scan_dollar();
  Lexeme scan_at();
  Lexeme scan_operator();
  Lexeme one(Shape shape) { return {shape, at_, ++at_}; }
  Lexeme take(Shape shape, std::uint32_t length) {
    const Lexeme made{shape, at_, at_ + length};
    at_ += length;
    return made;
  }
  char peek(std::uint32_t ahead = 0) const {
    return at_ + ahead < end_ ? text_[at_ + ahead] : '\0';
  }
  bool is_behind_value() const {
    const char before = at_ > 0 ? text_[at_ - 1] : ' ';
    return before == ']' || before == ')' || before == '"' || before == '_' || before == '`' ||
           (before >= '0' && before <= '9') || (before >= 'a' && before <= 'z') ||
           (before >= 'A' && before <= 'Z');
  }
  bool is_mysql() const { return dialect_ == Dialect::mysql; }
  bool is_postgres() const { return dialect_ == Dialect::postgres; }

  std::string_view text_;
  Dialect dialect_;
  std::uint32_t at_;
  std::uint32_t end_;
  bool in_conditional_ = false;
  std::uint32_t conditional_begin_ = 0;
  Server server_;
  bool ansi_quotes_ = false;
  bool has_named_parameters_ = false;
  std::string_view delimiter_;
  std::vector<CommentSpan> comments_;
  Unterminated unterminated_;
};

}  // namespace sqlxc::syntax
