#pragma once

#include <cstdint>
#include <expected>
#include <optional>
#include <string>

#include <sqlxc/http/problem.h>
#include <sqlxc/http/request.h>

// What a request's headers say about how it wants to be carried out: `Prefer` (RFC 7240) as
// PostgREST's clients write it, and `Range` (RFC 9110, section 14) over rows.
namespace sqlxc::rest {

struct Preferences {
  enum class Return : std::uint8_t { minimal, headers_only, representation };
  enum class Resolution : std::uint8_t { none, merge, ignore };
  enum class Count : std::uint8_t { none, exact, planned, estimated };

  Return returns = Return::minimal;
  Resolution resolution = Resolution::none;
  Count count = Count::none;
  bool missing_default = false;  // missing=default
  bool affects_all = false;      // affect=all: a PATCH or DELETE may go without a filter
  bool is_strict = false;        // handling=strict: what is not known is refused
  bool rolls_back = false;       // tx=rollback
  std::optional<std::int64_t> max_affected;  // rows; heeded with handling=strict
  std::string time_zone;
  std::string applied;  // for Preference-Applied
};

/// Reads every Prefer header. What is not known is ignored, as RFC 7240 asks, but refused (400)
/// with handling=strict.
std::expected<Preferences, http::Problem> parse_preferences(const http::Request& request);

/// Rows first, first + 1, ... as a Range header asks for them.
struct RowRange {
  std::int64_t first = 0;
  std::optional<std::int64_t> last;
};

/// The Range header, of the unit `items` (Range-Unit) or none; other units are ignored (RFC 9110).
/// A range that ends before it starts is a 416.
std::expected<std::optional<RowRange>, http::Problem> parse_range(const http::Request& request);

}  // namespace sqlxc::rest
