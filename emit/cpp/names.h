#pragma once

#include <functional>
#include <initializer_list>
#include <set>
#include <span>
#include <string>
#include <string_view>

// The three doors through which a user's text enters C++: as an identifier, as a string literal, as
// a comment. Whatever comes in, what goes out is one token of one kind and a fixed point of
// clang-format.
namespace sqlxc::emit {

/// An identifier; one of `taken` gets a `_`.
std::string cpp_name(std::string_view name, std::initializer_list<std::string_view> taken = {});

/// Gives each name of a scope once; one that is taken gets a `_`.
class CppNames {
 public:
  explicit CppNames(std::span<const std::string_view> taken) : taken_(taken.begin(), taken.end()) {}
  bool is_taken(std::string_view name) const { return taken_.contains(name); }
  std::string take(std::string name);

 private:
  std::set<std::string, std::less<>> taken_;
};

/// A string literal with its quotes, raw where that is easier to read.
std::string cpp_string(std::string_view text);

/// A raw string of several lines: SQL as one would paste it into a shell.
std::string cpp_raw_string(std::string_view text);

/// Lines of comment, each with `prefix` ("/// "), at most 100 columns wide, of which `margin` stand
/// before them; empty for no text.
std::string cpp_comment(std::string_view text, std::string_view prefix = "/// ",
                        std::size_t margin = 0);

}  // namespace sqlxc::emit
