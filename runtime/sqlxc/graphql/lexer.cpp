#include <sqlxc/graphql/lexer.h>

#include <sqlxc/core/text.h>
#include <sqlxc/graphql/utf8.h>

namespace sqlxc::graphql {
namespace {

bool is_name_start(char c) {
  const char lower = to_lower(c);
  return (lower >= 'a' && lower <= 'z') || c == '_';
}

bool is_name_part(char c) { return is_name_start(c) || is_digit(c); }

bool is_line_end(char c) { return c == '\n' || c == '\r'; }

TokenKind punctuation_of(char c) {
  switch (c) {
    case '!':
      return TokenKind::bang;
    case '$':
      return TokenKind::dollar;
    case '&':
      return TokenKind::amp;
    case '(':
      return TokenKind::paren_open;
    case ')':
      return TokenKind::paren_close;
    case ':':
      return TokenKind::colon;
    case '=':
      return TokenKind::equals;
    case '@':
      return TokenKind::at;
    case '[':
      return TokenKind::bracket_open;
    case ']':
      return TokenKind::bracket_close;
    case '{':
      return TokenKind::brace_open;
    case '|':
      return TokenKind::pipe;
    case '}':
      return TokenKind::brace_close;
    default:
      return TokenKind::error;
  }
}

}  // namespace

std::string_view describe(TokenKind kind) {
  constexpr std::string_view kWords[] = {
      "<SOF>", "<EOF>", "\"!\"", "\"$\"",  "\"&\"",       "\"(\"",  "\")\"", "\"...\"",
      "\":\"", "\"=\"", "\"@\"", "\"[\"",  "\"]\"",       "\"{\"",  "\"|\"", "\"}\"",
      "Name",  "Int",   "Float", "String", "BlockString", "<error>"};
  return kWords[static_cast<std::size_t>(kind)];
}

std::string describe(const Token& token) {
  std::string words(describe(token.kind));
  if (token.kind < TokenKind::name || token.kind == TokenKind::error) return words;
  return words + " \"" + std::string(token.text) + "\"";
}

Token Lexer::next() {
  if (has_failed_) return {TokenKind::error, error_.at, error_.at, {}};
  while (skip_ignored()) {
  }
  if (at_ == source_.size()) return make(TokenKind::end, at_, {});
  const char c = source_[at_];
  if (is_name_start(c)) return name();
  if (is_digit(c) || c == '-') return number();
  if (c == '"') return source_.substr(at_).starts_with(R"(""")") ? block_string() : string();
  return punctuation(c);
}

// Whether something was passed over and more may follow.
bool Lexer::skip_ignored() {
  const std::size_t before = at_;
  while (at_ < source_.size()) {
    const char c = source_[at_];
    if (c == ' ' || c == '\t' || c == ',' || is_line_end(c)) {
      ++at_;
    } else if (c == '\xEF' && source_.substr(at_).starts_with("\xEF\xBB\xBF")) {
      at_ += 3;
    } else {
      break;
    }
  }
  if (at_ < source_.size() && source_[at_] == '#') {
    while (at_ < source_.size() && !is_line_end(source_[at_])) {
      if (!pass_character()) break;
    }
  }
  return at_ != before;
}

// False at what is no character.
bool Lexer::pass_character() {
  const Character character = character_of(source_.substr(at_));
  if (!character.is_scalar) return false;
  at_ += character.size;
  return true;
}

Token Lexer::punctuation(char c) {
  const std::size_t from = at_;
  if (source_.substr(at_).starts_with("...")) {
    at_ += 3;
    return make(TokenKind::spread, from, {});
  }
  const TokenKind kind = punctuation_of(c);
  if (kind == TokenKind::error) return unexpected();
  ++at_;
  return make(kind, from, {});
}

Token Lexer::unexpected() {
  if (source_[at_] == '\'') {
    return fail(at_,
                "Unexpected single quote character ('), did you mean to use a double quote (\")?");
  }
  const bool is_scalar = character_of(source_.substr(at_)).is_scalar;
  return fail(at_, (is_scalar ? "Unexpected character: " : "Invalid character: ") +
                       character_at(at_) + ".");
}

Token Lexer::make(TokenKind kind, std::size_t from, std::string_view text) {
  return {kind, static_cast<ast::Offset>(from), static_cast<ast::Offset>(at_), text};
}

Token Lexer::fail(std::size_t at, std::string message) {
  has_failed_ = true;
  error_ = {std::move(message), static_cast<ast::Offset>(at)};
  return {TokenKind::error, error_.at, error_.at, {}};
}

// A character as errors show it: `"x"`, `U+0008`, `<EOF>`.
std::string Lexer::character_at(std::size_t i) const {
  if (i >= source_.size()) return "<EOF>";
  const std::uint32_t code = character_of(source_.substr(i)).code;
  if (code == '"') return "'\"'";
  if (code >= 0x20 && code < 0x7F) return {'"', static_cast<char>(code), '"'};
  std::string out = "U+";
  append_hex(out, code, code > 0xFFFFF ? 6 : code > 0xFFFF ? 5 : 4);
  for (char& c : out) {
    if (c >= 'a' && c <= 'f') c = static_cast<char>(c - 0x20);
  }
  return out;
}

Token Lexer::name() {
  const std::size_t from = at_;
  while (is_name_part(at(at_))) ++at_;
  return make(TokenKind::name, from, source_.substr(from, at_ - from));
}

Token Lexer::number() {
  const std::size_t from = at_;
  bool is_float = false;
  if (at(at_) == '-') ++at_;
  if (at(at_) == '0') {
    ++at_;
    if (is_digit(at(at_))) {
      return fail(at_, "Invalid number, unexpected digit after 0: " + character_at(at_) + ".");
    }
  } else if (!digits()) {
    return {TokenKind::error, error_.at, error_.at, {}};
  }
  if (at(at_) == '.') {
    is_float = true;
    ++at_;
    if (!digits()) return {TokenKind::error, error_.at, error_.at, {}};
  }
  if (to_lower(at(at_)) == 'e') {
    is_float = true;
    ++at_;
    if (at(at_) == '+' || at(at_) == '-') ++at_;
    if (!digits()) return {TokenKind::error, error_.at, error_.at, {}};
  }
  if (at(at_) == '.' || is_name_start(at(at_))) {
    return fail(at_, "Invalid number, expected digit but got: " + character_at(at_) + ".");
  }
  return make(is_float ? TokenKind::float_value : TokenKind::int_value, from,
              source_.substr(from, at_ - from));
}

bool Lexer::digits() {
  if (!is_digit(at(at_))) {
    fail(at_, "Invalid number, expected digit but got: " + character_at(at_) + ".");
    return false;
  }
  while (is_digit(at(at_))) ++at_;
  return true;
}

}  // namespace sqlxc::graphql
