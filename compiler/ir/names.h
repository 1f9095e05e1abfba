#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

// From SQL's names to those of C++ and of URLs: words, their singular and plural, letter case, and
// what C++ reserves. Nothing here knows a schema.
namespace sqlxc::ir {

/// `users` -> `user`, `categories` -> `category`, `author_activity` -> itself: the last word in the
/// singular. English only; what it does not know stays as it is.
std::string singular(std::string_view name);
std::string plural(std::string_view name);

/// The words of a name in lower case and ASCII: `createdAt`, `created_at` and `Created-At` are all
/// {created, at}.
std::vector<std::string> words_of(std::string_view name);

std::string camel_case(std::string_view name);  // PostStatus
std::string snake_case(std::string_view name);  // post_status

/// `created_at` -> `createdAt`: a name of GraphQL, which may begin with `_` but not with `__`.
std::string lower_camel_case(std::string_view name);

/// `name` as a C++ identifier that is no keyword, macro or reserved name; a name that is one
/// already stays as it is.
std::string cpp_identifier(std::string_view name);

/// Hands out each name once: the candidates are tried in order, then the last one with a number.
/// Letter case is ignored, since files and HTTP clients may.
class UniqueNames {
 public:
  bool is_taken(std::string_view name) const;
  std::string take(const std::vector<std::string>& candidates);

 private:
  std::set<std::string, std::less<>> taken_;
};

}  // namespace sqlxc::ir
