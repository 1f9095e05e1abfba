#include "compiler/syntax/do_block.h"

#include <algorithm>
#include <initializer_list>
#include <utility>

#include "compiler/syntax/scan.h"
#include "compiler/syntax/tokens.h"

namespace sqlxc::syntax {

namespace {

constexpr std::size_t kDeepest = 100;

class BlockReader {
 public:
  BlockReader(std::string_view text, std::uint32_t begin, std::uint32_t end) : text_(text) {
    Scanner scanner(text, Dialect::postgres, begin, end);
    for (Lexeme lexeme = scanner.next(); lexeme.shape != Shape::end; lexeme = scanner.next())
      lexemes_.push_back(lexeme);
  }

  Block run() {
    skip_declarations();
    if (word_is(at_, {"begin"})) {
      ++at_;
      block();
    } else {
      made_.is_whole = false;
    }
    return std::move(made_);
  }

 private:
  bool is_over() const { return at_ >= lexemes_.size(); }
  bool word_is(std::size_t index, std::initializer_list<std::string_view> words) const {
    if (index >= lexemes_.size() || lexemes_[index].shape != Shape::word) return false;
    const std::string_view word =
        text_.substr(lexemes_[index].begin, lexemes_[index].end - lexemes_[index].begin);
    return std::ranges::any_of(words, [&](std::string_view one) { return is_word(word, one); });
  }
  bool is_semicolon(std::size_t index) const {
    return index < lexemes_.size() && lexemes_[index].shape == Shape::semicolon;
  }
  bool begins_statement(std::size_t index) const {
    return index == 0 || is_semicolon(index - 1) ||
           word_is(index - 1, {"begin", "then", "else", "loop", "declare"});
  }

  void skip_declarations();
  void skip_to_semicolon();
  void skip_flow(std::size_t depth = 0);
  void block();
  void items();
  void branch();
  void handlers(std::size_t first);
  void item();

  std::string_view text_;
  std::vector<Lexeme> lexemes_;
  std::size_t at_ = 0;
  std::size_t depth_ = 0;
  bool tolerates_existing_ = false;
  Block made_;
};

void BlockReader::skip_declarations() {
  while (!is_over() && !(word_is(at_, {"begin"}) && begins_statement(at_))) ++at_;
}

void BlockReader::skip_to_semicolon() {
  while (!is_over() && !is_semicolon(at_)) ++at_;
  if (!is_over()) ++at_;
}

// A statement that holds others, or its rest at that depth: to behind its END.
void BlockReader::skip_flow(std::size_t depth) {
  made_.is_whole = false;
  for (; !is_over(); ++at_) {
    if (word_is(at_, {"end"})) {
      if (word_is(at_ + 1, {"if", "loop", "case"})) ++at_;
      if (depth <= 1) break;
      --depth;
    } else if (word_is(at_, {"loop", "case"}) ||
               (word_is(at_, {"if", "begin"}) && begins_statement(at_))) {
      ++depth;
    }
  }
  skip_to_semicolon();
}

// Behind its BEGIN.
void BlockReader::block() {
  const std::size_t first = made_.statements.size();
  items();
  if (word_is(at_, {"exception"})) handlers(first);
  skip_to_semicolon();
}

void BlockReader::items() {
  if (++depth_ > kDeepest) {
    made_.is_whole = false;
    at_ = lexemes_.size();
  }
  while (!is_over() && !word_is(at_, {"end", "exception", "else", "elsif", "elseif"})) item();
  --depth_;
}

// EXCEPTION WHEN duplicate_object THEN null; up to the block's END.
void BlockReader::handlers(std::size_t first) {
  bool is_tolerant = false;
  std::size_t depth = 0;
  for (; !is_over(); ++at_) {
    if (word_is(at_, {"duplicate_object", "duplicate_table", "duplicate_column", "duplicate_schema",
                      "duplicate_function", "duplicate_alias", "others"})) {
      is_tolerant = true;
    } else if (word_is(at_, {"loop", "case"}) ||
               (word_is(at_, {"if", "begin"}) && begins_statement(at_))) {
      ++depth;
    } else if (word_is(at_, {"end"})) {
      if (depth == 0) break;
      --depth;
      if (word_is(at_ + 1, {"if", "loop", "case"})) ++at_;
    }
  }
  for (std::size_t i = first; is_tolerant && i < made_.statements.size(); ++i)
    made_.statements[i].tolerates_existing = true;
}

// IF NOT EXISTS (...) THEN asks whether the thing is there; of another question the answer is not
// known.
void BlockReader::branch() {
  if (!word_is(at_ + 1, {"not"}) || !word_is(at_ + 2, {"exists"})) return skip_flow();
  while (!is_over() && !word_is(at_, {"then"})) ++at_;
  ++at_;
  const bool outer = std::exchange(tolerates_existing_, true);
  items();
  tolerates_existing_ = outer;
  if (word_is(at_, {"end"})) return skip_to_semicolon();
  // The other branches are for where it is there.
  const bool was_whole = made_.is_whole;
  skip_flow(1);
  made_.is_whole = was_whole;
}

void BlockReader::item() {
  if (word_is(at_, {"begin"})) {
    ++at_;
    return block();
  }
  if (word_is(at_, {"if"})) return branch();
  if (word_is(at_, {"declare"})) {
    skip_declarations();
    return;
  }
  if (word_is(at_, {"for", "foreach", "while", "loop", "case"})) return skip_flow();
  if (word_is(at_, {"execute"})) made_.is_whole = false;
  const std::size_t first = at_;
  skip_to_semicolon();
  if (!word_is(first, {"create", "alter", "drop", "comment"})) return;
  const std::size_t last = is_semicolon(at_ - 1) ? at_ - 2 : at_ - 1;
  made_.statements.push_back({lexemes_[first].begin, lexemes_[last].end, tolerates_existing_});
}

}  // namespace

Block read_block(std::string_view text, std::uint32_t begin, std::uint32_t end) {
  return BlockReader(text, begin, end).run();
}

}  // namespace sqlxc::syntax
