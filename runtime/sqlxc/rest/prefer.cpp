#include <sqlxc/rest/prefer.h>

#include <charconv>
#include <string_view>

#include <sqlxc/core/text.h>
#include <sqlxc/rest/problems.h>

namespace sqlxc::rest {
namespace {

using Return = Preferences::Return;
using Resolution = Preferences::Resolution;
using Count = Preferences::Count;

constexpr std::size_t kMaxTimeZone = 64;

std::optional<std::int64_t> number_of(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || number < 0) return std::nullopt;
  return number;
}

// Whether `name=value` is known; where a preference stands twice, the first counts (RFC 7240).
bool apply(std::string_view name, std::string_view value, Preferences& preferences) {
  const auto choose = [](auto& member, auto choice) {
    member = choice;
    return true;
  };
  if (name == "return") {
    if (value == "minimal") return choose(preferences.returns, Return::minimal);
    if (value == "headers-only") return choose(preferences.returns, Return::headers_only);
    if (value == "representation") return choose(preferences.returns, Return::representation);
  } else if (name == "resolution") {
    if (value == "merge-duplicates") return choose(preferences.resolution, Resolution::merge);
    if (value == "ignore-duplicates") return choose(preferences.resolution, Resolution::ignore);
  } else if (name == "count") {
    if (value == "none") return choose(preferences.count, Count::none);
    if (value == "exact") return choose(preferences.count, Count::exact);
    if (value == "planned") return choose(preferences.count, Count::planned);
    if (value == "estimated") return choose(preferences.count, Count::estimated);
  } else if (name == "missing") {
    if (value == "default") return choose(preferences.missing_default, true);
    return value == "null";
  } else if (name == "handling") {
    if (value == "strict") return choose(preferences.is_strict, true);
    return value == "lenient";
  } else if (name == "tx") {
    if (value == "rollback") return choose(preferences.rolls_back, true);
    return value == "commit";
  } else if (name == "affect") {
    if (value == "all") return choose(preferences.affects_all, true);
  } else if (name == "max-affected") {
    preferences.max_affected = number_of(value);
    return preferences.max_affected.has_value();
  } else if (name == "timezone") {
    preferences.time_zone = value.substr(0, kMaxTimeZone);
    return !value.empty();
  }
  return false;
}

}  // namespace

std::expected<Preferences, http::Problem> parse_preferences(const http::Request& request) {
  Preferences preferences;
  std::string unknown;
  std::string seen = " ";
  for (const http::Header& header : request.headers) {
    if (!equals_ignoring_case(header.name, "prefer")) continue;
    std::string_view left = header.value;
    while (!left.empty()) {
      const std::string_view token = trim(split_off(left, ','));
      if (token.empty()) continue;
      std::string_view value = token;
      const std::string_view name = trim(split_off(value, '='));
      std::string mark(" ");
      mark += name;
      mark += ' ';
      if (seen.find(mark) != std::string::npos) continue;
      if (!apply(name, trim(value), preferences)) {
        unknown += unknown.empty() ? "" : ", ";
        unknown += token;
        continue;
      }
      seen += mark.substr(1);
      preferences.applied += preferences.applied.empty() ? "" : ", ";
      preferences.applied += token;
    }
  }
  if (preferences.is_strict && !unknown.empty()) {
    http::Problem problem = make_problem(
        400, "PGRST122", "a preference is not known, and handling=strict was asked for");
    problem.details = "Invalid preferences: " + unknown;
    return std::unexpected(std::move(problem));
  }
  if (!preferences.is_strict) preferences.max_affected.reset();
  return preferences;
}

std::expected<std::optional<RowRange>, http::Problem> parse_range(const http::Request& request) {
  const auto header = request.header("Range");
  if (!header) return std::nullopt;
  const auto unit = request.header("Range-Unit");
  if (unit && !equals_ignoring_case(*unit, "items")) return std::nullopt;
  std::string_view text = *header;
  if (text.starts_with("items=")) text.remove_prefix(6);
  const std::string_view first_text = split_off(text, '-');
  // Other units ("bytes=0-5") and suffixes are not for rows: as if there were no header.
  const auto first = number_of(first_text);
  if (!first || text.data() == nullptr) return std::nullopt;
  RowRange range{.first = *first, .last = number_of(text)};
  if (!range.last && !text.empty()) return std::nullopt;
  if (range.last && *range.last < range.first) {
    http::Problem problem = make_problem(416, "PGRST103", "the requested range is not there");
    problem.details = "the lower boundary is above the upper one";
    return std::unexpected(std::move(problem));
  }
  return range;
}

}  // namespace sqlxc::rest
