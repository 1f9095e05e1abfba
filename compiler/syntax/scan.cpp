#include "compiler/syntax/scan.h"

#include <algorithm>
#include <array>
#include <cstring>

namespace sqlxc::syntax {

namespace {

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }

constexpr std::array<bool, 256> word_bytes() {
  std::array<bool, 256> set{};
  for (int c = 0; c < 256; ++c) {
    set[static_cast<std::size_t>(c)] = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                                       (c >= '0' && c <= '9') || c == '_' || c == '$' || c >= 0x80;
  }
  return set;
}
constexpr std::array<bool, 256> kWord = word_bytes();
constexpr bool is_word(char c) { return kWord[static_cast<unsigned char>(c)]; }
constexpr bool is_word_start(char c) { return is_word(c) && !is_digit(c) && c != '$'; }
constexpr bool is_hex_digit(char c) {
  return is_digit(c) || ((c | 0x20) >= 'a' && (c | 0x20) <= 'f');
}
constexpr bool is_blank(char c) {
  return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f' || c == '\v';
}
constexpr bool is_postgres_operator(char c) {
  return std::string_view("+-*/<>=~!@#%^&|`?").find(c) != std::string_view::npos;
}

}  // namespace

Scanner::Scanner(std::string_view text, Dialect dialect, std::uint32_t begin, std::uint32_t end)
    : text_(text), dialect_(dialect), at_(begin), end_(end) {
  if (!is_mysql() || begin == 0) return;
  // A statement may begin inside a conditional comment: /*!50003 create ...
  const std::size_t open = text.rfind("/*", begin - 1);
  in_conditional_ = open != std::string_view::npos && begin - open <= 16 &&
                    text.substr(open, begin - open).find("*/") == std::string_view::npos;
  if (in_conditional_) conditional_begin_ = static_cast<std::uint32_t>(open);
}

Lexeme Scanner::next() {
  skip_blanks();
  if (at_ >= end_) {
    if (in_conditional_ && end_ == text_.size())
      report(Unterminated::What::comment, conditional_begin_);
    return {Shape::end, end_, end_};
  }
  const char c = text_[at_];
  if (is_word_start(c)) return scan_word();
  switch (c) {
    case '(':
      return one(Shape::lparen);
    case ')':
      return one(Shape::rparen);
    case ',':
      return one(Shape::comma);
    case ';':
      return one(Shape::semicolon);
    case '\'':
      return scan_quoted(at_, '\'', Shape::string, is_mysql());
    case '"':
      if (is_mysql() && !ansi_quotes_) return scan_quoted(at_, '"', Shape::string, true);
      return scan_quoted(at_, '"', Shape::quoted, false);
    case '`':
      if (is_postgres()) break;
      return scan_quoted(at_, '`', Shape::quoted, false);
    case '[':
      if (dialect_ == Dialect::sqlite) return scan_quoted(at_, ']', Shape::quoted, false);
      return one(Shape::lbracket);
    case ']':
      return one(Shape::rbracket);
    case '.':
      if (is_digit(peek(1))) return scan_number();
      return one(Shape::dot);
    case ':':
      if (peek(1) == ':') return take(Shape::typecast, 2);
      if (peek(1) == '=') return take(Shape::assign, 2);
      if (dialect_ == Dialect::sqlite && is_word(peek(1))) return scan_at();
      if (has_named_parameters_ && is_word(peek(1)) && !is_behind_value()) return scan_at();
      return one(Shape::colon);
    case '$':
      return scan_dollar();
    case '@':
      if (!is_postgres()) return scan_at();
      break;
    case '?':
      if (is_postgres()) break;
      {
        std::uint32_t length = 1;
        while (is_digit(peek(length))) ++length;
        return take(Shape::parameter, length);
      }
    case '\\':
      if (is_mysql() && peek(1) == 'N') return take(Shape::word, 2);
      return one(Shape::other);
    default:
      break;
  }
  if (is_digit(c)) return scan_number();
  return scan_operator();
}

void Scanner::skip_blanks() {
  while (at_ < end_) {
    const char c = text_[at_];
    if (is_blank(c)) {
      ++at_;
    } else if (c == '-' || c == '/' || c == '#' || c == '*') {
      if (!skip_comment()) return;
    } else {
      return;
    }
  }
}

bool Scanner::skip_comment() {
  const char c = text_[at_];
  const char second = peek(1);
  if (c == '-' && second == '-') {
    // MySQL wants a blank behind the dashes; an annotation is one all the same.
    const char third = peek(2);
    if (is_mysql() && at_ + 2 < end_ && !is_blank(third) && third != '@' &&
        !(third == '-' && (at_ == 0 || text_[at_ - 1] == '\n')))
      return false;
    skip_line_comment();
    return true;
  }
  if (c == '#' && is_mysql()) {
    skip_line_comment();
    return true;
  }
  if (c == '*' && second == '/' && in_conditional_) {
    in_conditional_ = false;
    at_ += 2;
    return true;
  }
  if (c != '/' || second != '*') return false;
  if (is_mysql() && peek(2) == '!') {
    open_conditional(false);
  } else if (is_mysql() && peek(2) == 'M' && peek(3) == '!') {
    open_conditional(true);
  } else {
    skip_block_comment(false);
  }
  return true;
}

// /*!NNNNN or /*!NNNNNN: what follows is read or not; fewer digits are no version (MySQL
// manual, 9.7).
void Scanner::open_conditional(bool is_for_mariadb) {
  const std::uint32_t mark = is_for_mariadb ? 4 : 3;
  std::uint32_t digits = 0;
  std::uint32_t needed = 0;
  for (; digits < 6 && is_digit(peek(mark + digits)); ++digits)
    needed = needed * 10 + static_cast<std::uint32_t>(peek(mark + digits) - '0');
  if (digits < 5) digits = needed = 0;
  if (!server_.reads(needed, is_for_mariadb)) return skip_block_comment(true);
  conditional_begin_ = at_;
  in_conditional_ = true;
  at_ += mark + digits;
}

void Scanner::skip_line_comment() {
  const std::uint32_t begin = at_;
  const void* line_end = std::memchr(text_.data() + at_, '\n', end_ - at_);
  at_ = line_end == nullptr
            ? end_
            : static_cast<std::uint32_t>(static_cast<const char*>(line_end) - text_.data());
  comments_.push_back({begin, at_});
}

// Comments stand in comments in PostgreSQL, and in MySQL's conditional ones.
void Scanner::skip_block_comment(bool is_conditional) {
  const std::uint32_t begin = at_;
  at_ += 2;
  int depth = 1;
  while (at_ < end_) {
    if (peek() == '*' && peek(1) == '/') {
      at_ += 2;
      if (--depth == 0) {
        if (!is_conditional) comments_.push_back({begin, at_});
        return;
      }
    } else if ((is_postgres() || is_conditional) && peek() == '/' && peek(1) == '*') {
      at_ += 2;
      ++depth;
    } else {
      ++at_;
    }
  }
  // SQLite ends an open comment at the end of the text.
  if (dialect_ == Dialect::sqlite) {
    comments_.push_back({begin, at_});
  } else {
    report(Unterminated::What::comment, begin);
  }
}

Lexeme Scanner::scan_word() {
  const std::uint32_t begin = at_;
  while (at_ < end_ && is_word(text_[at_])) ++at_;
  if (!delimiter_.empty()) {
    const std::size_t found = text_.substr(begin, at_ - begin).find(delimiter_);
    if (found != std::string_view::npos && found > 0)
      at_ = begin + static_cast<std::uint32_t>(found);
  }
  const char next = peek();
  const std::uint32_t length = at_ - begin;
  const char first = static_cast<char>(text_[begin] | 0x20);
  if (next == '\'' && length == 1) {
    if (first == 'x' || (first == 'b' && dialect_ != Dialect::sqlite)) {
      return scan_quoted(begin, '\'', Shape::bit_string, false);
    }
    if (first == 'n' && dialect_ != Dialect::sqlite) {
      return scan_quoted(begin, '\'', Shape::string, is_mysql());
    }
    if (first == 'e' && is_postgres()) return scan_quoted(begin, '\'', Shape::string, true);
  }
  if (is_postgres() && length == 1 && first == 'u' && next == '&') {
    if (peek(1) == '\'' || peek(1) == '"') {
      const bool is_string = peek(1) == '\'';
      ++at_;
      return scan_quoted(begin, is_string ? '\'' : '"', is_string ? Shape::string : Shape::quoted,
                         false);
    }
  }
  if (is_mysql() && text_[begin] == '_' && length > 1 && (next == '\'' || next == '"')) {
    return scan_quoted(begin, next, Shape::string, true);
  }
  return {Shape::word, begin, at_};
}

Lexeme Scanner::scan_number() {
  const std::uint32_t begin = at_;
  if (peek() == '0' && (peek(1) | 0x20) == 'x') {
    std::uint32_t digits = 2;
    while (is_hex_digit(peek(digits)) || (is_postgres() && peek(digits) == '_')) ++digits;
    std::uint32_t length = digits;
    while (is_word(peek(length))) ++length;
    // SQLite reads 0x1G as 0x1 and a name.
    if (dialect_ == Dialect::sqlite && digits > 2) return take(Shape::number, digits);
    if (length > 2)
      return take(digits == length || is_mysql() ? Shape::number : Shape::other, length);
  }
  // PostgreSQL 16: 0b101, 0o17.
  const char base = static_cast<char>(peek(1) | 0x20);
  if (is_postgres() && peek() == '0' && (base == 'b' || base == 'o')) {
    const char last = base == 'b' ? '1' : '7';
    std::uint32_t length = 2;
    while ((peek(length) >= '0' && peek(length) <= last) || peek(length) == '_') ++length;
    if (length > 2 && !is_word(peek(length))) return take(Shape::number, length);
  }
  const auto digits = [this] {
    while (is_digit(peek()) || (peek() == '_' && is_digit(peek(1)))) ++at_;
  };
  digits();
  // MySQL's names may begin with digits.
  if (is_mysql() && is_word_start(peek())) {
    std::uint32_t ahead = 1;
    const bool has_sign = (peek() | 0x20) == 'e' && (peek(1) == '+' || peek(1) == '-');
    while (is_word(peek(ahead))) ++ahead;
    bool is_exponent = (peek() | 0x20) == 'e' && ahead > 1;
    for (std::uint32_t i = 1; i < ahead; ++i) is_exponent = is_exponent && is_digit(peek(i));
    if (!is_exponent && !has_sign) {
      at_ += ahead;
      return {Shape::word, begin, at_};
    }
  }
  if (peek() == '.' && !(peek(1) == '.')) {
    ++at_;
    digits();
  }
  if ((peek() | 0x20) == 'e') {
    const std::uint32_t sign = peek(1) == '+' || peek(1) == '-' ? 1 : 0;
    if (is_digit(peek(1 + sign))) {
      at_ += 1 + sign;
      digits();
    }
  }
  // PostgreSQL 15 and SQLite: a number does not run into a word.
  if (!is_mysql() && is_word_start(peek())) {
    while (is_word(peek())) ++at_;
    return {Shape::other, begin, at_};
  }
  return {Shape::number, begin, at_};
}

Lexeme Scanner::scan_quoted(std::uint32_t begin, char quote, Shape shape, bool backslashes) {
  ++at_;
  while (at_ < end_) {
    if (!backslashes) {
      const void* found = std::memchr(text_.data() + at_, quote, end_ - at_);
      if (found == nullptr) break;
      at_ = static_cast<std::uint32_t>(static_cast<const char*>(found) - text_.data());
    }
    const char c = text_[at_++];
    if (c == '\\' && backslashes) {
      ++at_;
    } else if (c == quote) {
      if (quote == ']' || peek() != quote) return {shape, begin, at_};
      ++at_;
    }
  }
  at_ = end_;
  report(shape == Shape::quoted ? Unterminated::What::quoted_name : Unterminated::What::string,
         begin);
  return {shape, begin, end_};
}

Lexeme Scanner::scan_dollar() {
  const std::uint32_t begin = at_;
  if (!is_postgres()) {
    std::uint32_t length = 1;
    while (is_word(peek(length))) ++length;
    return take(is_mysql() ? Shape::word : Shape::parameter, length);
  }
  if (is_digit(peek(1))) {
    std::uint32_t length = 1;
    while (is_digit(peek(length))) ++length;
    return take(Shape::parameter, length);
  }
  std::uint32_t length = 1;
  while (is_word(peek(length)) && peek(length) != '$') ++length;
  if (peek(length) != '$') return one(Shape::other);
  const std::string_view tag = text_.substr(begin, length + 1);
  const std::size_t close = text_.substr(0, end_).find(tag, begin + tag.size());
  if (close == std::string_view::npos) {
    report(Unterminated::What::dollar_string, begin);
    at_ = end_;
  } else {
    at_ = static_cast<std::uint32_t>(close + tag.size());
  }
  return {Shape::string, begin, at_};
}

Lexeme Scanner::scan_at() {
  const std::uint32_t begin = at_;
  ++at_;
  while (peek() == '@') ++at_;
  if (is_mysql() && (peek() == '\'' || peek() == '"' || peek() == '`')) {
    const Lexeme name = scan_quoted(at_, peek(), Shape::parameter, false);
    return {Shape::parameter, begin, name.end};
  }
  while (is_word(peek()) || (peek() == '.' && is_mysql() && is_word(peek(1)))) ++at_;
  if (at_ == begin + 1) return {Shape::other, begin, at_};
  return {Shape::parameter, begin, at_};
}

Lexeme Scanner::scan_operator() {
  std::uint32_t length = 1;
  if (is_postgres()) {
    if (!is_postgres_operator(peek())) return one(Shape::other);
    while (is_postgres_operator(peek(length))) {
      const bool is_comment = (peek(length) == '-' && peek(length + 1) == '-') ||
                              (peek(length) == '/' && peek(length + 1) == '*');
      if (is_comment) break;
      ++length;
    }
    // PostgreSQL manual, 4.1.3: a trailing + or - belongs to it only beside one of these.
    const std::string_view run = text_.substr(at_, length);
    if (run.find_first_of("~!@#%^&|`?") == std::string_view::npos) {
      while (length > 1 && (text_[at_ + length - 1] == '+' || text_[at_ + length - 1] == '-'))
        --length;
    }
  } else {
    static constexpr std::string_view kLong[] = {"<=>", "->>", "<>", "<=", ">=", "<<",
                                                 ">>",  "!=",  "||", "&&", "->", "=="};
    if (std::string_view("+-*/<>=~!%^&|").find(peek()) == std::string_view::npos) {
      return one(Shape::other);
    }
    for (const std::string_view candidate : kLong) {
      if (text_.substr(at_, candidate.size()) == candidate && at_ + candidate.size() <= end_) {
        length = static_cast<std::uint32_t>(candidate.size());
        break;
      }
    }
  }
  const std::string_view symbol = text_.substr(at_, length);
  if (symbol == "=") return take(Shape::eq, 1);
  if (symbol == "*") return take(Shape::star, 1);
  if (symbol == "+") return take(Shape::plus, 1);
  if (symbol == "-") return take(Shape::minus, 1);
  if (symbol == "=>") return take(Shape::arrow, 2);
  return take(Shape::op, length);
}

}  // namespace sqlxc::syntax
