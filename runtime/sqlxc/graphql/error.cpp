#include <sqlxc/graphql/error.h>

#include <algorithm>

namespace sqlxc::graphql {

void append_error(json::Writer& out, const Error& error) {
  out.begin_object();
  out.key("message");
  out.string(error.message);
  if (!error.locations.empty()) {
    out.key("locations");
    out.begin_array();
    for (const Location& location : error.locations) {
      out.begin_object();
      out.key("line");
      out.integer(location.line);
      out.key("column");
      out.integer(location.column);
      out.end_object();
    }
    out.end_array();
  }
  if (!error.path.empty()) {
    out.key("path");
    out.begin_array();
    for (const PathPart& part : error.path) {
      if (const auto* key = std::get_if<std::string>(&part)) {
        out.string(*key);
      } else {
        out.integer(std::get<std::uint32_t>(part));
      }
    }
    out.end_array();
  }
  if (!error.code.empty() || !error.extensions.empty()) {
    std::string members;
    if (!error.code.empty()) {
      members += "\"code\":";
      json::append_string(members, error.code);
      if (!error.extensions.empty()) members += ',';
    }
    out.key("extensions");
    out.raw("{" + members + error.extensions + "}");
  }
  out.end_object();
}

void append_errors(json::Writer& out, const Errors& errors) {
  out.begin_array();
  for (const Error& error : errors) append_error(out, error);
  out.end_array();
}

Location LineIndex::locate(std::uint32_t offset) {
  if (starts_.empty()) {
    starts_.push_back(0);
    for (std::size_t i = 0; i < source_.size(); ++i) {
      if (source_[i] == '\r' && source_.substr(i + 1).starts_with('\n')) ++i;
      if (source_[i] == '\n' || source_[i] == '\r')
        starts_.push_back(static_cast<std::uint32_t>(i + 1));
    }
  }
  const auto after = std::upper_bound(starts_.begin(), starts_.end(), offset);
  Location location;
  location.line = static_cast<std::uint32_t>(after - starts_.begin());
  for (std::uint32_t at = *(after - 1); at < offset && at < source_.size(); ++at) {
    const auto byte = static_cast<unsigned char>(source_[at]);
    if ((byte & 0xC0U) == 0x80U) continue;
    location.column += byte >= 0xF0 ? 2 : 1;
  }
  return location;
}

}  // namespace sqlxc::graphql
