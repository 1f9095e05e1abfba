#pragma once

#include <cstddef>
#include <cstdint>
#include <forward_list>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

// Reads JSON text (RFC 8259, strictly) token by token, without building a tree: the caller asks for
// the next token and takes what it understands. Why this and not a library:
// docs/decisions/0002-json-reader.md.
namespace sqlxc::json {

enum class Token : std::uint8_t {
  begin_object,
  end_object,
  begin_array,
  end_array,
  key,
  string,
  number,
  true_value,
  false_value,
  null_value,
  end,    // the text is over and was valid
  error,  // see Reader::error; every later call gives it again
};

/// Why a text is not JSON, and at which byte.
struct ReadError {
  std::size_t offset = 0;
  std::string_view message;  // "expected `,` or `}`"
};

struct ReaderOptions {
  std::size_t max_depth = 64;  // nested objects and arrays
};

class Reader {
 public:
  /// `text` must outlive the reader; what `text()` and `raw()` return may point into it.
  explicit Reader(std::string_view text, ReaderOptions options = {});
  Reader(const Reader&) = delete;
  Reader& operator=(const Reader&) = delete;

  /// Moves to the next token.
  Token next();
  Token token() const { return token_; }

  /// The decoded string of a key or string token, or the number as it was written; until the next
  /// token.
  std::string_view text() const { return text_; }

  /// The bytes of the value whose first token is the current one, as they stand in the input. An
  /// object or array is read to its end, which becomes the current token; empty after an error in
  /// it.
  std::string_view raw();

  /// Passes over what is left of the object or array that is the `depth`th of those open (1: the
  /// outermost); its end becomes the current token. False after an error in it.
  bool leave(std::size_t depth);

  /// Whether the key or string (or, after raw(), anything in the value) contains U+0000, which no
  /// database holds.
  bool has_nul() const { return has_nul_; }

  /// Whether the key token repeats an earlier key of its object.
  bool is_duplicate() const { return is_duplicate_; }

  /// How many objects and arrays are open.
  std::size_t depth() const { return open_.size(); }

  /// Where the current token starts, in bytes.
  std::size_t offset() const { return start_; }

  const ReadError& error() const { return error_; }

 private:
  enum class State : std::uint8_t { value, first_key, key, first_element, after_value, done };

  struct Level {
    bool is_object = false;
    std::size_t first_key = 0;  // into keys_
  };

  Token fail(std::size_t offset, std::string_view message);
  Token read_value();
  Token read_key();
  Token read_literal(std::string_view word, Token token);
  Token read_number();
  bool read_string();
  bool read_escape();
  int read_hex() const;
  Token open(bool is_object);
  Token close(bool is_object);
  void skip_space();
  void after_value() { state_ = open_.empty() ? State::done : State::after_value; }
  void note_key();

  std::string_view input_;
  ReaderOptions options_;
  std::size_t at_ = 0;
  std::size_t start_ = 0;
  State state_ = State::value;
  Token token_ = Token::error;
  bool has_nul_ = false;
  bool is_duplicate_ = false;
  bool tracks_keys_ = true;
  std::string_view text_;
  std::string decoded_;
  std::vector<Level> open_;
  std::vector<std::string_view> keys_;  // of the open objects, outermost first
  std::vector<std::unordered_set<std::string_view>> many_keys_;  // of those with many
  std::forward_list<std::string> escaped_keys_;                  // what keys_ cannot view in input_
  ReadError error_;
};

}  // namespace sqlxc::json
