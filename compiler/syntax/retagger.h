#pragma once

#include <algorithm>
#include <initializer_list>
#include <string_view>
#include <vector>

#include "compiler/syntax/retag.h"

// What retag() knows on its way through a statement. Private to retag.cpp (signs, strings and
// brackets) and retag_words.cpp (words).
namespace sqlxc::syntax {

class Retagger {
 public:
  Retagger(std::string_view text, const std::vector<RawToken>& raw, Dialect dialect)
      : text_(text), raw_(raw), dialect_(dialect) {}

  TokenList run();

 private:
  struct Bracket {
    std::uint16_t opened_by = 0;                  // the token before the bracket
    std::uint32_t betweens = 0;                   // BETWEENs whose AND has not come
    std::uint32_t cases = 0;                      // CASEs that are open
    std::vector<std::uint32_t> betweens_outside;  // of the CASEs round this place
  };

  void push(std::uint16_t type, std::size_t index) {
    list_.tokens.push_back({type, raw_[index].begin, raw_[index].end});
  }
  std::string_view word(std::size_t index) const {
    if (index >= raw_.size() || raw_[index].type != sym::IDENTIFIER) return {};
    return text_.substr(raw_[index].begin, raw_[index].end - raw_[index].begin);
  }
  bool next_is(std::initializer_list<std::string_view> words) const {
    return word_is(i_ + 1, words);
  }
  bool word_is(std::size_t index, std::initializer_list<std::string_view> words) const {
    const std::string_view w = word(index);
    return !w.empty() && std::any_of(words.begin(), words.end(),
                                     [&](std::string_view x) { return is_word(w, x); });
  }
  bool prev_word_is(std::initializer_list<std::string_view> words) const {
    return i_ > 0 && word_is(i_ - 1, words);
  }
  std::uint16_t next_type(std::size_t ahead = 1) const {
    return i_ + ahead < raw_.size() ? raw_[i_ + ahead].type : static_cast<std::uint16_t>(0);
  }
  std::uint16_t prev(std::size_t back = 1) const {
    return list_.tokens.size() >= back ? list_.tokens[list_.tokens.size() - back].type
                                       : static_cast<std::uint16_t>(0);
  }
  bool is_after_operand() const;
  bool is_after_name() const;
  bool is_join_word(std::size_t index) const {
    return word_is(index, {"natural", "left", "right", "full", "inner", "outer", "cross"});
  }
  bool joins() const;
  bool is_name(std::uint16_t type) const {
    return type == sym::IDENTIFIER || type == sym::QUOTED_IDENTIFIER || type == sym::TYPE_TAIL;
  }
  bool is_postgres() const { return dialect_ == Dialect::postgres; }
  bool is_mysql() const { return dialect_ == Dialect::mysql; }
  bool is_sqlite() const { return dialect_ == Dialect::sqlite; }
  bool starts_with(std::initializer_list<std::string_view> words) const {
    return word_is(0, words);
  }

  void shape();
  void open_bracket(bool is_query);
  void close_bracket();
  std::uint16_t classify();
  std::uint16_t classify_by_neighbours(std::uint16_t keyword);
  std::uint16_t classify_in_phrase();
  std::uint16_t string_type() const;
  bool is_behind_new_column() const;
  bool adds_type_tail() const;
  void find_query_brackets();
  bool starts_query(std::size_t index) const;
  bool writes_behind_with(std::size_t index) const;
  bool holds_word(std::size_t index, std::string_view searched) const;
  bool is_in_parameters() const;
  bool is_in_window() const;
  bool defines_columns() const;
  bool is_named_by_neighbours() const;
  void deepen();

  std::string_view text_;
  const std::vector<RawToken>& raw_;
  Dialect dialect_;
  std::size_t i_ = 0;
  TokenList list_;
  std::vector<Bracket> brackets_{Bracket{}};
  std::vector<bool> is_query_bracket_;
  std::uint32_t open_cases_ = 0;
  bool seen_select_ = false;
  bool seen_values_ = false;
  bool seen_on_duplicate_ = false;
  std::size_t duplicate_at_ = 0;  // behind it VALUES is a function
  bool seen_body_ = false;        // of a trigger
  bool seen_from_ = false;
};

}  // namespace sqlxc::syntax
