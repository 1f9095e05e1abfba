#include <sqlxc/rest/prefer.h>

#include <sqlxc/core/text.h>

namespace sqlxc::rest {
namespace {

using Return = Preferences::Return;
using Resolution = Preferences::Resolution;

bool apply(std::string_view token, Preferences& preferences) {
  if (token == "return=minimal") {
    preferences.returns = Return::minimal;
  } else if (token == "return=headers-only") {
    preferences.returns = Return::headers_only;
  } else if (token == "return=representation") {
    preferences.returns = Return::representation;
  } else if (token == "resolution=merge-duplicates") {
    preferences.resolution = Resolution::merge;
  } else if (token == "resolution=ignore-duplicates") {
    preferences.resolution = Resolution::ignore;
  } else if (token == "count=exact") {
    preferences.counts = true;
  } else if (token == "missing=default") {
    preferences.missing_default = true;
  } else if (token == "affect=all") {
    preferences.affects_all = true;
  } else {
    return false;
  }
  return true;
}

}  // namespace

Preferences parse_preferences(const http::Request& request) {
  Preferences preferences;
  for (const http::Header& header : request.headers) {
    if (!equals_ignoring_case(header.name, "prefer")) continue;
    std::string_view left = header.value;
    while (!left.empty()) {
      const std::string_view token = trim(split_off(left, ','));
      if (!apply(token, preferences)) continue;
      if (!preferences.applied.empty()) preferences.applied += ", ";
      preferences.applied += token;
    }
  }
  return preferences;
}

}  // namespace sqlxc::rest
