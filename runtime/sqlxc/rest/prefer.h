#pragma once

#include <cstdint>
#include <string>

#include <sqlxc/http/request.h>

// The `Prefer` header (RFC 7240) as PostgREST's clients write it.
namespace sqlxc::rest {

struct Preferences {
  enum class Return : std::uint8_t { minimal, headers_only, representation };
  enum class Resolution : std::uint8_t { none, merge, ignore };

  Return returns = Return::minimal;
  Resolution resolution = Resolution::none;
  bool counts = false;           // count=exact
  bool missing_default = false;  // missing=default
  bool affects_all = false;      // affect=all: a PATCH or DELETE may go without a filter
  std::string applied;           // for Preference-Applied
};

/// Reads every Prefer header; what is not known is ignored, as RFC 7240 asks.
Preferences parse_preferences(const http::Request& request);

}  // namespace sqlxc::rest
