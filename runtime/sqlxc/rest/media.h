#pragma once

#include <cstdint>
#include <expected>
#include <optional>
#include <span>
#include <string_view>

#include <sqlxc/http/problem.h>
#include <sqlxc/http/request.h>
#include <sqlxc/query/model.h>

// The media types in which rows leave (RFC 9110, section 12.5.1).
namespace sqlxc::rest {

struct Media {
  enum class Format : std::uint8_t {
    json,    // an array of objects; an object where the path means one row
    object,  // exactly one row, as an object
    ndjson,  // an object a line
    csv,     // RFC 4180, with a header
    raw,     // the only value, as it is: of a function or an aggregate that names its media type
  };

  Format format = Format::json;
  bool strips_nulls = false;  // members that are null are left out
  std::string_view content_type = "application/json";
  const query::Handler* handler = nullptr;  // the aggregate that makes it

  bool operator==(const Media&) const = default;
};

/// What aggregates of the schema can make of a list of rows.
struct Handlers {
  std::span<const query::Handler> all = {};
  query::EntityIndex entity = 0;  // whose rows they are
  bool is_whole = false;          // the rows have all its columns
};

/// The media type that the request accepts most, of those that rows can be had in; 406 if there is
/// none. The schema's own go before the service's, but for those of PostgREST.
std::expected<Media, http::Problem> negotiate(const http::Request& request,
                                              const Handlers& handlers = {});

/// The media type that the name of a PostgreSQL type says, as PostgREST has it: a domain
/// `"text/html"`; empty if it says none.
std::string_view media_type_of(std::string_view pg_type);

/// Whether the request takes that type (`*/*`: of a function that may give any): the media of the
/// answer.
std::optional<Media> negotiate_raw(const http::Request& request, std::string_view type);

/// Whether the request names `type` itself in an Accept header.
bool accepts(const http::Request& request, std::string_view type);

}  // namespace sqlxc::rest
