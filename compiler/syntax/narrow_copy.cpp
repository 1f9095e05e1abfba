#include <algorithm>

#include "compiler/syntax/narrow.h"

// COPY (PostgreSQL manual): its parts are looked at one after the other.
namespace sqlxc::syntax {

namespace {

class Copy {
 public:
  explicit Copy(const BuildContext& context) : context_(context), tokens_(context.tree->tokens) {}

  std::optional<Refusal> refusal();

 private:
  bool is(std::string_view word) const {
    return at_ < tokens_.size() && is_word(text_of(context_.text, tokens_[at_]), word);
  }
  std::uint16_t type() const { return tokens_[at_].type; }
  bool is_end() const { return type() == sym::END_OF_TEXT; }
  std::optional<Refusal> here(std::string expected) const {
    return Refusal{at_, std::move(expected)};
  }
  void skip_brackets();
  std::optional<Refusal> columns();
  std::optional<Refusal> options(bool is_to);

  const BuildContext& context_;
  const std::vector<Token>& tokens_;
  std::uint32_t at_ = 1;
};

void Copy::skip_brackets() {
  int depth = 0;
  do {
    if (type() == sym::LPAREN || type() == sym::LPAREN_Q) ++depth;
    if (type() == sym::RPAREN) --depth;
    ++at_;
  } while (depth > 0 && !is_end());
}

std::optional<Refusal> Copy::columns() {
  while (type() != sym::RPAREN) {
    ++at_;  // the bracket or a comma
    if (is_end() || type() == sym::RPAREN || type() == sym::COMMA) return here("a column name");
    ++at_;
    if (type() != sym::COMMA && type() != sym::RPAREN) return here("`,` or `)`");
  }
  ++at_;
  return {};
}

// Those without brackets, and WHERE.
std::optional<Refusal> Copy::options(bool is_to) {
  for (; !is_end(); ++at_) {
    if (type() == sym::LPAREN || type() == sym::LPAREN_Q) {
      skip_brackets();
      --at_;
    } else if (is("where")) {
      return is_to ? here("the end of the statement") : std::nullopt;
    } else if (is("force")) {
      ++at_;
      const bool is_quote = is("quote");
      if (!is_quote && !is("not") && !is("null")) return here("`quote`, `not null` or `null`");
      if (is("not")) ++at_;
      ++at_;
      const bool is_all = is_quote && !is_end() && type() == sym::STAR;
      if (at_ >= tokens_.size() || is_end() || (type() == sym::LPAREN && !is_all)) {
        at_ = std::min(at_, static_cast<std::uint32_t>(tokens_.size() - 1));
        return here("a column name");
      }
    }
  }
  return {};
}

std::optional<Refusal> Copy::refusal() {
  if (is("binary")) ++at_;
  const bool is_query = type() == sym::LPAREN || type() == sym::LPAREN_Q;
  if (is_query) {
    skip_brackets();
  } else {
    if (is_end()) return here("a table name");
    ++at_;
    while (type() == sym::DOT && at_ + 2 < tokens_.size()) at_ += 2;
    if (type() == sym::LPAREN || type() == sym::LPAREN_Q) {
      if (auto found = columns()) return found;
    }
  }
  const bool is_to = is("to");
  if (is_query && !is_to) return here("`to`");
  if (!is_to && !is("from")) return here("`from` or `to`");
  ++at_;
  if (is("program")) ++at_;
  if (type() == sym::COLON) return {};  // a variable of psql
  if (type() != sym::STRING && !is("stdin") && !is("stdout"))
    return here("a string, `stdin` or `stdout`");
  ++at_;
  return options(is_to);
}

}  // namespace

std::optional<Refusal> copy_refusal(const BuildContext& context) { return Copy(context).refusal(); }

}  // namespace sqlxc::syntax
