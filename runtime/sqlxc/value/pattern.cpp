#include <sqlxc/value/pattern.h>

#include <sqlxc/core/text.h>

#include <algorithm>

namespace sqlxc::value {
namespace {

bool is_word(char c) {
  return is_digit(c) || (to_lower(c) >= 'a' && to_lower(c) <= 'z') || c == '_';
}

bool is_special(char c) { return std::string_view(".^$*+?()[]{}|\\").find(c) != std::string::npos; }

class Translator {
 public:
  Translator(std::string_view pattern, bool ignores_case) : pattern_(pattern) {
    out_.ignores_case = ignores_case;
    out_.depends_on_locale = ignores_case;
  }

  std::expected<Pattern, std::string> run() {
    if (!read_prefix()) return std::unexpected(reason_);
    while (at_ < pattern_.size()) {
      if (!read_atom()) return std::unexpected(reason_);
    }
    return std::move(out_);
  }

 private:
  bool fail(std::string reason) {
    reason_ = std::move(reason);
    return false;
  }

  std::string_view rest() const { return pattern_.substr(at_); }

  // `***:` is what is read anyway; `(?i)` at the very beginning sets options.
  bool read_prefix() {
    if (rest().starts_with("***:")) at_ += 4;
    if (rest().starts_with("***=")) return fail("a pattern that is no regular expression");
    if (!rest().starts_with("(?") || rest().size() < 3 || !is_word(rest()[2])) return true;
    for (at_ += 2; at_ < pattern_.size() && pattern_[at_] != ')'; ++at_) {
      const char option = pattern_[at_];
      if (option == 'i') {
        out_.ignores_case = out_.depends_on_locale = true;
      } else if (option == 'c') {
        out_.ignores_case = false;
      } else if (option != 's' && option != 't' && option != 'e') {
        return fail("an option of the pattern");
      }
    }
    if (at_ == pattern_.size()) return fail("a pattern that does not end");
    ++at_;
    return true;
  }

  bool read_atom() {
    const char c = pattern_[at_];
    if (c == '\\') return read_escape(false);
    if (c == '[') return read_bracket();
    if (rest().starts_with("(?:")) return copy(3);
    if (rest().starts_with("(?=") || rest().starts_with("(?!")) return fail("a look ahead");
    if (rest().starts_with("(?<")) return fail("a look behind");
    if (rest().starts_with("(?")) return fail("an option within the pattern");
    return copy(1);
  }

  bool copy(std::size_t size) {
    out_.re2 += pattern_.substr(at_, size);
    at_ += size;
    return true;
  }

  bool emit(std::string_view text, std::size_t read) {
    out_.re2 += text;
    at_ += read;
    return true;
  }

  bool emit_class(std::string_view text) {
    out_.depends_on_locale = true;
    return emit(text, 2);
  }

  // `\u0041`, `\x41`: a character by its number.
  bool read_code(std::size_t digits) {
    const std::size_t begin = at_ + 2;
    std::size_t end = begin;
    while (end < pattern_.size() && end - begin < digits && hex_value(pattern_[end]) >= 0) ++end;
    if (end == begin || (digits < 8 && end - begin != digits)) return fail("an escape");
    return emit("\\x{" + std::string(pattern_.substr(begin, end - begin)) + '}', end - at_);
  }

  bool read_escape(bool in_bracket) {
    if (at_ + 1 >= pattern_.size()) return fail("a pattern that does not end");
    const char c = pattern_[at_ + 1];
    switch (c) {
      case 'd':
        return emit_class(in_bracket ? "[:digit:]" : "[[:digit:]]");
      case 's':
        return emit_class(in_bracket ? "[:space:]" : "[[:space:]]");
      case 'w':
        return emit_class(in_bracket ? "[:alnum:]_" : "[[:alnum:]_]");
      case 'n':
      case 't':
      case 'r':
      case 'f':
      case 'v':
        return copy(2);
      case 'a':
        return emit("\\x{7}", 2);
      case 'b':
        return emit("\\x{8}", 2);
      case 'e':
        return emit("\\x{1B}", 2);
      case 'B':
        return emit("\\\\", 2);
      case 'u':
        return read_code(4);
      case 'U':
        return read_code(8);
      default:
        break;
    }
    if (!in_bracket) {
      switch (c) {
        case 'D':
          return emit_class("[^[:digit:]]");
        case 'S':
          return emit_class("[^[:space:]]");
        case 'W':
          return emit_class("[^[:alnum:]_]");
        case 'A':
          return copy(2);
        case 'Z':
          return emit("\\z", 2);
        case 'y':
          return emit_class("\\b");
        case 'm':
          // Before a word's character the beginning of a word is its border.
          if (at_ + 2 < pattern_.size() && is_word(pattern_[at_ + 2])) return emit_class("\\b");
          return fail("the beginning of a word");
        case 'M':
          if (at_ > 0 && is_word(pattern_[at_ - 1]) && (at_ < 2 || pattern_[at_ - 2] != '\\')) {
            return emit_class("\\b");
          }
          return fail("the end of a word");
        default:
          break;
      }
      if (c >= '1' && c <= '9') return fail("a back reference");
    }
    if (is_word(c) && c != '_') return fail("an escape");
    if (static_cast<unsigned char>(c) >= 0x80) return emit(std::string(1, c), 2);
    out_.re2 += '\\';
    return emit(std::string(1, c), 2);
  }

  bool read_bracket() {
    copy(1);
    if (rest().starts_with('^')) copy(1);
    if (rest().starts_with(']')) emit("\\]", 1);
    while (at_ < pattern_.size() && pattern_[at_] != ']') {
      if (pattern_[at_] == '\\') {
        if (!read_escape(true)) return false;
      } else if (rest().starts_with("[:")) {
        if (!read_class()) return false;
      } else if (rest().starts_with("[.") || rest().starts_with("[=")) {
        return fail("a collating element");
      } else if (pattern_[at_] == '[') {
        emit("\\[", 1);
      } else {
        copy(1);
      }
    }
    if (at_ == pattern_.size()) return fail("a pattern that does not end");
    return copy(1);
  }

  bool read_class() {
    constexpr std::string_view kClasses[] = {"alnum", "alpha", "blank", "cntrl", "digit", "graph",
                                             "lower", "print", "punct", "space", "upper", "xdigit"};
    const std::size_t end = pattern_.find(":]", at_ + 2);
    if (end == pattern_.npos) return fail("a pattern that does not end");
    const std::string_view name = pattern_.substr(at_ + 2, end - at_ - 2);
    const bool is_known =
        std::find(std::begin(kClasses), std::end(kClasses), name) != std::end(kClasses);
    if (!is_known) return fail("a class of characters");
    // Without case PostgreSQL takes upper and lower for all letters.
    if (out_.ignores_case && (name == "upper" || name == "lower")) {
      out_.depends_on_locale = true;
      return emit("[:alpha:]", end + 2 - at_);
    }
    out_.depends_on_locale = out_.depends_on_locale || name != "xdigit";
    return copy(end + 2 - at_);
  }

  std::string_view pattern_;
  std::size_t at_ = 0;
  Pattern out_;
  std::string reason_;
};

// One after the parenthesis that closes the one at `at`; npos where there is none.
std::size_t end_of_group(std::string_view pattern, std::size_t at) {
  int depth = 0;
  while (at < pattern.size()) {
    const char c = pattern[at];
    if (c == '\\') {
      ++at;
    } else if (c == '[') {
      ++at;
      if (at < pattern.size() && pattern[at] == '^') ++at;
      if (at < pattern.size() && pattern[at] == ']') ++at;
      while (at < pattern.size() && pattern[at] != ']') {
        if (pattern[at] == '\\') ++at;
        if (pattern.substr(at).starts_with("[:"))
          at = std::min(pattern.find(":]", at), pattern.size() - 1);
        ++at;
      }
    } else if (c == '(') {
      ++depth;
    } else if (c == ')' && --depth == 0) {
      return at + 1;
    }
    ++at;
  }
  return pattern.npos;
}

// Whether the pattern has a `|` of its own, outside of groups.
bool has_branches(std::string_view pattern) {
  const std::string group = '(' + std::string(pattern) + ')';
  for (std::size_t at = 1; at + 1 < group.size(); ++at) {
    if (group[at] == '|') return true;
    if (group[at] == '\\') {
      ++at;
    } else if (group[at] == '(') {
      const std::size_t end = end_of_group(group, at);
      if (end == group.npos) return true;
      at = end - 1;
    } else if (group[at] == '[') {
      const std::size_t end = group.find(']', at + 2);
      if (end == group.npos) return true;
      at = end;
    }
  }
  return false;
}

}  // namespace

std::expected<Pattern, std::string> translate_pattern(std::string_view pattern, bool ignores_case) {
  return Translator(pattern, ignores_case).run();
}

std::vector<PatternPart> split_looks_ahead(std::string_view pattern) {
  std::vector<PatternPart> parts;
  if (!pattern.starts_with("^(?=") && !pattern.starts_with("^(?!")) return {{std::string(pattern)}};
  // `^(?=a)b|c`: the look is one branch's alone.
  if (has_branches(pattern)) return {{std::string(pattern)}};
  std::string_view rest = pattern.substr(1);
  while (rest.starts_with("(?=") || rest.starts_with("(?!")) {
    const std::size_t end = end_of_group(rest, 0);
    if (end == rest.npos) return {{std::string(pattern)}};
    const std::string inner(rest.substr(3, end - 4));
    parts.push_back({.pattern = "^(?:" + inner + ')', .is_negated = rest[2] == '!'});
    rest.remove_prefix(end);
  }
  if (!rest.empty()) parts.push_back({.pattern = '^' + std::string(rest), .is_negated = false});
  return parts;
}

std::expected<std::string, std::string> pattern_of_similar(std::string_view similar, char escape) {
  std::string out = "^(?:";
  bool in_bracket = false;
  for (std::size_t i = 0; i < similar.size(); ++i) {
    const char c = similar[i];
    if (escape != '\0' && c == escape) {
      if (++i == similar.size()) return std::unexpected("a pattern that ends in its escape");
      const char next = similar[i];
      // `\"` separates the parts of substring(): nobody means it here.
      if (next == '"' || is_word(next)) return std::unexpected("an escape");
      out += '\\';
      out += next;
    } else if (in_bracket) {
      in_bracket = c != ']';
      if (c == '\\') out += '\\';
      out += c;
    } else if (c == '[') {
      in_bracket = true;
      out += c;
      if (i + 1 < similar.size() && similar[i + 1] == '^') out += similar[++i];
      if (i + 1 < similar.size() && similar[i + 1] == ']') out += similar[++i];
    } else if (c == '%') {
      out += ".*";
    } else if (c == '_') {
      out += '.';
    } else if (c == '\\' || c == '.' || c == '^' || c == '$') {
      out += '\\';
      out += c;
    } else if (c == '(') {
      out += "(?:";
    } else {
      out += c;
    }
  }
  return out + ")$";
}

bool ends_in_escape(std::string_view like) {
  const std::size_t last = like.find_last_not_of('\\');
  const std::size_t escapes = like.size() - (last == std::string_view::npos ? 0 : last + 1);
  return escapes % 2 == 1;
}

std::optional<std::string> glob_of_like(std::string_view like, char escape) {
  std::string out;
  for (std::size_t i = 0; i < like.size(); ++i) {
    const bool is_escaped = escape != 0 && like[i] == escape;
    if (is_escaped && ++i == like.size()) return std::nullopt;
    const char c = like[i];
    if (!is_escaped && (c == '%' || c == '_')) {
      out += c == '%' ? '*' : '?';
    } else if (c == '*' || c == '?' || c == '[') {
      out += {'[', c, ']'};
    } else {
      out += c;
    }
  }
  return out;
}

std::string pattern_of_glob(std::string_view glob) {
  std::string out = "^";
  for (std::size_t i = 0; i < glob.size(); ++i) {
    const char c = glob[i];
    if (c == '*') {
      out += ".*";
    } else if (c == '?') {
      out += '.';
    } else if (c == '[') {
      // SQLite knows `^` and ranges in brackets, and no escapes.
      std::size_t end = i + 1;
      if (end < glob.size() && glob[end] == '^') ++end;
      if (end < glob.size() && glob[end] == ']') ++end;
      end = glob.find(']', end);
      if (end == glob.npos) return "a^";  // it matches nothing
      std::string_view inside = glob.substr(i + 1, end - i - 1);
      out += '[';
      if (inside.starts_with('^')) {
        out += '^';
        inside.remove_prefix(1);
      }
      for (std::size_t k = 0; k < inside.size(); ++k) {
        const char member = inside[k];
        if (member == '\\' || member == '[' || member == '^' || member == ']') out += '\\';
        out += member;
      }
      out += ']';
      i = end;
    } else {
      if (is_special(c)) out += '\\';
      out += c;
    }
  }
  return out + '$';
}

}  // namespace sqlxc::value
