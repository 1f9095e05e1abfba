#pragma once

#include <cstddef>
#include <string_view>

#include <sqlxc/json/scan.h>

// Passing over JSON that is known to be well formed, where only the bounds of values matter: what
// the databases themselves wrote, or what was checked when it was stored.
namespace sqlxc::json {

class Skimmer {
 public:
  explicit Skimmer(std::string_view text) : text_(text) {}

  /// Takes `c`, and the spaces before it, if it comes next.
  bool take(char c) {
    skip_spaces();
    if (at_ == text_.size() || text_[at_] != c) return false;
    ++at_;
    return true;
  }

  /// Whether the next value is null.
  bool is_null() {
    skip_spaces();
    return text_.substr(at_).starts_with("null");
  }

  /// The next value as it stands.
  std::string_view value() {
    skip_spaces();
    const std::size_t start = at_;
    std::size_t depth = 0;
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (c == '"') {
        skip_string();
      } else if (c == '{' || c == '[') {
        ++depth;
        ++at_;
        continue;
      } else if (depth > 0 && (c == '}' || c == ']')) {
        --depth;
        ++at_;
      } else if (depth == 0 && (c == ',' || c == '}' || c == ']')) {
        break;
      } else {
        ++at_;
        continue;
      }
      if (depth == 0) break;
    }
    std::size_t end = at_ < text_.size() ? at_ : text_.size();
    while (end > start && static_cast<unsigned char>(text_[end - 1]) <= ' ') --end;
    return text_.substr(start, end - start);
  }

  /// The next member's key with its quotes; what follows is the value.
  std::string_view key() {
    skip_spaces();
    const std::size_t start = at_;
    skip_string();
    const std::size_t end = at_ < text_.size() ? at_ : text_.size();
    take(':');
    return text_.substr(start, end - start);
  }

 private:
  void skip_spaces() {
    while (at_ < text_.size() && static_cast<unsigned char>(text_[at_]) <= ' ') ++at_;
  }

  void skip_string() {
    ++at_;
    while (at_ < text_.size()) {
      at_ += count_plain<Stop::special>(text_.data() + at_, text_.size() - at_);
      if (at_ >= text_.size()) return;
      const char c = text_[at_++];
      if (c == '"') return;
      if (c == '\\') ++at_;
    }
    at_ = text_.size();
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

}  // namespace sqlxc::json
