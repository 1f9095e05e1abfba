#include <sqlxc/proof/pattern_sample.h>

#include <algorithm>
#include <vector>

namespace sqlxc::proof {
namespace {

constexpr std::size_t kMost = 200;  // bytes of a sample

// What the classes of PostgreSQL hold, of ASCII.
std::string_view members_of(std::string_view name) {
  if (name == "digit" || name == "d") return "0123456789";
  if (name == "space" || name == "s" || name == "blank") return " ";
  if (name == "upper") return "ABCXYZ";
  if (name == "lower") return "abcxyz";
  if (name == "xdigit") return "0123456789abcdefABCDEF";
  if (name == "punct") return "!-.,_";
  if (name == "w") return "abcXYZ019_";
  return "abcXYZ019";
}

class Sampler {
 public:
  Sampler(std::string_view pattern, Random& random) : pattern_(pattern), random_(random) {}

  std::string run() { return alternatives(); }

 private:
  bool at_end() const { return at_ >= pattern_.size(); }
  char peek() const { return at_end() ? '\0' : pattern_[at_]; }

  std::string alternatives() {
    std::vector<std::string> all = {sequence()};
    while (peek() == '|') {
      ++at_;
      all.push_back(sequence());
    }
    return random_.pick(all);
  }

  std::string sequence() {
    std::string out;
    while (!at_end() && peek() != '|' && peek() != ')') {
      const std::size_t begin = at_;
      const std::string once = atom();
      const std::size_t end = at_;
      const auto [least, most] = quantifier();
      const std::size_t behind = at_;
      const std::size_t times = least + random_.below(most - least + 1);
      if (times > 0) out += once;
      for (std::size_t i = 1; i < times && out.size() < kMost; ++i) {
        at_ = begin;  // each time another sample
        out += atom();
      }
      at_ = std::max(end, behind);
    }
    return out;
  }

  struct Times {
    std::size_t least = 1;
    std::size_t most = 1;
  };

  Times quantifier() {
    Times times;
    switch (peek()) {
      case '*':
        times = {0, 3};
        break;
      case '+':
        times = {1, 4};
        break;
      case '?':
        times = {0, 1};
        break;
      case '{':
        return braces();
      default:
        return times;
    }
    ++at_;
    if (peek() == '?') ++at_;
    return times;
  }

  std::size_t number() {
    std::size_t value = 0;
    while (peek() >= '0' && peek() <= '9' && value < kMost) {
      value = value * 10 + static_cast<std::size_t>(pattern_[at_++] - '0');
    }
    return value;
  }

  Times braces() {
    ++at_;
    Times times;
    times.least = times.most = number();
    if (peek() == ',') {
      ++at_;
      times.most = peek() == '}' ? times.least + 3 : std::max(number(), times.least);
    }
    if (peek() == '}') ++at_;
    return times;
  }

  std::string atom() {
    const char c = pattern_[at_++];
    switch (c) {
      case '^':
      case '$':
        return {};
      case '.':
        return std::string(1, random_.pick(std::string_view("a7 -Z")));
      case '(': {
        if (peek() == '?') at_ = std::min(at_ + 2, pattern_.size());
        std::string inner = alternatives();
        if (peek() == ')') ++at_;
        return inner;
      }
      case '[':
        return bracket();
      case '\\':
        return escape();
      default: {
        std::string out(1, c);
        while ((static_cast<unsigned char>(peek()) & 0xC0) == 0x80) out += pattern_[at_++];
        return out;
      }
    }
  }

  std::string escape() {
    if (at_end()) return {};
    const char c = pattern_[at_++];
    if (c == 'd' || c == 's' || c == 'w')
      return std::string(1, random_.pick(members_of(std::string_view(&c, 1))));
    if (c == 'n') return "\n";
    if (c == 't') return "\t";
    const bool is_class = c == 'D' || c == 'W' || c == 'S';
    return is_class ? "-" : std::string(1, c);
  }

  std::string bracket() {
    const bool is_negated = peek() == '^';
    if (is_negated) ++at_;
    std::string members;
    bool is_first = true;
    while (!at_end() && (is_first || peek() != ']')) {
      is_first = false;
      if (pattern_.substr(at_, 2) == "[:") {
        const std::size_t end = std::min(pattern_.find(":]", at_), pattern_.size() - 1);
        members += members_of(pattern_.substr(at_ + 2, end - at_ - 2));
        at_ = std::min(end + 2, pattern_.size());
        continue;
      }
      char low = pattern_[at_++];
      if (low == '\\' && !at_end()) {
        --at_;
        ++at_;
        members += escape();
        continue;
      }
      const bool is_range = peek() == '-' && at_ + 1 < pattern_.size() && pattern_[at_ + 1] != ']';
      if (!is_range) {
        members += low;
        continue;
      }
      const char high = pattern_[at_ + 1];
      at_ += 2;
      for (int c = low; c <= high && members.size() < kMost; ++c) members += static_cast<char>(c);
    }
    ++at_;
    if (!is_negated) return members.empty() ? "" : std::string(1, random_.pick(members));
    for (const char c : std::string_view("aZ5-_ .@/x")) {
      if (members.find(c) == members.npos) return std::string(1, c);
    }
    return "~";
  }

  std::string_view pattern_;
  std::size_t at_ = 0;
  Random& random_;
};

}  // namespace

std::string sample_regex(std::string_view pattern, Random& random) {
  return Sampler(pattern, random).run();
}

std::string sample_like(std::string_view pattern, Random& random) {
  std::string out;
  for (const char c : pattern) {
    if (c == '%') {
      out += random.pick(std::vector<std::string>{"", "x", "a b", "%"});
    } else {
      out += c == '_' ? 'q' : c;
    }
  }
  return out;
}

}  // namespace sqlxc::proof
