#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include <sqlxc/json/writer.h>

// What is wrong with a request, as the response's `errors` say it (October 2021, section 7.1.2).
// The messages of syntax and validation are those of graphql-js, which tools know by heart.
namespace sqlxc::graphql {

/// Both count from 1; columns count UTF-16 units, as JavaScript does.
struct Location {
  std::uint32_t line = 1;
  std::uint32_t column = 1;

  bool operator==(const Location&) const = default;
};

/// A response key or an index into a list.
using PathPart = std::variant<std::string, std::uint32_t>;

// What programs look at, in `extensions.code`; the words are Apollo's.
inline constexpr std::string_view kParseFailed = "GRAPHQL_PARSE_FAILED";
inline constexpr std::string_view kValidationFailed = "GRAPHQL_VALIDATION_FAILED";
inline constexpr std::string_view kBadInput = "BAD_USER_INPUT";

struct Error {
  std::string message;
  std::vector<Location> locations = {};
  std::vector<PathPart> path = {};
  std::string code = {};        // extensions.code; empty: none
  std::string extensions = {};  // further members of `extensions` as JSON text: `"rule":"age >= 0"`

  bool operator==(const Error&) const = default;
};

using Errors = std::vector<Error>;

/// Appends {"message","locations","path","extensions"}, without what is empty.
void append_error(json::Writer& out, const Error& error);
/// `[...]`.
void append_errors(json::Writer& out, const Errors& errors);

/// Finds lines and columns in a source: one pass over it when the first is asked for, a few steps
/// for each, however long the lines are.
class LineIndex {
 public:
  explicit LineIndex(std::string_view source) : source_(source) {}

  Location locate(std::uint32_t offset);

 private:
  void build();
  std::uint32_t units_before(std::uint32_t offset) const;

  std::string_view source_;
  std::vector<std::uint32_t> starts_;  // of the lines; empty until they are looked for
  std::vector<std::uint32_t> units_;   // how many UTF-16 units stand before each block of bytes
};

}  // namespace sqlxc::graphql
