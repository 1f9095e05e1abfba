#include <sqlxc/rest/media.h>

#include <algorithm>
#include <charconv>
#include <string>
#include <vector>

#include <sqlxc/core/text.h>
#include <sqlxc/rest/problems.h>

namespace sqlxc::rest {
namespace {

using Format = Media::Format;

constexpr std::size_t kMaxRanges = 64;

// A member of an Accept header: its type, without parameters but those that count here.
struct Range {
  std::string_view type;
  bool strips_nulls = false;
  double quality = 1;
};

Range read_range(std::string_view text) {
  Range range{.type = trim(split_off(text, ';'))};
  while (!text.empty()) {
    std::string_view value = trim(split_off(text, ';'));
    const std::string_view name = trim(split_off(value, '='));
    value = trim(value);
    if (equals_ignoring_case(name, "q")) {
      std::from_chars(value.data(), value.data() + value.size(), range.quality);
    } else if (equals_ignoring_case(name, "nulls")) {
      range.strips_nulls = equals_ignoring_case(value, "stripped");
    }
  }
  return range;
}

std::vector<Range> ranges_of(const http::Request& request) {
  std::vector<Range> ranges;
  for (const http::Header& header : request.headers) {
    if (!equals_ignoring_case(header.name, "accept")) continue;
    std::string_view left = header.value;
    while (!left.empty() && ranges.size() < kMaxRanges) {
      ranges.push_back(read_range(split_off(left, ',')));
    }
  }
  std::ranges::stable_sort(ranges, std::greater(), &Range::quality);
  return ranges;
}

struct Known {
  std::string_view type;
  Media media;
};

constexpr Known kKnown[] = {
    {"application/json", {}},
    {"*/*", {}},
    {"application/*", {}},
    {"application/vnd.pgrst.array+json", {.content_type = "application/vnd.pgrst.array+json"}},
    {"application/vnd.pgrst.array", {.content_type = "application/vnd.pgrst.array+json"}},
    {"application/vnd.pgrst.object+json",
     {.format = Format::object, .content_type = "application/vnd.pgrst.object+json"}},
    {"application/vnd.pgrst.object",
     {.format = Format::object, .content_type = "application/vnd.pgrst.object+json"}},
    {"application/x-ndjson", {.format = Format::ndjson, .content_type = "application/x-ndjson"}},
    {"application/ndjson", {.format = Format::ndjson, .content_type = "application/x-ndjson"}},
    {"application/jsonl", {.format = Format::ndjson, .content_type = "application/jsonl"}},
    {"text/csv", {.format = Format::csv, .content_type = "text/csv; charset=utf-8"}},
    {"text/*", {.format = Format::csv, .content_type = "text/csv; charset=utf-8"}},
};

const Known* find(std::string_view type) {
  for (const Known& known : kKnown) {
    if (equals_ignoring_case(known.type, type)) return &known;
  }
  return nullptr;
}

// With nulls stripped, the type says so: a client may tell the two apart by it.
std::string_view stripped_type(std::string_view type) {
  return type == "application/vnd.pgrst.object+json"
             ? "application/vnd.pgrst.object+json;nulls=stripped"
             : "application/vnd.pgrst.array+json;nulls=stripped";
}

const query::Handler* find_handler(const Handlers& handlers, std::string_view type) {
  for (const query::Handler& one : handlers.all) {
    const bool is_own = one.entity == handlers.entity && handlers.is_whole;
    const bool is_any = one.entity == query::Handler::kAnyRows;
    const bool is_type = equals_ignoring_case(one.media_type, type);
    if ((is_own && (is_type || one.media_type == "*/*")) || (is_any && is_type && type != "*/*")) {
      return &one;
    }
  }
  return nullptr;
}

}  // namespace

std::expected<Media, http::Problem> negotiate(const http::Request& request,
                                              const Handlers& handlers) {
  std::vector<Range> ranges = ranges_of(request);
  if (ranges.empty() && handlers.all.empty()) return Media{};
  if (ranges.empty()) ranges.push_back({.type = "*/*"});
  for (const Range& range : ranges) {
    const bool is_postgrests = range.type.starts_with("application/vnd.pgrst.");
    const query::Handler* handler =
        range.quality > 0 && !is_postgrests ? find_handler(handlers, range.type) : nullptr;
    if (handler != nullptr) {
      return Media{.format = Format::raw,
                   .content_type = handler->media_type == "*/*" ? "application/octet-stream"
                                                                : handler->media_type,
                   .handler = handler};
    }
    const Known* known = range.quality > 0 ? find(range.type) : nullptr;
    if (known == nullptr) continue;
    Media media = known->media;
    if (range.strips_nulls && range.type.starts_with("application/vnd.pgrst.")) {
      media.strips_nulls = true;
      media.content_type = stripped_type(media.content_type);
    }
    return media;
  }
  return std::unexpected(make_problem(406, "PGRST107",
                                      "none of the accepted media types can be made",
                                      "application/json, application/vnd.pgrst.object+json, "
                                      "text/csv and application/x-ndjson can"));
}

std::string_view media_type_of(std::string_view pg_type) {
  if (!pg_type.ends_with('"') || pg_type.find('/') == std::string_view::npos) return {};
  pg_type.remove_suffix(1);
  return pg_type.substr(pg_type.rfind('"') + 1);
}

std::optional<Media> negotiate_raw(const http::Request& request, std::string_view type) {
  const bool is_any = type == "*/*";
  Media media{.format = Format::raw,
              .content_type = is_any ? std::string_view("application/octet-stream") : type};
  const std::vector<Range> ranges = ranges_of(request);
  if (ranges.empty()) return media;
  for (const Range& range : ranges) {
    if (range.quality <= 0) continue;
    const bool is_family =
        range.type.ends_with("/*") && type.starts_with(range.type.substr(0, range.type.size() - 1));
    if (is_any || range.type == "*/*" || is_family || equals_ignoring_case(range.type, type)) {
      return media;
    }
    if (find(range.type) != nullptr) return std::nullopt;
  }
  return std::nullopt;
}

bool accepts(const http::Request& request, std::string_view type) {
  return std::ranges::any_of(ranges_of(request), [&](const Range& range) {
    return range.quality > 0 && equals_ignoring_case(range.type, type);
  });
}

}  // namespace sqlxc::rest
