#include "emit/schema/ecma_regex.h"

#include <array>
#include <utility>

namespace sqlxc::emit {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
char other_case(char c) { return static_cast<char>(c ^ 0x20); }

// The POSIX classes, of ASCII.
constexpr std::array<std::pair<std::string_view, std::string_view>, 11> kClasses = {{
    {"alpha", "a-zA-Z"},
    {"digit", "0-9"},
    {"alnum", "a-zA-Z0-9"},
    {"upper", "A-Z"},
    {"lower", "a-z"},
    {"space", " \\t\\n\\v\\f\\r"},
    {"blank", " \\t"},
    {"xdigit", "0-9a-fA-F"},
    {"punct", "!-\\/:-@\\[-`\\{-~"},
    {"print", " -~"},
    {"graph", "!-~"},
}};

// What the escapes of classes stand for within brackets.
std::string_view members_of(char escape) {
  switch (escape) {
    case 'd':
      return "0-9";
    case 'w':
      return "a-zA-Z0-9_";
    case 's':
      return " \\t\\n\\v\\f\\r";
    default:
      return {};
  }
}

// A character of ASCII as itself, wherever it stands.
std::string literal(char c) {
  if (c == '\n') return "\\n";
  if (c == '\t') return "\\t";
  if (c == '\r') return "\\r";
  if (c == '\v') return "\\v";
  if (c == '\f') return "\\f";
  const bool has_meaning = std::string_view("^$\\.*+?()[]{}|/").find(c) != std::string_view::npos;
  return has_meaning ? std::string("\\") + c : std::string(1, c);
}

std::string folded(char c, bool ignores_case) {
  if (!ignores_case || !is_letter(c)) return literal(c);
  return std::string("[") + c + other_case(c) + ']';
}

// Reads a pattern from left to right; `out` is what was read, in ECMAScript's words.
class Translator {
 public:
  Translator(std::string_view pattern, bool ignores_case)
      : pattern_(pattern), ignores_case_(ignores_case), depends_on_locale_(ignores_case) {}

  std::optional<std::string> run() {
    if (pattern_.starts_with("***")) return std::nullopt;
    while (at_ < pattern_.size()) {
      if (!step()) return std::nullopt;
    }
    if (depth_ != 0) return std::nullopt;
    if (!depends_on_locale_) return out_;
    return out_ + std::string(kOrBeyondAscii);
  }

 private:
  char peek(std::size_t ahead = 0) const {
    return at_ + ahead < pattern_.size() ? pattern_[at_ + ahead] : '\0';
  }

  bool step() {
    const char c = pattern_[at_];
    switch (c) {
      case '\\':
        return escape();
      case '[':
        return bracket();
      case '(':
        return open();
      case ')':
        if (depth_-- == 0) return false;
        return atom(")");
      case '.':
        return atom("[\\s\\S]");
      case '^':
      case '$':
      case '|':
        out_ += c;
        ++at_;
        is_quantifiable_ = false;
        return true;
      case '*':
      case '+':
      case '?':
        return quantifier(std::string(1, c), 1);
      case '{':
        return is_digit(peek(1)) ? braces() : atom("\\{");
      case '\0':
        return false;
      default:
        return atom(static_cast<unsigned char>(c) < 0x80 ? folded(c, ignores_case_)
                                                         : std::string(character()));
    }
  }

  // The bytes of the character at hand; only the last one is left to be passed.
  std::string_view character() {
    std::size_t size = 1;
    while ((static_cast<unsigned char>(peek(size)) & 0xC0) == 0x80) ++size;
    const std::string_view whole = pattern_.substr(at_, size);
    at_ += size - 1;
    return whole;
  }

  bool atom(std::string text) {
    out_ += text;
    ++at_;
    is_quantifiable_ = true;
    return true;
  }

  bool open() {
    ++depth_;
    is_quantifiable_ = false;
    if (peek(1) == '?') {
      if (peek(2) != ':') return false;
      at_ += 3;
    } else {
      ++at_;
    }
    out_ += "(?:";
    return true;
  }

  bool quantifier(std::string text, std::size_t size) {
    if (!is_quantifiable_) return false;
    at_ += size;
    // Whether it takes little or much, a text matches or not.
    if (peek() == '?') ++at_;
    out_ += text;
    is_quantifiable_ = false;
    return true;
  }

  bool braces() {
    const std::size_t end = pattern_.find('}', at_);
    if (end == pattern_.npos) return false;
    const std::string_view bounds = pattern_.substr(at_ + 1, end - at_ - 1);
    const std::size_t comma = bounds.find(',');
    for (const char c : bounds) {
      if (!is_digit(c) && c != ',') return false;
    }
    if (comma != bounds.npos && bounds.find(',', comma + 1) != bounds.npos) return false;
    return quantifier('{' + std::string(bounds) + '}', end + 1 - at_);
  }

  bool escape() {
    const char c = peek(1);
    if (const std::string_view members = members_of(c); !members.empty()) {
      depends_on_locale_ = true;
      ++at_;
      return atom('[' + std::string(members) + ']');
    }
    if (const std::string_view members = members_of(static_cast<char>(c | 0x20));
        !members.empty() && is_letter(c)) {
      depends_on_locale_ = true;
      ++at_;
      return atom("[^" + std::string(members) + ']');
    }
    const std::string plain = escaped(c);
    if (plain.empty()) return false;
    ++at_;
    return atom(plain);
  }

  // `\n` and the like, and punctuation as itself; empty for what means something else.
  static std::string escaped(char c) {
    if (std::string_view("ntrfv").find(c) != std::string_view::npos && c != '\0')
      return std::string("\\") + c;
    const bool is_plain = c > ' ' && c < 0x7f && !is_letter(c) && !is_digit(c) && c != '_';
    return is_plain || c == ' ' || c == '_' ? literal(c) : std::string();
  }

  bool bracket() {
    std::string members;
    ++at_;
    const bool is_negated = peek() == '^';
    if (is_negated) ++at_;
    bool is_first = true;
    while (at_ < pattern_.size() && (is_first || peek() != ']')) {
      is_first = false;
      if (!member(members)) return false;
    }
    if (at_ >= pattern_.size()) return false;
    return atom((is_negated ? "[^" : "[") + members + ']');
  }

  bool member(std::string& members) {
    if (peek() == '[' && peek(1) == ':') return posix_class(members);
    if (peek() == '[' && (peek(1) == '.' || peek(1) == '=')) return false;
    if (peek() == '\\' && is_letter(peek(1)) && !members_of(peek(1)).empty()) {
      depends_on_locale_ = true;
      members += members_of(peek(1));
      at_ += 2;
      return true;
    }
    const std::optional<std::string> low = member_character();
    if (!low) return false;
    const bool is_range = peek() == '-' && peek(1) != ']' && peek(1) != '\0';
    if (!is_range) {
      members += *low;
      if (ignores_case_ && low->size() == 1 && is_letter((*low)[0]))
        members += other_case((*low)[0]);
      return true;
    }
    ++at_;
    const std::optional<std::string> high = member_character();
    if (!high) return false;
    members += *low + '-' + *high;
    if (!ignores_case_) return true;
    // Letters from one to another have their other case, too; other ranges are not looked into.
    const bool is_letters = low->size() == 1 && high->size() == 1 && is_letter((*low)[0]) &&
                            is_letter((*high)[0]) && ((*low)[0] & 0x20) == ((*high)[0] & 0x20);
    const bool is_digits =
        low->size() == 1 && high->size() == 1 && is_digit((*low)[0]) && is_digit((*high)[0]);
    if (is_letters) members += std::string(1, other_case((*low)[0])) + '-' + other_case((*high)[0]);
    return is_letters || is_digits;
  }

  // One character of a bracket expression, written so that ECMAScript takes it for itself.
  std::optional<std::string> member_character() {
    char c = peek();
    if (c == '\0') return std::nullopt;
    if (c == '\\') {
      const std::string plain = escaped(peek(1));
      if (plain.empty()) return std::nullopt;
      at_ += 2;
      return plain == "-" ? "\\-" : plain;
    }
    if (static_cast<unsigned char>(c) >= 0x80) {
      std::string whole(character());
      ++at_;
      return whole;
    }
    ++at_;
    return c == '-' ? "\\-" : literal(c);
  }

  bool posix_class(std::string& members) {
    const std::size_t end = pattern_.find(":]", at_);
    if (end == pattern_.npos) return false;
    const std::string_view name = pattern_.substr(at_ + 2, end - at_ - 2);
    for (const auto& [known, text] : kClasses) {
      if (known != name) continue;
      // Without regard to case, a class of one case has letters of both.
      const bool is_case = name == "upper" || name == "lower";
      members += is_case && ignores_case_ ? "a-zA-Z" : text;
      depends_on_locale_ = true;
      at_ = end + 2;
      return true;
    }
    return false;
  }

  std::string_view pattern_;
  std::string out_;
  std::size_t at_ = 0;
  int depth_ = 0;
  bool ignores_case_;
  bool depends_on_locale_;
  bool is_quantifiable_ = false;
};

}  // namespace

std::optional<std::string> ecma_regex(std::string_view pattern, bool ignores_case) {
  return Translator(pattern, ignores_case).run();
}

std::optional<std::string> ecma_like(std::string_view pattern, char escape, bool ignores_case) {
  std::string out = "^";
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    const char c = pattern[i];
    if (ignores_case && static_cast<unsigned char>(c) >= 0x80) return std::nullopt;
    if (escape != '\0' && c == escape) {
      if (++i == pattern.size()) return std::nullopt;
      out += static_cast<unsigned char>(pattern[i]) < 0x80 ? folded(pattern[i], ignores_case)
                                                           : std::string(1, pattern[i]);
    } else if (c == '%') {
      out += "[\\s\\S]*";
    } else if (c == '_') {
      out += "[\\s\\S]";
    } else {
      out += static_cast<unsigned char>(c) < 0x80 ? folded(c, ignores_case) : std::string(1, c);
    }
  }
  out += '$';
  // The ends say nothing beside what takes all.
  constexpr std::string_view kAny = "[\\s\\S]*";
  if (out.starts_with("^[\\s\\S]*") && out.size() > kAny.size() + 2) out.erase(0, kAny.size() + 1);
  if (out.ends_with("[\\s\\S]*$")) out.resize(out.size() - kAny.size() - 1);
  if (!ignores_case) return out;
  return out + std::string(kOrBeyondAscii);
}

}  // namespace sqlxc::emit
