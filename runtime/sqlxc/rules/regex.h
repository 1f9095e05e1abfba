#pragma once

#include <memory>
#include <string>
#include <string_view>

#include <sqlxc/rules/nullable.h>

// Regular expressions of PostgreSQL (`~`, `~*`), as far as value/pattern.h translates them. The
// others (back references, looks ahead) are left to the database.
namespace sqlxc::rules {

class Regex {
 public:
  explicit Regex(std::string_view pattern, bool ignores_case = false);
  ~Regex();
  Regex(Regex&&) noexcept;
  Regex& operator=(Regex&&) noexcept;

  /// Whether the pattern can be run here with PostgreSQL's meaning.
  bool is_supported() const { return compiled_ != nullptr; }

  /// An upper bound of the steps that a search in a text of so many bytes takes; the pattern must
  /// be supported.
  std::size_t steps(std::size_t text_size) const;

  /// Whether some part of `text` matches; unknown if the pattern is not supported or a locale would
  /// decide.
  Tri search(std::string_view text) const;

  /// The same with letters beyond ASCII in no class and without case; the pattern must be
  /// supported.
  bool search_ascii(std::string_view text) const;

 private:
  struct Compiled;
  std::unique_ptr<Compiled> compiled_;
};

/// `text ~ pattern`: `static const Regex kEmail("^[^@]+@[^@]+$"); return matches(row[email],
/// kEmail);`.
template <typename A>
Tri matches(const A& text, const Regex& pattern) {
  const auto& value = detail::lift(text);
  if (value.is_null()) return Tri::null;
  return value.is_known() ? pattern.search(*value) : Tri::unknown;
}

}  // namespace sqlxc::rules
