#include <sqlxc/json/reader.h>

#include <sqlxc/core/text.h>
#include <sqlxc/json/scan.h>

#include <algorithm>

namespace sqlxc::json {
namespace {

// An object with more keys than this looks them up in a set.
constexpr std::size_t kFewKeys = 24;

void append_utf8(std::string& out, std::uint32_t point) {
  const auto put = [&out](std::uint32_t byte) { out += static_cast<char>(byte); };
  if (point < 0x80) {
    put(point);
  } else if (point < 0x800) {
    put(0xC0 | point >> 6);
    put(0x80 | (point & 0x3F));
  } else if (point < 0x10000) {
    put(0xE0 | point >> 12);
    put(0x80 | (point >> 6 & 0x3F));
    put(0x80 | (point & 0x3F));
  } else {
    put(0xF0 | point >> 18);
    put(0x80 | (point >> 12 & 0x3F));
    put(0x80 | (point >> 6 & 0x3F));
    put(0x80 | (point & 0x3F));
  }
}

// The byte at which `text` stops being UTF-8, found by halves.
std::size_t first_bad_byte(std::string_view text) {
  std::size_t good = 0;
  while (good < text.size()) {
    std::size_t length = 1;
    while (length <= 4 && !is_utf8(text.substr(good, length))) ++length;
    if (length > 4) break;
    good += length;
  }
  return good;
}

}  // namespace

Reader::Reader(std::string_view text, ReaderOptions options) : input_(text), options_(options) {
  open_.reserve(8);
  keys_.reserve(16);
  if (!is_utf8(input_)) fail(first_bad_byte(input_), "the text is not UTF-8");
}

Token Reader::fail(std::size_t offset, std::string_view message) {
  error_ = {.offset = offset, .message = message};
  state_ = State::done;
  text_ = {};
  return token_ = Token::error;
}

void Reader::skip_space() {
  while (at_ < input_.size()) {
    const char c = input_[at_];
    if (c != ' ' && c != '\n' && c != '\r' && c != '\t') return;
    ++at_;
  }
}

Token Reader::next() {
  if (!error_.message.empty()) return token_ = Token::error;
  skip_space();
  start_ = at_;
  has_nul_ = false;
  const char c = at_ < input_.size() ? input_[at_] : '\0';
  switch (state_) {
    case State::value:
      return token_ = read_value();
    case State::first_key:
      return token_ = c == '}' ? close(true) : read_key();
    case State::key:
      return token_ = read_key();
    case State::first_element:
      return token_ = c == ']' ? close(false) : read_value();
    case State::after_value: {
      const bool is_object = open_.back().is_object;
      if (c == (is_object ? '}' : ']')) return token_ = close(is_object);
      if (c != ',') return fail(at_, is_object ? "expected `,` or `}`" : "expected `,` or `]`");
      ++at_;
      skip_space();
      start_ = at_;
      return token_ = is_object ? read_key() : read_value();
    }
    case State::done:
      if (at_ < input_.size()) return fail(at_, "something follows the value");
      text_ = {};
      return token_ = Token::end;
  }
  return token_;
}

Token Reader::open(bool is_object) {
  if (open_.size() >= options_.max_depth) return fail(at_, "nested too deeply");
  ++at_;
  open_.push_back({.is_object = is_object, .first_key = keys_.size()});
  state_ = is_object ? State::first_key : State::first_element;
  text_ = {};
  return is_object ? Token::begin_object : Token::begin_array;
}

Token Reader::close(bool is_object) {
  ++at_;
  if (is_object && tracks_keys_) {
    if (keys_.size() - open_.back().first_key > kFewKeys) many_keys_.pop_back();
    keys_.resize(open_.back().first_key);
  }
  open_.pop_back();
  after_value();
  text_ = {};
  return is_object ? Token::end_object : Token::end_array;
}

Token Reader::read_value() {
  if (at_ >= input_.size()) return fail(at_, "expected a value, found the end");
  switch (input_[at_]) {
    case '{':
      return open(true);
    case '[':
      return open(false);
    case '"':
      if (!read_string()) return Token::error;
      after_value();
      return Token::string;
    case 't':
      return read_literal("true", Token::true_value);
    case 'f':
      return read_literal("false", Token::false_value);
    case 'n':
      return read_literal("null", Token::null_value);
    default:
      return read_number();
  }
}

Token Reader::read_literal(std::string_view word, Token token) {
  if (input_.substr(at_, word.size()) != word) return fail(at_, "expected a value");
  at_ += word.size();
  text_ = word;
  after_value();
  return token;
}

Token Reader::read_number() {
  const auto digits = [this] {
    const std::size_t from = at_;
    while (at_ < input_.size() && is_digit(input_[at_])) ++at_;
    return at_ - from;
  };
  const auto has = [this](char a, char b) {
    return at_ < input_.size() && (input_[at_] == a || input_[at_] == b);
  };
  if (has('-', '-')) ++at_;
  if (has('0', '0')) {
    ++at_;
  } else if (digits() == 0) {
    return fail(start_, at_ == start_ ? "expected a value" : "expected a digit after `-`");
  }
  if (has('.', '.')) {
    ++at_;
    if (digits() == 0) return fail(at_, "expected a digit after `.`");
  }
  if (has('e', 'E')) {
    ++at_;
    if (has('+', '-')) ++at_;
    if (digits() == 0) return fail(at_, "expected a digit in the exponent");
  }
  text_ = input_.substr(start_, at_ - start_);
  after_value();
  return Token::number;
}

Token Reader::read_key() {
  if (at_ >= input_.size() || input_[at_] != '"') return fail(at_, "expected a key in quotes");
  if (!read_string()) return Token::error;
  note_key();
  skip_space();
  if (at_ >= input_.size() || input_[at_] != ':') return fail(at_, "expected `:`");
  ++at_;
  state_ = State::value;
  return Token::key;
}

bool Reader::read_string() {
  const std::size_t from = ++at_;
  at_ += count_plain<Stop::special>(input_.data() + at_, input_.size() - at_);
  if (at_ < input_.size() && input_[at_] == '"') {
    text_ = input_.substr(from, at_ - from);
    ++at_;
    return true;
  }
  decoded_.assign(input_, from, at_ - from);
  while (at_ < input_.size()) {
    const char c = input_[at_];
    if (c == '"') {
      ++at_;
      text_ = decoded_;
      return true;
    }
    if (c == '\\') {
      if (!read_escape()) return false;
      continue;
    }
    if (static_cast<unsigned char>(c) < 0x20) {
      fail(at_, "a control character in a string must be escaped");
      return false;
    }
    const std::size_t plain = count_plain<Stop::special>(input_.data() + at_, input_.size() - at_);
    decoded_.append(input_, at_, plain);
    at_ += plain;
  }
  fail(start_, "the string has no end");
  return false;
}

// The value of the four hexadecimal digits after a `\u`, or -1.
int Reader::read_hex() const {
  if (at_ + 6 > input_.size() || input_[at_] != '\\' || input_[at_ + 1] != 'u') return -1;
  int unit = 0;
  for (std::size_t i = 2; i < 6; ++i) {
    const int digit = hex_value(input_[at_ + i]);
    if (digit < 0) return -1;
    unit = unit * 16 + digit;
  }
  return unit;
}

bool Reader::read_escape() {
  static constexpr std::string_view kLetters = "\"\\/bfnrt";
  static constexpr std::string_view kMeanings = "\"\\/\b\f\n\r\t";
  const char letter = at_ + 1 < input_.size() ? input_[at_ + 1] : '\0';
  const std::size_t which = letter == '\0' ? kLetters.npos : kLetters.find(letter);
  if (which != kLetters.npos) {
    decoded_ += kMeanings[which];
    at_ += 2;
    return true;
  }
  const int unit = read_hex();
  if (unit < 0) {
    fail(at_, letter == 'u' ? "expected four hexadecimal digits after `\\u`" : "an unknown escape");
    return false;
  }
  auto point = static_cast<std::uint32_t>(unit);
  const std::size_t escape = at_;
  at_ += 6;
  if (point >= 0xD800 && point < 0xDC00) {
    const int low = read_hex();
    if (low < 0xDC00 || low > 0xDFFF) {
      fail(escape, "a lone surrogate is no character");
      return false;
    }
    at_ += 6;
    point = 0x10000 + ((point - 0xD800) << 10) + (static_cast<std::uint32_t>(low) - 0xDC00);
  } else if (point >= 0xDC00 && point <= 0xDFFF) {
    fail(escape, "a lone surrogate is no character");
    return false;
  }
  has_nul_ = has_nul_ || point == 0;
  append_utf8(decoded_, point);
  return true;
}

void Reader::note_key() {
  is_duplicate_ = false;
  if (!tracks_keys_) return;
  const bool is_in_input = text_.data() != decoded_.data();
  const std::string_view key = is_in_input ? text_ : escaped_keys_.emplace_front(text_);
  const auto first = keys_.begin() + static_cast<std::ptrdiff_t>(open_.back().first_key);
  const auto count = static_cast<std::size_t>(keys_.end() - first);
  if (count < kFewKeys) {
    is_duplicate_ = std::find(first, keys_.end(), key) != keys_.end();
    if (!is_duplicate_) keys_.push_back(key);
    return;
  }
  if (count == kFewKeys) many_keys_.emplace_back(first, keys_.end());
  is_duplicate_ = !many_keys_.back().insert(key).second;
  if (count == kFewKeys) keys_.emplace_back();  // marks that there is a set
}

bool Reader::leave(std::size_t depth) {
  while (open_.size() >= depth && token_ != Token::error) next();
  return token_ != Token::error;
}

std::string_view Reader::raw() {
  const std::size_t from = start_;
  if (token_ != Token::begin_object && token_ != Token::begin_array) {
    return token_ == Token::error ? std::string_view() : input_.substr(from, at_ - from);
  }
  const std::size_t outside = open_.size() - 1;
  bool has_nul = false;
  tracks_keys_ = false;  // repeated keys inside a JSON value are its own affair
  while (open_.size() > outside) {
    if (next() == Token::error) break;
    has_nul = has_nul || has_nul_;
  }
  tracks_keys_ = true;
  if (token_ == Token::error) return {};
  start_ = from;
  has_nul_ = has_nul;
  return input_.substr(from, at_ - from);
}

}  // namespace sqlxc::json
