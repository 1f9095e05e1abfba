#pragma once

#include <expected>
#include <optional>
#include <string>
#include <string_view>

#include <sqlxc/http/problem.h>

// Reads the small languages in PostgREST's parameters: names, quoted names and values, lists.
namespace sqlxc::rest {

class Scanner {
 public:
  /// `parameter` is the name under which mistakes are reported; both texts must outlive the
  /// scanner.
  Scanner(std::string_view parameter, std::string_view text) : parameter_(parameter), text_(text) {}

  bool at_end() const { return at_ == text_.size(); }
  char peek() const { return at_end() ? '\0' : text_[at_]; }
  void skip_spaces();
  /// Takes `expected` if it comes next.
  bool take(char expected);
  bool take(std::string_view expected);
  /// Everything that is left.
  std::string_view rest();
  std::string_view ahead() const { return text_.substr(at_); }
  void skip(std::size_t count) { at_ += count; }
  void back() { --at_; }

  /// A name: quoted, or up to one of `ends`; spaces around it are not part of it.
  std::expected<std::string, http::Problem> name(std::string_view ends);

  struct Text {
    std::string value;
    bool is_quoted = false;
  };
  /// A value of a list: quoted with `\` escapes, or up to a comma or closing parenthesis.
  std::expected<Text, http::Problem> list_value();
  /// A value of a logic tree: likewise, but an array or object in braces is taken whole.
  std::expected<Text, http::Problem> tree_value();

  /// A name in `select`, `order` or a filter, which a path into json or a word may follow: quoted,
  /// or up to one of `ends`, `->` or `::`; spaces around it are not part of it.
  std::expected<std::string, http::Problem> field_name(std::string_view ends);

  /// What was expected at this place, as a problem.
  std::unexpected<http::Problem> expected(std::string_view what) const;

 private:
  std::expected<std::string, http::Problem> quoted_text();
  std::size_t end_of_braces() const;

  std::string_view parameter_;
  std::string_view text_;
  std::size_t at_ = 0;
};

}  // namespace sqlxc::rest
