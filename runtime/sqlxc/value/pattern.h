#pragma once

#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

// Regular expressions of PostgreSQL (9.7.3 of its manual: POSIX ones, in their advanced form) in
// the words of RE2, which runs in linear time whatever the pattern. One is translated as it is
// meant or not at all. The compiler asks, too: what cannot be translated is left to the database.
namespace sqlxc::value {

struct Pattern {
  std::string re2;
  bool ignores_case = false;
  /// Letters beyond ASCII are in a class, or have another case: the database's locale says which.
  bool depends_on_locale = false;
};

/// The pattern for RE2 with `.` and `[^x]` matching line ends, as PostgreSQL has it; otherwise what
/// has no translation: "a back reference".
std::expected<Pattern, std::string> translate_pattern(std::string_view pattern,
                                                      bool ignores_case = false);

/// A part of a pattern that a text must match, or must not.
struct PatternPart {
  std::string pattern;
  bool is_negated = false;
};

/// `^(?=a)(?!b)c` as `^(?:a)`, not `^(?:b)`, and `^c`: conditions that hold together just where the
/// whole matches. One part for a pattern without looks ahead at its beginning.
std::vector<PatternPart> split_looks_ahead(std::string_view pattern);

/// SQL's SIMILAR TO as such a pattern; nothing for one that ends in its escape. `escape` '\0':
/// none.
std::expected<std::string, std::string> pattern_of_similar(std::string_view similar, char escape);

/// Whether a pattern of LIKE, in which a backslash escapes, ends with an escape of nothing.
bool ends_in_escape(std::string_view like);

/// A pattern of LIKE as one of GLOB, which has no escape character: a class of one stands for that.
/// Nothing for one that ends in its escape. `escape` '\0': none.
std::optional<std::string> glob_of_like(std::string_view like, char escape);

/// SQLite's GLOB as such a pattern.
std::string pattern_of_glob(std::string_view glob);

}  // namespace sqlxc::value
