#include <algorithm>
#include <utility>
#include <vector>

#include <sqlxc/core/text.h>
#include <sqlxc/graphql/lexer.h>
#include <sqlxc/graphql/utf8.h>

// Strings and block strings, with their escapes (October 2021, section 2.9.4).
namespace sqlxc::graphql {
namespace {

bool is_scalar_value(std::int32_t code) {
  return (code >= 0 && code <= 0xD7FF) || (code >= 0xE000 && code <= 0x10FFFF);
}

bool is_leading_surrogate(std::int32_t code) { return code >= 0xD800 && code <= 0xDBFF; }
bool is_trailing_surrogate(std::int32_t code) { return code >= 0xDC00 && code <= 0xDFFF; }

bool is_blank(std::string_view line) { return line.find_first_not_of(" \t") == line.npos; }

// The lines without the indentation that all but the first share, and without blank lines at
// either end (BlockStringValue).
std::string dedent(const std::vector<std::string_view>& lines) {
  std::size_t common = std::string_view::npos;
  std::size_t first = lines.size();
  std::size_t last = 0;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (is_blank(lines[i])) continue;
    first = std::min(first, i);
    last = i;
    if (i > 0) common = std::min(common, lines[i].find_first_not_of(" \t"));
  }
  std::string text;
  for (std::size_t i = first; i < lines.size() && i <= last; ++i) {
    if (i > first) text += '\n';
    std::string_view line = lines[i];
    if (i > 0) line.remove_prefix(std::min(common, line.size()));
    text += line;
  }
  return text;
}

}  // namespace

Token Lexer::string() {
  const std::size_t from = at_++;
  std::size_t chunk = at_;
  std::string* text = nullptr;  // once there was an escape
  while (at_ < source_.size() && source_[at_] != '\n' && source_[at_] != '\r') {
    if (source_[at_] == '"') {
      std::string_view whole = source_.substr(chunk, at_ - chunk);
      if (text != nullptr) whole = text->append(whole);
      ++at_;
      return make(TokenKind::string, from, whole);
    }
    if (source_[at_] == '\\') {
      if (text == nullptr) text = &unescaped_.emplace_back();
      text->append(source_.substr(chunk, at_ - chunk));
      if (!escape(*text)) return {TokenKind::error, error_.at, error_.at, {}};
      chunk = at_;
      continue;
    }
    if (!pass_character())
      return fail(at_, "Invalid character within String: " + character_at(at_) + ".");
  }
  return fail(at_, "Unterminated string.");
}

bool Lexer::escape(std::string& out) {
  const char c = at(at_ + 1);
  if (c == 'u') return at(at_ + 2) == '{' ? braced_escape(out) : unicode_escape(out);
  constexpr std::string_view kNames = "\"\\/bfnrt";
  constexpr std::string_view kMeanings = "\"\\/\b\f\n\r\t";
  const std::size_t which = at_ + 1 < source_.size() ? kNames.find(c) : kNames.npos;
  if (which == kNames.npos) {
    fail(at_, "Invalid character escape sequence: \"" + std::string(units_at(at_, 2)) + "\".");
    return false;
  }
  out += kMeanings[which];
  at_ += 2;
  return true;
}

// \u{1F600}: what is looked at on the way shows in the error, as graphql-js cuts it.
bool Lexer::braced_escape(std::string& out) {
  std::uint32_t point = 0;
  std::size_t size = 3;
  while (size < 12) {
    const std::size_t i = at_ + size++;
    if (at(i) == '}') {
      if (size < 5 || !is_scalar_value(static_cast<std::int32_t>(point))) break;
      append_utf8(out, point);
      at_ += size;
      return true;
    }
    const int digit = hex_at(i);
    if (digit < 0) break;
    point = point << 4 | static_cast<std::uint32_t>(digit);
    if (static_cast<std::int32_t>(point) < 0) break;
  }
  fail(at_, "Invalid Unicode escape sequence: \"" + std::string(units_at(at_, size)) + "\".");
  return false;
}

bool Lexer::unicode_escape(std::string& out) {
  const std::int32_t code = hex4_at(at_ + 2);
  if (is_scalar_value(code)) {
    append_utf8(out, static_cast<std::uint32_t>(code));
    at_ += 6;
    return true;
  }
  if (is_leading_surrogate(code) && at(at_ + 6) == '\\' && at(at_ + 7) == 'u') {
    const std::int32_t low = hex4_at(at_ + 8);
    if (is_trailing_surrogate(low)) {
      append_utf8(out,
                  static_cast<std::uint32_t>(0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00)));
      at_ += 12;
      return true;
    }
  }
  fail(at_, "Invalid Unicode escape sequence: \"" + std::string(units_at(at_, 6)) + "\".");
  return false;
}

int Lexer::hex_at(std::size_t i) const { return hex_value(at(i)); }

std::int32_t Lexer::hex4_at(std::size_t i) const {
  std::int32_t code = 0;
  for (std::size_t n = 0; n < 4; ++n) {
    const int digit = hex_at(i + n);
    if (digit < 0) return -1;
    code = code << 4 | digit;
  }
  return code;
}

// What JavaScript's slice(i, i + count) shows: UTF-16 units, whole characters of them here.
std::string_view Lexer::units_at(std::size_t i, std::size_t count) const {
  std::size_t end = i;
  for (std::size_t units = 0; units < count && end < source_.size();) {
    const Character character = character_of(source_.substr(end));
    units += character.code > 0xFFFF ? 2 : 1;
    end += character.size;
  }
  return source_.substr(i, end - i);
}

Token Lexer::block_string() {
  const std::size_t from = at_;
  at_ += 3;
  std::size_t chunk = at_;
  std::vector<std::string_view> lines;
  std::string* line = nullptr;  // of a line with an escape, what stands before `chunk`
  const auto end_line = [&] {
    std::string_view whole = source_.substr(chunk, at_ - chunk);
    if (line != nullptr) whole = line->append(whole);
    line = nullptr;
    lines.push_back(whole);
  };
  while (at_ < source_.size()) {
    const std::string_view rest = source_.substr(at_);
    if (rest.starts_with(R"(""")")) {
      end_line();
      at_ += 3;
      return make(TokenKind::block_string, from, unescaped_.emplace_back(dedent(lines)));
    }
    if (rest.starts_with(R"(\""")")) {
      if (line == nullptr) line = &unescaped_.emplace_back();
      line->append(source_.substr(chunk, at_ - chunk));
      chunk = at_ + 1;
      at_ += 4;
    } else if (rest.starts_with('\n') || rest.starts_with('\r')) {
      end_line();
      at_ += rest.starts_with("\r\n") ? 2 : 1;
      chunk = at_;
    } else if (!pass_character()) {
      return fail(at_, "Invalid character within String: " + character_at(at_) + ".");
    }
  }
  return fail(at_, "Unterminated string.");
}

}  // namespace sqlxc::graphql
