#include <sqlxc/rest/scanner.h>

#include <sqlxc/core/text.h>
#include <sqlxc/rest/problems.h>

namespace sqlxc::rest {

using http::Problem;

void Scanner::skip_spaces() {
  while (!at_end() && text_[at_] == ' ') ++at_;
}

bool Scanner::take(char expected) {
  if (at_end() || text_[at_] != expected) return false;
  ++at_;
  return true;
}

bool Scanner::take(std::string_view expected) {
  if (!ahead().starts_with(expected)) return false;
  at_ += expected.size();
  return true;
}

std::string_view Scanner::rest() {
  const std::string_view left = ahead();
  at_ = text_.size();
  return left;
}

std::expected<std::string, Problem> Scanner::quoted_text() {
  std::string value;
  while (!at_end()) {
    char c = text_[at_++];
    if (c == '"') return value;
    if (c == '\\') {
      if (at_end()) break;
      c = text_[at_++];
    }
    value += c;
  }
  return expected("a closing quote");
}

std::expected<std::string, Problem> Scanner::name(std::string_view ends) {
  skip_spaces();
  if (take('"')) {
    auto name = quoted_text();
    if (name && name->empty()) return expected("a name");
    skip_spaces();
    return name;
  }
  const std::size_t end = std::min(text_.find_first_of(ends, at_), text_.size());
  const std::string_view name = trim(text_.substr(at_, end - at_));
  if (name.empty()) return expected("a name");
  at_ = end;
  return std::string(name);
}

std::expected<std::string, Problem> Scanner::field_name(std::string_view ends) {
  skip_spaces();
  if (take('"')) {
    auto name = quoted_text();
    if (name && name->empty()) return expected("a name");
    skip_spaces();
    return name;
  }
  std::size_t end = at_;
  while (end < text_.size() && ends.find(text_[end]) == ends.npos) {
    const std::string_view left = text_.substr(end);
    if (left.starts_with("->") || left.starts_with("::")) break;
    ++end;
  }
  const std::string_view name = trim(text_.substr(at_, end - at_));
  if (name.empty()) return expected("a name");
  at_ = end;
  return std::string(name);
}

std::expected<Scanner::Text, Problem> Scanner::list_value() {
  // A quote that something follows is no end: the value is then taken as it stands.
  const std::size_t start = at_;
  if (take('"')) {
    auto value = quoted_text();
    const bool is_whole = value && (at_end() || peek() == ',' || peek() == ')');
    if (is_whole) return Text{.value = std::move(*value), .is_quoted = true};
    if (!value) return std::unexpected(std::move(value.error()));
    at_ = start;
  }
  const std::size_t end = std::min(text_.find_first_of(",)", at_), text_.size());
  Text text{.value = std::string(text_.substr(at_, end - at_))};
  at_ = end;
  return text;
}

// Where the braces that open here close; npos if they do not.
std::size_t Scanner::end_of_braces() const {
  int depth = 0;
  bool is_quoted = false;
  for (std::size_t i = at_; i < text_.size(); ++i) {
    const char c = text_[i];
    if (is_quoted && c == '\\') {
      ++i;
    } else if (c == '"') {
      is_quoted = !is_quoted;
    } else if (!is_quoted && c == '{') {
      ++depth;
    } else if (!is_quoted && c == '}' && --depth == 0) {
      return i + 1;
    }
  }
  return std::string_view::npos;
}

std::expected<Scanner::Text, Problem> Scanner::tree_value() {
  const std::size_t end = peek() == '{' ? end_of_braces() : std::string_view::npos;
  const bool is_whole = end != std::string_view::npos &&
                        (end == text_.size() || text_[end] == ',' || text_[end] == ')');
  if (!is_whole) return list_value();
  Text text{.value = std::string(text_.substr(at_, end - at_))};
  at_ = end;
  return text;
}

std::unexpected<Problem> Scanner::expected(std::string_view what) const {
  Problem problem = make_problem(400, "PGRST100", "expected " + std::string(what));
  problem.message += at_end() ? " at the end of " : " before " + quoted(ahead()) + " in ";
  problem.message += quoted(parameter_);
  return std::unexpected(std::move(problem));
}

}  // namespace sqlxc::rest
